"""`vnlegal evaluate`: figures on gold, misses by name, gains and losses against another run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from vnlegal.cli.base import DONE, FOUND, Command, knowledge_option, say
from vnlegal.cli.own import knowledge_of
from vnlegal.evaluate import (
    Change,
    GoldDocument,
    Report,
    Results,
    changes,
    fresh_results,
    load_gold,
    read_bars,
    results_of_revision,
    saved_results,
    under,
)


@click.command(cls=Command, example="vnlegal evaluate --gold corpora/gold --misses 20")
@click.argument("texts", nargs=-1, metavar="[TEXTS]…", type=click.Path(path_type=Path))
@click.option("--gold", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Thư mục bản đánh dấu tay.")
@click.option("--pred", type=click.Path(path_type=Path), metavar="DIR", help="Chấm kết quả đã lưu, không chạy lại.")
@click.option("--misses", type=click.IntRange(min=0), default=0, metavar="N", help="Nêu N chỗ sót hoặc thừa đầu tiên.")
@click.option("--against", metavar="REV", help="So với bản git REV, hoặc kết quả đã lưu: được thêm gì, mất gì.")
@click.option("--fail-under", metavar="TỆP#BẢNG", help="Mã thoát 1 nếu dưới mức trong tệp TOML, hoặc a.b=0.9,…")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", help="Dạng kết quả.")
@knowledge_option
@click.pass_context
def evaluate(
    ctx: click.Context,
    texts: tuple[Path, ...],
    gold: Path,
    pred: Path | None,
    misses: int,
    against: str | None,
    fail_under: str | None,
    form: str,
    knowledge: Path | None,
) -> None:
    """Chấm kết quả trên văn bản đã đánh dấu tay: viện dẫn, nhiệm vụ, cơ quan, phần đầu, bố cục.

    TEXTS chọn văn bản (tệp, thư mục hoặc tên); không nêu thì chấm hết.
    """
    documents = load_gold(gold, texts)
    report = _report(documents, saved_results(pred) if pred else fresh_results(documents, knowledge_of(knowledge)))
    figures = report.figures()
    differences: list[Change] | None = None
    if against:
        saved = Path(against).exists()
        other = _report(documents, saved_results(Path(against)) if saved else results_of_revision(against, documents))
        differences = changes(other.verdicts(), report.verdicts())
    if form == "json":
        if differences is not None:
            figures["changes"] = [_as_row(change) for change in differences]
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        click.echo(_table(figures), nl=False)
        _print_misses(report, misses)
        for change in differences or ():
            click.echo(_line(change))
        if differences is not None:
            gained = sum(change.gained for change in differences)
            click.echo(f"gained {gained}, lost {len(differences) - gained} against {against}")
    low = under(report.figures(), read_bars(fail_under)) if fail_under else []
    for name, value, bar in low:
        say(f"{name}: {'không có số liệu' if value is None else value} < {bar} → xem --misses")
    ctx.exit(FOUND if low else DONE)


def _report(documents: list[GoldDocument], results: Results) -> Report:
    report = Report()
    for document in documents:
        if document.name not in results:
            say(f"{document.name}: không có kết quả → tính là không tìm được gì")
        report.add(document, results.get(document.name) or {})
    return report


def _table(figures: Mapping[str, Any]) -> str:
    """Return the figures one a line under the name of their part."""
    lines = []
    for part, values in figures.items():
        lines.append(part)
        fields = values.get("fields", {})
        for name, value in [*((k, v) for k, v in values.items() if k != "fields"), *fields.items()]:
            lines.append(f"  {name:24} {_figure(value)}")
    return "\n".join(lines) + "\n"


def _figure(value: Any) -> str:
    if isinstance(value, Mapping) and "f1" in value:
        counts = f"({value['hit']} hit, {value['pred']} predicted, {value['gold']} gold)"
        return f"P {value['p']:.4f}  R {value['r']:.4f}  F1 {value['f1']:.4f}  {counts}"
    if isinstance(value, Mapping):
        return f"{value['right']}/{value['asked']} = {value['acc']}"
    return str(value)


def _print_misses(report: Report, most: int) -> None:
    wrong = [verdict for verdict in report.verdicts() if verdict.state in ("missed", "invented")]
    for verdict in wrong[:most]:
        words = " ".join(verdict.text[:90].split())
        click.echo(f"{verdict.doc} | {verdict.part} {verdict.state} | {verdict.start} | {words}")


def _as_row(change: Change) -> dict[str, Any]:
    verdict = change.verdict
    place = {"doc": verdict.doc, "part": verdict.part, "start": verdict.start, "end": verdict.end, "text": verdict.text}
    return {"change": "gained" if change.gained else "lost", "before": change.before, "after": verdict.state, **place}


def _line(change: Change) -> str:
    verdict = change.verdict
    words = " ".join(verdict.text[:90].split())
    states = f"{change.before} → {verdict.state}"
    return f"{'+' if change.gained else '-'} {verdict.doc} | {verdict.part} | {states} | {verdict.start} | {words}"
