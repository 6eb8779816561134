"""The figures: small cases by hand, and the same as the public scorers on the same predictions."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from vnlegal.errors import BadGold
from vnlegal.evaluate import Report, changes, figure, load_gold, read_bars, saved_results, under
from vnlegal.evaluate.measures import link_f1, pair_rows
from vnlegal.evaluate.parts import same_actors

Run = Callable[..., Result]
Row = dict[str, Any]


def row(start: int, end: int, **fields: Any) -> Row:
    return {"start": start, "end": end, "text": "", **fields}


def citation(start: int, end: int, **fields: Any) -> Row:
    return row(
        start, end, **{"kind": "numbered", "number": "1/NQ-CP", "doc_type": "nghi_quyet", "target": "a", **fields}
    )


def write_gold(folder: Path, doc: str, **parts: list[Row]) -> Path:
    folder.mkdir(exist_ok=True)
    for part, rows in parts.items():
        name = "headers.jsonl" if part == "headers" else f"{doc}.{part}.jsonl"
        (folder / name).write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    return folder


def figures_of(folder: Path, **result: Any) -> dict[str, Any]:
    report = Report()
    for document in load_gold(folder):
        report.add(document, result)
    return report.figures()


@pytest.mark.parametrize(
    ("given", "exact", "overlap"),
    [
        ([citation(0, 10), citation(20, 30)], 1.0, 1.0),
        ([citation(0, 9), citation(20, 30)], 0.5, 1.0),
        ([citation(0, 10)], 0.6667, 0.6667),
        ([], 0.0, 0.0),
        ([citation(0, 10), citation(20, 30), citation(50, 60)], 0.8, 0.8),
        ([citation(0, 10), citation(20, 30), citation(41, 44)], 1.0, 1.0),
        ([citation(0, 30)], 0.0, 0.6667),
    ],
    ids=["all", "one cut short", "one missed", "nothing", "one invented", "borderline is free", "one over both"],
)
def test_spans(tmp_path: Path, given: list[Row], exact: float, overlap: float) -> None:
    gold = write_gold(
        tmp_path / "gold", "d", citations=[citation(0, 10), citation(20, 30), citation(40, 45, borderline=True)]
    )
    got = figures_of(gold, citations=given)
    assert figure(got, "citations.exact") == exact
    assert figure(got, "citations.overlap") == overlap


def test_pairs_are_one_to_one_best_first() -> None:
    assert sorted(pair_rows([row(0, 10), row(8, 20)], [row(7, 20), row(0, 8)], 0.1)) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("gold", "given", "f1"),
    [("aabb", "xxyy", 1.0), ("aabb", "xxxx", 0.6667), ("aabb", "wxyz", 0.6667), ("ab", "xx", 0.6667), ("", "", None)],
    ids=["same", "all in one", "all apart", "two in one", "none"],
)
def test_link(gold: str, given: str, f1: float | None) -> None:
    assert link_f1(gold, given) == f1


@pytest.mark.parametrize(
    ("gold", "given", "hits"),
    [
        ("Sở Nội vụ", "Sở Nội vụ tỉnh Kon Tum", 1),
        ("Bộ Tài chính", "bộ tài  chính", 1),
        ("Bộ Tài chính", "Bộ Tư pháp", 0),
        ("UBND tỉnh Hà Nam", "Uỷ ban nhân dân tỉnh Hà Nam", 1),
        ("nhóm: các bộ", "nhóm: các bộ, ngành", 1),
        ("Bộ Nội vụ (Vụ Tổ chức)", "Bộ Nội vụ", 1),
    ],
)
def test_actors(gold: str, given: str, hits: int) -> None:
    assert same_actors([row(0, 10, canonical=gold)], [row(0, 11, canonical=given)])[0] == hits


def test_both_name_sets_are_read(tmp_path: Path) -> None:
    header = {
        "doc": "a",
        "doc_type": "cong_van",
        "title": "V/v báo cáo",
        "signer_name": "Nguyễn Văn An",
        "number": "1/X",
    }
    own = {"kind": "cong_van", "subject": "báo cáo", "signer": {"name": "Nguyễn Văn An"}, "number": "1/X"}
    task = row(0, 10, parent_path=["I. Việc"], leads=[], modality="assigned")
    for rows, head in (([task], header), ([{**task, "path": ["I. Việc"]}], {"doc": "a", **own})):
        gold = write_gold(tmp_path / "gold", "a", tasks=rows, headers=[head])
        got = figures_of(gold, tasks=[row(0, 10, path=["Việc"], leads=[], modality="assigned")], document=own)
        for name in ("tasks.path", "tasks.whole", "header.kind", "header.subject", "header.signer"):
            assert figure(got, name) == 1.0, name


def test_changes_name_gains_and_losses(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", "d", citations=[citation(0, 10), citation(20, 30), citation(40, 50)])
    runs = (
        [citation(0, 10), citation(20, 29), citation(70, 75)],
        [citation(20, 30), citation(40, 50), citation(80, 85)],
    )
    before, after = Report(), Report()
    for report, given in zip((before, after), runs, strict=True):
        report.add(load_gold(gold)[0], {"citations": given})
    found = [
        (c.gained, c.before, c.verdict.state, c.verdict.start) for c in changes(before.verdicts(), after.verdicts())
    ]
    assert found == [
        (False, "exact", "missed", 0),
        (True, "found", "exact", 20),
        (True, "missed", "exact", 40),
        (True, "invented", "-", 70),
        (False, "-", "invented", 80),
    ]


@pytest.mark.parametrize(
    ("bars", "names"),
    [
        ("citations.exact=0.5,citations.number=1", []),
        ("citations.exact=0.9", ["citations.exact"]),
        ("tasks.due=0.1", ["tasks.due"]),
        ("citations.exact.p=1.01", ["citations.exact.p"]),
    ],
)
def test_bars(tmp_path: Path, bars: str, names: list[str]) -> None:
    gold = write_gold(tmp_path / "gold", "d", citations=[citation(0, 10), citation(20, 30)])
    assert [low[0] for low in under(figures_of(gold, citations=[citation(0, 10)]), read_bars(bars))] == names


def test_bars_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "bars.toml"
    path.write_text(
        '[gold]\ncitations.exact = 0.95\n[gold.tasks]\nmatch = 0.8\n[corpora]\n"tasks.due" = 1\n', encoding="utf-8"
    )
    assert read_bars(f"{path}#gold") == {"citations.exact": 0.95, "tasks.match": 0.8}
    assert read_bars(f"{path}#corpora") == {"tasks.due": 1.0}
    with pytest.raises(BadGold, match="nowhere"):
        read_bars(f"{path}#nowhere")


def test_broken_gold_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "d.citations.jsonl").write_text('{"start": 0}\n{oops\n', encoding="utf-8")
    with pytest.raises(BadGold, match=r"d\.citations\.jsonl:2"):
        load_gold(tmp_path)


def test_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match="--gold"):
        load_gold(tmp_path)


def test_fail_under_is_1_and_names_the_figure(vnlegal: Run, letter: Path) -> None:
    write_gold(letter.parent, "letter", citations=[citation(0, 3)])
    result = vnlegal("evaluate", "--gold", letter.parent, "--fail-under", "citations.exact=0.9")
    assert result.exit_code == 1
    assert "citations.exact" in result.stderr
    assert "citations\n" in result.stdout


def test_against_saved_results(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    write_gold(letter.parent, "letter", citations=[citation(0, 3)])
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "letter.json").write_text(json.dumps({"citations": [citation(0, 3)]}), encoding="utf-8")
    result = vnlegal("evaluate", "--gold", letter.parent, "--against", saved)
    assert "- letter | citation | exact → missed | 0 |" in result.stdout
    assert "lost" in result.stdout.splitlines()[-1]


def test_against_a_revision_that_is_none(vnlegal: Run, letter: Path) -> None:
    write_gold(letter.parent, "letter", citations=[citation(0, 3)])
    result = vnlegal("evaluate", "--gold", letter.parent, "--against", "no-such-revision")
    assert result.exit_code == 2
    assert "no-such-revision" in result.stderr


# ---- the same figures as the public scorers, on predictions bent in every way ----


def bend(rows: list[Row], chance: random.Random, length: int) -> list[Row]:
    """Return gold rows as a tool might give them: some lost, some moved, some fields wrong, some invented."""
    out = []
    for gold in rows:
        if chance.random() < 0.15:
            continue
        got = {name: value for name, value in gold.items() if name != "borderline"}
        if chance.random() < 0.3:
            got["start"] = max(0, got["start"] + chance.randint(-3, 3))
            got["end"] = max(got["start"] + 1, got["end"] + chance.randint(-9, 9))
        for name in list(got):
            if name not in ("start", "end", "text", "kind", "id") and chance.random() < 0.08:
                got[name] = chance.choice(rows).get(name)
        out.append(got)
    for _ in range(len(rows) // 8):
        start = chance.randrange(length)
        out.append({**chance.choice(rows), "start": start, "end": start + chance.randint(1, 60)})
    chance.shuffle(out)
    return out


def predictions(gold: Path, seed: int) -> dict[str, Row]:
    chance = random.Random(seed)
    found = {}
    for document in load_gold(gold):
        result: Row = {
            part: bend(rows, chance, 50_000)
            for part, rows in document.rows.items()
            if rows is not None and part != "outline"
        }
        head = document.header
        if head is not None:
            signer = {"name": head.get("signer_name"), "title": None}
            result["document"] = {
                "number": head["number"] if chance.random() < 0.8 else None,
                "kind": head["doc_type"] if chance.random() < 0.8 else "bao_cao",
                "date": head["date"],
                "issuer": (head["issuer"] or "")[chance.randrange(3) :],
                "subject": (head["title"] or "")[chance.randrange(4) :],
                "place": head["place"],
                "signer": signer if chance.random() < 0.8 else None,
            }
        found[document.name] = result
    return found


@pytest.mark.parametrize("folder", ["gold", "gold/normative"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_same_figures_as_the_public_scorer(data: Path, tmp_path: Path, folder: str, seed: int) -> None:
    for name, result in predictions(data / folder, seed).items():
        (tmp_path / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(data / "eval" / "score.py"), "--gold", str(data / folder), "--pred", str(tmp_path)]
    theirs = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)
    report = Report()
    saved = saved_results(tmp_path)
    for document in load_gold(data / folder):
        report.add(document, saved[document.name])
    ours = {part: values for part, values in report.figures().items() if part != "outline"}
    assert ours == theirs


def test_same_figures_as_the_public_outline_scorer(data: Path, tmp_path: Path) -> None:
    for gold in sorted((data / "gold" / "outline").glob("*.outline.jsonl")):
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        units = [{**unit, "id": f"p{unit['id']}"} for unit in bend(rows, random.Random(gold.name), 9_000)]
        for unit in units:
            unit["parent"] = f"p{unit['parent']}" if unit.get("parent") else None
        file = tmp_path / gold.name
        file.write_text(json.dumps({"units": units}), encoding="utf-8")
        command = [
            sys.executable,
            str(data / "eval" / "score_audit.py"),
            "outline",
            "--gold",
            str(gold),
            "--pred",
            str(file),
        ]
        theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        report = Report()
        report.outline.add(gold.name, rows, units)
        assert report.outline.figures() == theirs
