"""The components and the tokenizer inside spaCy, and underthesea aligned to the source."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import LETTER
from vnlegal.pipeline import analyze
from vnlegal.records import Analysis

spacy = pytest.importorskip("spacy")
pytest.importorskip("underthesea")
components = pytest.importorskip("vnlegal.spacy_components")

pytestmark = pytest.mark.nlp


def blank(**settings: Any) -> Any:
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "vnlegal.Tokenizer.v1", **settings}}})


@pytest.fixture(scope="module", params=["syllables", "words"])
def tokenize(request: pytest.FixtureRequest) -> Any:
    return blank(words=request.param).make_doc


NUMBERS = (
    "88/2025/NĐ-CP", "31/2024/QH15", "7260/BKHĐT-QLKTTW", "57-NQ/TW", "02-KH/BCĐTW", "2074a/QĐ-TTTT", "66.7/2025/NQ-CP",
    "15/2024/TTLT-BTC-BNV", "71/NQ-CP", "90/VBHN-VPQH",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_document_number_is_one_token(tokenize: Any, number: str) -> None:
    doc = tokenize(f"theo Nghị định số {number}, sau đây gọi là ({number}). {number}")
    assert [token.text for token in doc].count(number) == 3


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("hoà giải ở TP. Huế.", ["hoà", "giải", "ở", "TP.", "Huế", "."]),
        ("ngày 13/4/2025, 1.234,5%", ["ngày", "13/4/2025", ",", "1.234,5", "%"]),
        ("a  b\tc", ["a", " ", "b", "\t", "c"]),
    ],
)
def test_syllables(text: str, tokens: list[str]) -> None:
    assert [token.text for token in blank().make_doc(text)] == tokens


def test_words() -> None:
    doc = blank(words="words").make_doc("Căn cứ Nghị định số 88/2025/NĐ-CP của Chính phủ về hoà giải")
    assert [t.text for t in doc] == ["Căn cứ", "Nghị định", "số", "88/2025/NĐ-CP", "của", "Chính phủ", "về", "hoà giải"]


NAUGHTY = (
    "", " ", "  ", "\n", "a\u200bb\u00ad c", "\ufeffx", "x\r\n\r\ny\x0cz", "e\u0301\u0302 \u0300",
    "“Điều 5…” – a)\t(1)", "</b>``quote''\"", "\u202e\u0000\ud7ff", "👩‍👩‍👧 🇻🇳", "ﬀ ㍿ ①", "NĐ" * 500,
)  # fmt: skip


@pytest.mark.parametrize("text", [*NAUGHTY, LETTER, unicodedata.normalize("NFD", LETTER)], ids=range(len(NAUGHTY) + 2))
def test_tokens_rebuild_the_text(tokenize: Any, text: str) -> None:
    assert tokenize(text).text == text


@given(
    text=st.text(
        alphabet=st.one_of(
            st.sampled_from("Nghị định số 8/2025-NĐCP.,;()“” \n\t\u0301\u200b"), st.characters(codec="utf-8")
        )
    )
)
def test_any_tokens_rebuild_the_text(tokenize: Any, text: str) -> None:
    assert tokenize(text).text == text


def test_decomposed_text_is_cut_alike(tokenize: Any) -> None:
    clean, marked = tokenize(LETTER), tokenize(unicodedata.normalize("NFD", LETTER))
    assert [t.text for t in clean] == [unicodedata.normalize("NFC", t.text) for t in marked]


def test_components_agree_with_the_library() -> None:
    nlp = blank()
    for name in ("vnlegal_tasks", "vnlegal_citations", "vnlegal_agencies"):
        nlp.add_pipe(name)
    doc = nlp(LETTER)
    analysis = analyze(LETTER)
    assert doc._.vnlegal == analysis
    for group in ("citations", "agencies", "tasks"):
        rows = {row.id: row for row in getattr(analysis, group)}
        assert [span.id_ for span in doc.spans[group]] == list(rows)
        for span in doc.spans[group]:
            row = rows[span.id_]
            assert span.start_char <= row.start < row.end <= span.end_char
    assert [s.kb_id_ for s in doc.spans["citations"]] == [c.target or "" for c in analysis.citations]


def test_a_doc_survives_bytes_and_processes() -> None:
    nlp = blank()
    nlp.add_pipe("vnlegal_citations")
    doc = nlp(LETTER)
    again = type(doc)(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.vnlegal == doc._.vnlegal
    assert isinstance(again._.vnlegal, Analysis)


def test_a_pipeline_is_saved_and_loaded(tmp_path: Path) -> None:
    nlp = blank(words="words")
    nlp.add_pipe("vnlegal_citations")
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [t.text for t in loaded("Căn cứ 88/2025/NĐ-CP")] == ["Căn cứ", "88/2025/NĐ-CP"]
    assert loaded.pipe_names == ["vnlegal_citations"]


def test_knowledge_of_the_users_own(tmp_path: Path) -> None:
    nlp = blank()
    nlp.add_pipe("vnlegal_citations", config={"knowledge": str(tmp_path)})
    assert nlp(LETTER)._.vnlegal is not None


def test_sentences_join_wrapped_lines() -> None:
    text = "Bộ Công Thương rà soát các văn\nbản đã ban hành. TP. Hồ Chí Minh báo cáo kết quả.\n\nNơi nhận: như trên."
    nlp = blank()
    nlp.add_pipe("vnlegal_sentences")
    assert [s.text.split()[0] for s in nlp(text).sents] == ["Bộ", "TP.", "Nơi"]


def test_sentences_of_the_library_stand_in_the_source() -> None:
    for start, end in components.sentence_places(unicodedata.normalize("NFD", LETTER)):
        assert unicodedata.normalize("NFD", LETTER)[start:end].strip()


@pytest.mark.parametrize(
    ("pieces", "text", "places"),
    [
        (["hoà giải", "ở"], "hoà   giải ở", [(0, 10), (11, 12)]),
        (["NĐ", "-", "CP"], "NĐ-CP", [(0, 2), (2, 3), (3, 5)]),
        (["hòa"], "hoà", None),
        (["a"], "a b", None),
        ([], " ", []),
    ],
)
def test_align(pieces: list[str], text: str, places: list[tuple[int, int]] | None) -> None:
    assert components.align(pieces, text) == places


@pytest.mark.slow
def test_real_texts_are_aligned_whole(data: Path) -> None:
    make = blank(words="words").make_doc
    paths = sorted((data / "texts" / "admin").glob("*.txt"))
    assert paths
    for path in paths[:20]:
        text = path.read_bytes().decode("utf-8-sig")
        doc = make(text)
        assert doc.text == text
        assert len(doc) < len(blank().make_doc(text)), f"{path.name}: no words were joined"


def test_the_fast_path_loads_neither() -> None:
    code = (
        "import sys\nimport vnlegal\nvnlegal.analyze('Căn cứ Nghị định số 88/2025/NĐ-CP;')\n"
        "print([name for name in ('spacy', 'underthesea', 'numpy', 'rich') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stdout.decode().strip() == "[]"
