"""The graph: built from documents, saved, loaded, exported without letting a title do harm."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

pytest.importorskip("networkx", reason="the graph needs networkx")

import vnlegal
from tests.conftest import ROOT
from vnlegal.errors import VnlegalError
from vnlegal.graph import EXPORTS, build_graph, export, load, save
from vnlegal.graph.layout import radial
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document, Relation
from vnlegal.works import Pin, Scope, WorkFacts, read_facts
from vnlegal.works.resolve import Resolver

HOSTILE = "</script><script>alert(1)</script> ' \" \\u0027}) DETACH DELETE w // \x00\x1b\ud800 \u2028 =1+1 &amp; <b>"


def work(number: str, *relations: tuple[str, str], date: str = "2024-01-01", **more: str) -> WorkFacts:
    """A document with its relations."""
    rows = tuple(Relation(source=number, relation=name, target=target, start=0, end=1) for name, target in relations)
    fields = {"source": f"{number}.txt", "kind": "nghi_dinh", "issuer": "Chính phủ", "title": "Tên", "effective": None}
    return WorkFacts(
        key=number, number=number, date=date, relations=rows, evidence=("lời",) * len(rows), **(fields | more)
    )


def test_edges_carry_their_evidence(knowledge: Knowledge) -> None:
    text = (
        "CHÍNH PHỦ\nSố: 150/2024/NĐ-CP\nHà Nội, ngày 10 tháng 12 năm 2024\n\nNGHỊ ĐỊNH\n"
        "Sửa đổi, bổ sung một số điều của Nghị định số 12/2020/NĐ-CP\n\n"
        "Căn cứ Luật Công đoàn số 50/2024/QH15 được sửa đổi, bổ sung bởi Luật số 97/2025/QH15;\n"
        "Căn cứ Nghị định số 39/2018/NĐ-CP ngày 11 tháng 3 năm 2018 của Chính phủ quy định chi tiết một số điều của "
        "Luật Hỗ trợ doanh nghiệp nhỏ và vừa;\n\nĐiều 1. Sửa đổi\nSửa đổi Điều 3.\n"
    )
    graph = build_graph([read_facts(Document(text=text, source="a.txt"), knowledge)], knowledge)
    found = {(a, edge["relation"], b) for a, b, edge in graph.edges(data=True)}
    assert ("150/2024/NĐ-CP", "amends", "12/2020/NĐ-CP") in found
    assert ("150/2024/NĐ-CP", "issued_under", "50/2024/QH15") in found
    assert ("97/2025/QH15", "amends", "50/2024/QH15") in found
    assert ("39/2018/NĐ-CP", "implements", "04/2017/QH14") in found
    for _, _, edge in graph.edges(data=True):
        assert edge["evidence"]
        assert edge["stated_in"] == "a.txt"
    assert graph.nodes["50/2024/QH15"]["title"].endswith("Công đoàn")
    assert not graph.nodes["50/2024/QH15"]["given"]


@pytest.mark.parametrize(
    ("key", "on", "number"),
    [
        ("luat:dau-tu", "2019-05-01", "67/2014/QH13"),
        ("luat:dau-tu", "2023-05-01", "61/2020/QH14"),
        ("luat:dau-tu@2005", "2023-05-01", "59/2005/QH11"),
        ("luat:khong-co-luat-nay", "2023-05-01", "luat:khong-co-luat-nay"),
        ("88/2025/NĐ-CP", None, "88/2025/NĐ-CP"),
    ],
)
def test_a_law_by_name_is_the_one_of_its_day(key: str, on: str | None, number: str, knowledge: Knowledge) -> None:
    assert Resolver([], knowledge).resolve(key, on).key == number


def test_cycles_and_self_citations(knowledge: Knowledge) -> None:
    graph = build_graph(
        [work("1/2024/NĐ-CP", ("amends", "2/2024/NĐ-CP"), ("cites", "1/2024/NĐ-CP")),
         work("2/2024/NĐ-CP", ("amends", "1/2024/NĐ-CP"))],
        knowledge,
    )  # fmt: skip
    assert sorted(graph.edges()) == [("1/2024/NĐ-CP", "2/2024/NĐ-CP"), ("2/2024/NĐ-CP", "1/2024/NĐ-CP")]


def test_two_documents_of_one_number_stay_two(knowledge: Knowledge) -> None:
    works = [work("5/2024/QĐ-UBND", source="x.txt"), work("5/2024/QĐ-UBND", source="y.txt")]
    assert list(build_graph(works, knowledge).nodes) == ["5/2024/QĐ-UBND", "5/2024/QĐ-UBND#y.txt"]


def test_saved_and_loaded_is_the_same(tmp_path: Path, knowledge: Knowledge) -> None:
    graph = build_graph([work("1/2024/NĐ-CP", ("amends", "2/2024/NĐ-CP"))], knowledge)
    save(graph, tmp_path / "g")
    again = load(tmp_path / "g")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


def _bad_files(whole: bytes) -> dict[str, bytes]:
    other = bytearray(whole)
    other[60:64] = (99).to_bytes(4, "big")
    foreign = bytearray(whole)
    foreign[68:72] = bytes(4)
    broken = bytearray(whole)
    broken[8192:] = b"\xff" * (len(whole) - 8192)
    return {
        "cut": whole[: len(whole) // 2],
        "cut-in-the-head": whole[:50],
        "empty": b"",
        "no-graph": b"no graph",
        "older": gzip.compress(b"{}"),
        "newer": bytes(other),
        "another-program": bytes(foreign),
        "broken": bytes(broken),
    }


@pytest.mark.parametrize("name", list(_bad_files(bytes(20_000))))
def test_bad_graph_files_are_named(name: str, tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "g"
    save(build_graph([work("1/2024/NĐ-CP", ("amends", "2/2024/NĐ-CP"))], knowledge), path)
    path.write_bytes(_bad_files(path.read_bytes())[name])
    with pytest.raises(VnlegalError, match="vnlegal graph build"):
        load(path)


def test_contradictory_dates_are_kept_apart(knowledge: Knowledge) -> None:
    works = [
        work("5/2024/NĐ-CP", date="2024-01-01", source="x.txt"),
        work("5/2024/NĐ-CP", date="2025-02-02", source="y.txt"),
    ]
    graph = build_graph(works, knowledge)
    assert [attributes["date"] for _, attributes in graph.nodes(data=True)] == ["2024-01-01", "2025-02-02"]


def test_a_placeholder_is_made_out_when_its_text_arrives(knowledge: Knowledge) -> None:
    citing = work("1/2026/NĐ-CP", ("issued_under", "luat:vuon-hoa"), date="2026-01-01")
    assert build_graph([citing], knowledge).has_edge("1/2026/NĐ-CP", "luat:vuon-hoa")
    law = work("99/2025/QH15", date="2025-06-20", kind="luat", title="VƯỜN HOA")
    graph = build_graph([citing, law], knowledge)
    edge = graph.edges["1/2026/NĐ-CP", "99/2025/QH15", "issued_under@1/2026/NĐ-CP.txt"]
    assert edge["why"] == "name, the latest law of that title on 2026-01-01"
    assert not graph.has_node("luat:vuon-hoa")


def test_provisions_on_demand(knowledge: Knowledge) -> None:
    pin = Pin(dieu="5", khoan="2")
    scope = Scope(
        law="99/2025/QH15", where="dieu_1", relation="implements", provisions=(pin,), start=0, end=1, text="x"
    )
    graph = build_graph([work("1/2026/NĐ-CP", scopes=(scope,))], knowledge, provisions=True)
    assert graph.has_edge("1/2026/NĐ-CP", "99/2025/QH15/dieu_5/khoan_2")
    assert graph.has_edge("99/2025/QH15/dieu_5/khoan_2", "99/2025/QH15")


def test_files_that_did_not_change_are_not_read_again(tmp_path: Path, vnlegal: Callable[..., Result]) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in (1, 2):
        words = f"CHÍNH PHỦ\nSố: {n}/2025/NĐ-CP\nHà Nội, ngày 3 tháng 3 năm 2025\n\nNGHỊ ĐỊNH\nVề hoa\n"
        (texts / f"{n}.txt").write_text(words, encoding="utf-8")
    out = tmp_path / "g.graph"
    assert "2 văn bản đã đọc," in vnlegal("graph", "build", texts, "--out", out, "--jobs", "2").stderr
    assert "(2 tệp không đổi" in vnlegal("graph", "build", texts, "--out", out).stderr
    (texts / "2.txt").write_text("CHÍNH PHỦ\nSố: 7/2025/NĐ-CP\n\nNGHỊ ĐỊNH\nVề cây\n", encoding="utf-8")
    assert "(1 tệp không đổi" in vnlegal("graph", "build", texts, "--out", out).stderr
    assert "7/2025/NĐ-CP" in load(out).nodes
    assert "2/2025/NĐ-CP" not in load(out).nodes
    assert "không đổi" not in vnlegal("graph", "build", texts, "--out", out, "--again").stderr
    assert "Xét tại ngày" in vnlegal("audit", "laws", out).stdout
    out.write_bytes(out.read_bytes()[:-9000])
    again = vnlegal("graph", "build", texts, "--out", out)
    assert (again.exit_code, "đọc lại tất cả" in again.stderr) == (0, True)
    assert "7/2025/NĐ-CP" in load(out).nodes


@pytest.mark.parametrize("form", EXPORTS)
def test_hostile_titles(form: str, knowledge: Knowledge) -> None:
    graph = build_graph([work("1/2024/NĐ-CP", ("amends", "2/2024/NĐ-CP"), title=HOSTILE)], knowledge)
    words = export(graph, form)
    if form in ("graphml", "gexf"):
        ElementTree.fromstring(words)
    elif form in ("json", "jsonld"):
        json.loads(words)
    elif form == "html":
        assert words.count("<script>") == 1
        assert "alert(1)</script>" not in words
        assert "//" not in words.replace("http://www.w3.org/2000/svg", "").replace("DELETE w // ", "")
    elif form == "csv":
        (row,) = csv.DictReader(io.StringIO(words.lstrip("\ufeff")))
        assert (row["source"], row["target"]) == ("1/2024/NĐ-CP", "2/2024/NĐ-CP")
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    else:
        assert all(line.endswith(";") for line in words.splitlines())
        assert "\\u0027" not in words
        for line in words.splitlines():
            assert line.replace("\\'", "").count("'") % 2 == 0


def test_a_graph_of_analyses() -> None:
    text = "CHÍNH PHỦ\nSố: 150/2024/NĐ-CP\n\nNGHỊ ĐỊNH\nVề hoa\n\nCăn cứ Luật Công đoàn số 50/2024/QH15;\n"
    graph = vnlegal.build_graph([vnlegal.analyze(text)])
    (edge,) = graph.get_edge_data("150/2024/NĐ-CP", "50/2024/QH15").values()
    assert (edge["relation"], edge["evidence"]) == ("issued_under", "Luật Công đoàn số 50/2024/QH15")


def test_a_title_that_is_a_formula(knowledge: Knowledge) -> None:
    graph = build_graph([work("1/2024/NĐ-CP", ("amends", "2/2024/NĐ-CP"), title="=cmd|' /C calc'!A0")], knowledge)
    (row,) = csv.DictReader(io.StringIO(export(graph, "csv").lstrip("\ufeff")))
    assert row["source_title"] == "'=cmd|' /C calc'!A0"


def test_iris_are_one_each(knowledge: Knowledge) -> None:
    graph = build_graph([work("1/2024/NĐ-CP", source="a"), work("1-2024/NĐ-CP", source="b")], knowledge)
    rows = json.loads(export(graph, "jsonld", base="https://luat.vn"))["@graph"]
    assert [row["@id"] for row in rows] == [
        "https://luat.vn/akn/vn/act/2024-01-01/1-2024-nd-cp",
        "https://luat.vn/akn/vn/act/2024-01-01/1-2024-nd-cp.2",
    ]
    assert rows[0]["eli:date_document"] == "2024-01-01"


def test_no_two_names_touch() -> None:
    first = [(f"a{n}", "middle") for n in range(30)]
    second = [(f"b{n}", f"a{n % 3}") for n in range(50)]
    places = radial([[("middle", "")], first, second])
    assert len(places) == 81
    for ring in (first, second):
        at = sorted((places[name] for name, _ in ring), key=lambda place: place.angle)
        for a, b in pairwise(at):
            assert math.hypot(a.x - b.x, a.y - b.y) > 12


def test_the_picture_shows_what_is_owed(knowledge: Knowledge) -> None:
    graph = build_graph([work("1/2024/NĐ-CP", ("amends", "2/2024/NĐ-CP"))], knowledge)
    finding = {"label": "Chính phủ", "place": "khoản 2 Điều 5", "text": HOSTILE}
    words = export(graph, "html", around="1/2024/NĐ-CP", findings={"1/2024/NĐ-CP": [finding]})
    assert "khoản 2 Điều 5" in words
    assert "số điểm kiểm tra nêu" in words
    assert words.count("<script>") == 1


def test_the_picture_shows_what_other_audits_say(vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    source = ROOT / "corpora" / "gold" / "bc_bnnmt_2026.txt"
    graph, rows, page = tmp_path / "g", tmp_path / "rows.json", tmp_path / "g.html"
    assert vnlegal("graph", "build", source, "--out", graph).exit_code == 0
    vnlegal("audit", "counts", source, "--format", "json", "--out", rows)
    around = ("--around", "218/BC-BNNMT@2026")
    result = vnlegal("graph", "export", graph, "--format", "html", *around, "--findings", rows, "--out", page)
    assert result.exit_code == 0
    assert "Tổng 26 không khớp với các phần cộng lại (25)." in page.read_text(encoding="utf-8")
    rows.write_text("[]", encoding="utf-8")
    refused = vnlegal("graph", "export", graph, "--format", "html", "--findings", rows)
    assert refused.exit_code == 2
    assert "không phải kết quả kiểm tra" in refused.stderr


def test_marks_of_the_page_in_a_title_are_words(knowledge: Knowledge) -> None:
    graph = build_graph([work("1/2024/NĐ-CP", title="__DATA__ __LEGEND__", source="x")], knowledge)
    words = export(graph, "html")
    assert words.count("__DATA__ __LEGEND__") >= 1
    assert words.count('"centre"') == 1


def test_html_of_a_work_that_is_not_there(knowledge: Knowledge) -> None:
    with pytest.raises(VnlegalError, match="không có văn bản"):
        export(build_graph([work("1/2024/NĐ-CP")], knowledge), "html", around="9/9999/QH1")


def test_an_empty_graph_has_every_export(knowledge: Knowledge) -> None:
    for form in EXPORTS:
        assert export(build_graph([], knowledge), form)


def test_the_commands(tmp_path: Path, letter: Path, vnlegal: Callable[..., Result]) -> None:
    out = tmp_path / "g.graph"
    built = vnlegal("graph", "build", letter, "--out", out)
    assert built.exit_code == 0, built.stderr
    assert "1 văn bản đã đọc" in built.stderr
    shown = vnlegal("graph", "export", out, "--format", "html", "--around", "88/2025/NĐ-CP")
    assert shown.exit_code == 0
    assert "88/2025/NĐ-CP" in shown.stdout
    edges = json.loads(vnlegal("graph", "export", out).stdout)["edges"]
    assert any(edge["target"] == "88/2025/NĐ-CP" for edge in edges)
