"""What holds for every text: offsets slice back, writing variants change no answer, nothing crashes or blows up."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import LETTER, ROOT
from vnlegal.pipeline import analyze, outline
from vnlegal.records import Analysis, Record

SAMPLES = sorted((ROOT / "corpora" / "gold").glob("*.txt"))
by_name = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def spans(record: Record) -> Iterator[tuple[int, int, str | None]]:
    """Yield every span in a record, however deep, with its text where it has one."""
    start, end = getattr(record, "start", None), getattr(record, "end", None)
    if start is not None and end is not None:
        yield start, end, getattr(record, "text", None)
    for name in type(record).model_fields:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Record):
                yield from spans(part)
        if name in ("date_span", "pin_span") and value is not None:
            yield *value, None


# What joins two bodies and so ends no name.
JOINING = ("và", "hoặc", "cùng", "với", "&")


def check(text: str) -> Analysis:
    """Analyze a text and hold every offset and id against it."""
    analysis = analyze(text)
    for start, end, words in spans(analysis):
        assert 0 <= start <= end <= len(text)
        assert words is None or text[start:end] == words
    ids = {row.id for row in (*analysis.citations, *analysis.agencies, *analysis.tasks)}
    assert len(ids) == len(analysis.citations) + len(analysis.agencies) + len(analysis.tasks)
    for row in (*analysis.citations, *analysis.agencies, *analysis.tasks):
        assert row.start < row.end
    for task in analysis.tasks:
        assert set(task.legal_basis) <= ids
        for actor in (*task.leads, *task.coordinators):
            assert actor.canonical
            assert actor.canonical.split()[-1] not in JOINING
            assert not actor.canonical.endswith(",")
    for finding in analysis.findings:
        assert set(finding.refs) <= ids
    for unit in outline(text).units:
        assert text[unit.start : unit.end] == unit.text
    return analysis


def facts(analysis: Analysis) -> list[Any]:
    """Return all answers without their places, their words in plain form: what writing variants must not change."""

    def plain(value: Any) -> Any:
        match value:
            case str():
                bare = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFC", value))
                return " ".join(bare.split())
            case dict():
                left_out = ("start", "end", "date_span", "pin_span", "chars", "sha256", "text")
                return {k: plain(v) for k, v in value.items() if k not in left_out} | (
                    {"text": plain(value["text"])} if value.get("text") else {}
                )
            case list() | tuple():
                return [plain(part) for part in value]
        return value

    whole = plain(analysis.model_dump())
    return [whole[part] for part in ("document", "citations", "agencies", "tasks")]


# ---- offsets ----


@by_name
def test_offsets_slice_back(path: Path) -> None:
    check(read(path))


@pytest.mark.slow
def test_offsets_slice_back_on_real_documents(data: Path) -> None:
    for path in sorted((data / "texts" / "admin").glob("*.txt")) + sorted((data / "seeds").glob("*.txt")):
        check(read(path))


PIECES = (
    "Căn cứ Nghị định số 88/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ;", "khoản 1, khoản 3 Điều 5 và Điều 7",
    "Nghị quyết này", "Bộ Khoa học và Công nghệ", "UBND tỉnh", "chủ trì, phối hợp với", "trước ngày 30/6/2025",
    "Luật Đầu tư", "57-NQ/TW", "a)", "1.", "- ", "Điều 5.", "\n", "\n\n", "\f", " ", "\t", "\r\n", "|", "---",
    "**", "# ", "(", ")", "“", "”", "Số:", "Kính gửi:", "Nơi nhận:", "KT. BỘ TRƯỞNG", "Phụ lục", "¹", "[1]", ";", ".",
    "\u0301", "\u200b", "\u00a0", "Đ", "đ", "/", "-", "2025", "0",
)  # fmt: skip


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_offsets_slice_back_on_any_mixture(pieces: list[str]) -> None:
    check("".join(pieces))


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    check(text)


# ---- variants of writing ----


def spread(text: str) -> str:
    """Make some single blanks inside lines two or three, the same ones every time."""
    chance = random.Random(7)
    return re.sub(r"(?<=\w) (?=\w)", lambda m: m[0] * (1 if chance.random() < 0.9 else chance.randint(2, 3)), text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no-break blanks": lambda text: re.sub(r"(?<=\w) (?=\w)", "\u00a0", text),
    "tabs": lambda text: re.sub(r"(?<=[a-zđ]) (?=[a-zđ])", "\t", text),
    "zero-width": lambda text: re.sub(r"(?<=[a-z])(?=[a-z] )", "\u200b", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[a-z])(?=[a-z]{2} )", "\u00ad", text),
    "longer blanks": spread,
    "blanks at line ends": lambda text: text.replace("\n", "  \n"),
}


@by_name
@pytest.mark.parametrize("variant", VARIANTS)
def test_writing_variants_change_no_answer(path: Path, variant: str) -> None:
    text = read(path)
    assert facts(check(VARIANTS[variant](text))) == facts(analyze(text))


def test_a_byte_order_mark_changes_no_answer(tmp_path: Path) -> None:
    from vnlegal.readers import read_bytes

    assert read_bytes(b"\xef\xbb\xbf" + LETTER.encode()).text == LETTER


# ---- nothing crashes ----

NAUGHTY = (
    "", "\x00", "\ufffe", "\u202eNghị định", "👩‍👩‍👧 Điều 5", "ﬀ㍿①²", "Z̴̢a̴l̷g̴o̵ 88/2025/NĐ-CP",
    "' OR 1=1 --", "<script>alert(1)</script>",
    "${jndi:ldap://x}", "{{7*7}}", "%s%n%x", "=HYPERLINK(\"x\")", "\\u0000", "../../etc/passwd", "NaN", "1e309", "-0",
    "99999999999999999999/2025/NĐ-CP", "Số: /", "ngày 32/13/2025", "ngày 0/0/0000", "tháng 13 năm 99999", "quý V/2025",
    "trước ngày 31/2/2025", "trong 99999999999 ngày kể từ ngày 1/1/2025", "năm 0000", "Điều 999999999999999999999",
    "khoản 1 đến khoản 99999999 Điều 5", "từ Điều 1 đến Điều 9999999", "điểm z khoản 0 Điều -1", "XXXXXXXXXXXXXXXXXX.",
)  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_strings(text: str) -> None:
    check(text)
    check(f"{LETTER}\n{text}\n{text} {text}")


@pytest.mark.slow
@by_name
def test_every_line_alone(path: Path) -> None:
    for line in set(read(path).splitlines()):
        check(line)


@pytest.mark.slow
@by_name
def test_random_cuts(path: Path) -> None:
    text, chance = read(path), random.Random(path.name)
    for _ in range(1000):
        begin = chance.randrange(len(text))
        analyze(text[begin : begin + chance.randint(1, 600)])


# ---- time linear in the input ----

ENDLESS: dict[str, Callable[[int], str]] = {
    "blanks": lambda n: " " * n,
    "blanks between words": lambda n: "Nghị định" + " " * n + "88/2025/NĐ-CP",
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "brackets and words": lambda n: "(Nghị định số 8 " * (n // 16),
    "quotes": lambda n: "“" * n,
    "markers": lambda n: "a) 1. - (1) " * (n // 12),
    "markers by line": lambda n: "a)\n1.\n- \nĐiều 1.\n" * (n // 18),
    "digits": lambda n: "1234567890" * (n // 10),
    "digits and slashes": lambda n: "12/2025/" * (n // 8),
    "digits and dots": lambda n: "1." * (n // 2),
    "dots": lambda n: "." * n,
    "hyphens": lambda n: "-" * n,
    "bars": lambda n: "|" * n,
    "bars by line": lambda n: "| a | b |\n" * (n // 10),
    "stars": lambda n: "*" * n,
    "letters": lambda n: "Đ" * n,
    "empty lines": lambda n: "\n" * n,
    "syllables": lambda n: "nhân dân " * (n // 9),
    "capitals": lambda n: "Bộ Luật Điều Khoản " * (n // 19),
    "commas": lambda n: "khoản 1, " * (n // 9),
    "numbers of documents": lambda n: "88/2025/NĐ-CP, " * (n // 15),
    "laws": lambda n: "Luật Đầu tư, " * (n // 13),
    "agencies": lambda n: "Bộ Tài chính, " * (n // 14),
    "sentence without end": lambda n: "giao Bộ Tài chính chủ trì rà soát và " * (n // 37),
    "deadlines": lambda n: "trước ngày 30/6/2025, " * (n // 22),
    "table of one row": lambda n: "|" + " a |" * (n // 4),
    "marks": lambda n: "\u0301" * n,
    "page breaks": lambda n: "\f" * n,
    "lone bars": lambda n: "|\n" * (n // 2),
    "bars with few cells": lambda n: "|\n|\n|\na\n" * (n // 8),
    "letters, one after the other": lambda n: "UBND TỈNH A\nSố: 1/UBND-VX\nKính gửi: Sở B\nPHỤ LỤC I\n" * (n // 50),
    "titles of plans": lambda n: "xây dựng Đề án phát triển du lịch vùng, đang trình; " * (n // 51),
    "definitions": lambda n: "Quyết định số 1/QĐ-TTg (sau đây gọi là Quyết định); " * (n // 52),
    "footnotes": lambda n: "Điều 1. A[1] b khoản 2 Điều này\n[1] Chỉ thị số 1/CT-TTg\n" * (n // 56),
    "committees": lambda n: "".join(f"Ban Chỉ đạo {k}, " for k in range(n // 18)),
}


def seconds(text: str) -> float:
    """Return the processor time of an analysis, which other programs on the machine do not lengthen much."""
    begin = time.process_time()
    analyze(text)
    return time.process_time() - begin


@pytest.mark.parametrize("name", ENDLESS)
def test_time_is_linear(name: str) -> None:
    """Four times the text may take at most some eight times as long: twice what linear is, for a busy machine."""
    make = ENDLESS[name]
    analyze("Nghị định")
    small = min(seconds(make(20_000)) for _ in range(2))
    for _ in range(3):
        large = seconds(make(80_000))
        if large < 8 * small + 0.3:
            return
    pytest.fail(f"20,000 characters take {small:.2f} s, 80,000 take {large:.2f} s")


def test_a_hundred_thousand_blanks_and_ten_thousand_brackets() -> None:
    assert seconds(" " * 100_000) < 2
    assert seconds("(" * 10_000 + "Nghị định số 88/2025/NĐ-CP" + ")" * 10_000) < 2
    assert seconds("a) " * 10_000) < 4


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "Giao Bộ Tài chính chủ trì thực hiện Nghị định số 88/2025/NĐ-CP trước ngày 30/6/2025; ",
        "hoàn thành trước ngày 30/6/2026, ",
        "Căn cứ Luật ",
        "khoản 1 Điều 2 ",
    ],
    ids=["orders", "deadlines", "laws without a name", "pinpoints"],
)
def test_time_grows_with_the_length_of_a_line(words: str) -> None:
    """`scripts/bench --line` reads one of 50 MB."""
    short = words * (100_000 // len(words))
    small = min(seconds(short) for _ in range(2))
    assert seconds(short * 8) < 24 * max(small, 0.05)
