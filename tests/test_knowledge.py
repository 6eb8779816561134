"""The knowledge files: every row loads, every example is found by its own rule, no alias means two things at once."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import vnlegal
from vnlegal.agencies import find_agencies
from vnlegal.errors import BadKnowledge
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.knowledge.counts import load_counts
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.knowledge.registry import load_registry
from vnlegal.knowledge.slips import load_slips
from vnlegal.pipeline import analyze, as_document
from vnlegal.segment import segment
from vnlegal.text import fold, fold_tone

DATA = Path(vnlegal.__file__).parent / "data"
RULE_FILES = sorted(DATA.glob("*.toml"))
LISTS = sorted(DATA.glob("*.tsv"))


def tables(path: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield table name, number and row of every row of a TOML file."""
    for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for number, row in enumerate(rows, 1):
            yield table, number, row


RULES = [
    pytest.param(path.stem, table, row, id=f"{path.stem}-{table}-{number}")
    for path in RULE_FILES
    for table, number, row in tables(path)
]


def tsv(name: str) -> list[dict[str, str]]:
    lines = [
        line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def load_all(own: Path) -> None:
    """Read every file, those too that only one command needs."""
    load_knowledge(own)
    load_delegations(own)
    load_counts(own)
    load_slips(own)
    load_registry(own)


def bare(words: str) -> str:
    return fold(" ".join(re.sub(r"[-–—]", " ", words).split()))


# ---- every row and its example ----


def test_every_row_loads(knowledge: Knowledge) -> None:
    assert knowledge is load_knowledge()


@pytest.mark.parametrize(("file", "table", "row"), RULES)
def test_every_rule_has_an_example_that_shows_it(
    knowledge: Knowledge, file: str, table: str, row: dict[str, Any]
) -> None:
    example = row.get("example", "")
    assert example, "a rule without an example"
    if file == "agency_grammar":
        return  # its examples are found below, by the grammar itself
    if file == "section_markers" and "pattern" in row:
        match = knowledge.structure.marker.match(example)
        assert match, "no marker opens the example"
        assert match.groupdict()[row["key"]] is not None, f"{match.lastgroup} opens the example"
        return
    said = [row.get(name, ()) for name in ("words", "names", "name", "short", "head", "word", "tails", "symbols")]
    said += [row.get(name, ()) for name in ("state_symbols", "party_symbols", "aliases", "forms")]
    words = [word for value in said for word in ([value] if isinstance(value, str) else value)]
    if words:
        assert any(bare(word) in bare(example) for word in words), "none of its words stands in the example"


@pytest.mark.parametrize(
    ("key", "example"),
    [
        (row["key"], row["example"])
        for table, _, row in tables(DATA / "document_types.toml")
        if table == "type" and re.search(r"\d", row["example"])
    ],
)
def test_a_kind_of_document_is_found_in_its_example(knowledge: Knowledge, key: str, example: str) -> None:
    found = analyze(f"Thực hiện {example} ngày 5 tháng 3 năm 2024 của cơ quan ban hành.", knowledge=knowledge)
    assert key in {citation.doc_type for citation in found.citations}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        pytest.param(table, row, id=f"{table}-{number}")
        for table, number, row in tables(DATA / "agency_grammar.toml")
        if "example" in row and table != "filing"
    ],
)
def test_the_grammar_of_agencies_reads_its_examples(knowledge: Knowledge, table: str, row: dict[str, Any]) -> None:
    text = f"Giao {row['example']} báo cáo kết quả."
    found = find_agencies(segment(as_document(text), knowledge), knowledge)
    assert found, "no agency found in the example"
    if table == "sector":
        assert any(row["name"].casefold() in agency.canonical.casefold() for agency in found)


@pytest.mark.parametrize("row", [row for table, _, row in tables(DATA / "agency_grammar.toml") if table == "filing"])
def test_a_code_of_the_filing_line_is_a_unit_of_its_issuer(knowledge: Knowledge, row: dict[str, Any]) -> None:
    for issuer, (code, _, unit) in product(row["of"], (pair.partition("=") for pair in row["units"])):
        assert knowledge.agencies.filed_unit(code, issuer) == f"{unit}, {row.get('owner') or issuer}"
        assert knowledge.agencies.filed_unit(f"{code}X", issuer) is None


@pytest.mark.parametrize("row", tsv("agencies.tsv"), ids=lambda row: row["name"])
def test_an_agency_is_found_by_its_name(knowledge: Knowledge, row: dict[str, str]) -> None:
    text = f"Giao {row['name']} báo cáo kết quả."
    found = find_agencies(segment(as_document(text), knowledge), knowledge)
    assert row["name"] in [agency.canonical for agency in found]


# ---- one meaning at a time ----


def overlaps(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two rows are valid on a common day; no date means always."""
    begin = max(one.get("valid_from") or "0", other.get("valid_from") or "0")
    end = min(one.get("valid_to") or "9", other.get("valid_to") or "9")
    return begin < end


@pytest.mark.parametrize("name", ["agencies.tsv", "provinces.tsv"])
def test_no_name_means_two_bodies_on_one_day(name: str) -> None:
    by_name: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in tsv(name):
        for alias in {row["name"], *filter(None, row["aliases"].split("|"))}:
            by_name[fold_tone(alias).casefold()].append(row)
    clashes = [
        (alias, one["name"], other["name"])
        for alias, rows in by_name.items()
        for n, one in enumerate(rows)
        for other in rows[n + 1 :]
        if one["name"] != other["name"] and overlaps(one, other)
    ]
    assert clashes == []


def test_no_agency_row_stands_twice() -> None:
    rows = [(row["name"], row["valid_from"]) for row in tsv("agencies.tsv")]
    assert len(rows) == len(set(rows))


def test_no_symbol_means_two_issuers() -> None:
    codes = [row["code"] for row in tsv("issuers.tsv")]
    assert len(codes) == len(set(codes))


def test_no_number_means_two_laws() -> None:
    numbers = [row["number"] for row in tsv("laws.tsv") if row["number"]]
    assert len(numbers) == len(set(numbers))


def test_no_nickname_means_two_works() -> None:
    names = [name.casefold() for _, _, row in tables(DATA / "named_works.toml") for name in row["names"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["agencies.tsv", "provinces.tsv", "laws.tsv"])
def test_days_are_days_and_in_order(name: str) -> None:
    for row in tsv(name):
        for field in ("valid_from", "valid_to", "date"):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row.get(field) or ""), row
        if row.get("valid_from") and row.get("valid_to"):
            assert row["valid_from"] <= row["valid_to"], row


# ---- the user's own rows ----


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of a user's own rows: an agency, a law, a nickname of a document, a kind of document."""
    heads = {path.name: path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t") for path in LISTS}

    def row(file: str, **cells: str) -> str:
        return "\t".join(heads[file]) + "\n" + "\t".join(cells.get(head, "") for head in heads[file]) + "\n"

    (tmp_path / "agencies.tsv").write_text(
        row("agencies.tsv", name="Trung tâm Lưu trữ Hoa Sen", kind="agency", aliases="TTLT Hoa Sen"), encoding="utf-8"
    )
    (tmp_path / "laws.tsv").write_text(
        row("laws.tsv", number="987/2031/QH17", type="luat", title="Đường sắt trên cao"), encoding="utf-8"
    )
    (tmp_path / "named_works.toml").write_text(
        '[[work]]\nnames = ["Đề án Hoa Sen"]\ntype = "de_an"\nnumber = "4321/QĐ-UBND"\ndate = "2024-02-03"\n'
        'title = "Đề án Hoa Sen"\nexample = "thực hiện Đề án Hoa Sen"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_rows_of_the_user_are_known(own: Path) -> None:
    text = "Giao TTLT Hoa Sen chủ trì thực hiện Luật Đường sắt trên cao và Đề án Hoa Sen trước ngày 30/6/2032."
    found = analyze(text, knowledge=load_knowledge(own))
    assert "Trung tâm Lưu trữ Hoa Sen" in [agency.canonical for agency in found.agencies]
    targets = {citation.text: citation.target for citation in found.citations}
    assert targets["Luật Đường sắt trên cao"] == "987/2031/QH17"
    assert targets["Đề án Hoa Sen"] == "4321/QĐ-UBND@2024"
    assert analyze(text) != found


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_bad_cell_names_file_and_line(path: Path, tmp_path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("\n", 1)[0]
    (tmp_path / path.name).write_text(f"{head}\tno_such_column\n{'x' * 3}{chr(9) * head.count(chr(9))}\ty\n", "utf-8")
    with pytest.raises(BadKnowledge, match=rf"{path.name}:2") as caught:
        load_all(tmp_path)
    assert caught.value.next_step


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.name)
def test_a_bad_rule_names_file_and_row(path: Path, tmp_path: Path) -> None:
    table = next(tables(path))[0]
    (tmp_path / path.name).write_text(f"[[{table}]]\nno_such_field = 1\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match=re.escape(path.name)) as caught:
        load_all(tmp_path)
    assert table in str(caught.value)


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.name)
def test_a_broken_file_is_named(path: Path, tmp_path: Path) -> None:
    (tmp_path / path.name).write_text("[[x\n", encoding="utf-8")
    with pytest.raises(BadKnowledge, match=re.escape(path.name)):
        load_all(tmp_path)


def test_the_whole_knowledge_can_be_the_users_own_too(tmp_path: Path) -> None:
    """The package's own files as the user's: every row twice is no error."""
    for path in (*LISTS, *RULE_FILES):
        shutil.copy(path, tmp_path / path.name)
    load_all(tmp_path)
