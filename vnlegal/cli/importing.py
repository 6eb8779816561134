"""`vnlegal import`: what people changed in the files that `vnlegal export` made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Group as Stack
from rich.text import Text

from vnlegal.cli.base import DONE, FOUND, UNREAD, Command, Group, knowledge_option, say
from vnlegal.cli.inputs import gather
from vnlegal.cli.output import names_for, write_whole
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.table import Look, print_page
from vnlegal.errors import UnreadableFile
from vnlegal.labels import STATUS, day
from vnlegal.office.digest import plain
from vnlegal.office.tasks import Clash, Edit, Field, Returned, read_edits, settle, values_of, with_edits
from vnlegal.pipeline import analyze
from vnlegal.readers import shown
from vnlegal.records import Analysis

_FIELDS: dict[Field, str] = {"leads": "chủ trì", "coordinators": "phối hợp", "due": "hạn", "status": "tình trạng"}
_NOTHING = "(trống)"


@click.group(
    cls=Group,
    lazy={
        "tasks": ("vnlegal.cli.importing:tasks", "Nhận bảng nhiệm vụ Excel đã sửa, nêu rõ chỗ mâu thuẫn."),
        "labels": ("vnlegal.cli.importing:labels", "Nhận nhãn đã gán bằng Label Studio, doccano."),
    },
    example="vnlegal import tasks nhiemvu.xlsx --against congvan/ --out da-sua/",
)
def import_() -> None:
    """Nhận lại những gì mọi người đã sửa trong tệp do vnlegal export tạo ra."""


@click.command(cls=Command, example="vnlegal import tasks nhiemvu.xlsx --against congvan/ --out da-sua/")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.xlsx")
@click.option("--against", multiple=True, metavar="PATH", help="Văn bản gốc (tệp, thư mục); ghi được nhiều lần.")
@click.option(
    "--state", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Ghi vào lịch sử duyệt của vnlegal review ở thư mục này.",
)  # fmt: skip
@click.option("--who", default="xlsx", metavar="TÊN", help="Tên người sửa, ghi vào lịch sử duyệt.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Thư mục nhận kết quả json đã sửa."
)
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", help="Dạng kết quả.")
@knowledge_option
@click.pass_context
def tasks(
    ctx: click.Context,
    path: Path,
    against: tuple[str, ...],
    state: Path | None,
    who: str,
    out: Path | None,
    form: str,
    knowledge: Path | None,
) -> None:
    """Nhận bảng nhiệm vụ đã sửa: chủ trì, phối hợp, hạn, tình trạng.

    Giá trị nào nơi khác cũng đã đổi thì không ghi đè mà nêu ra. Với --against, các văn bản được đọc lại để so; với
    --state, thay đổi được ghi vào lịch sử duyệt. Không có cả hai: chỉ liệt kê những ô đã sửa.
    """
    returned = read_edits(_bytes(path), name=shown(path.name))
    failed = False
    if state is not None:
        from vnlegal.review.returned import take_edits

        returned = take_edits(state, returned, who)
    elif against:
        returned, failed = _against(returned, against, out, knowledge)
    elif out is not None:
        raise click.BadParameter("--out cần --against: các văn bản gốc để sửa theo", ctx)
    if form == "json":
        click.echo(json.dumps(_as_json(returned), ensure_ascii=False, indent=2))
    else:
        _print(returned, written=state is not None or out is not None)
    ctx.exit(UNREAD if failed else FOUND if returned.clashes else DONE)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: không mở được ({error.strerror})", next_step="xem lại tệp") from error


def _against(
    returned: Returned, against: Sequence[str], out: Path | None, knowledge: Path | None
) -> tuple[Returned, bool]:
    """Hold the edits against the documents as they are read now, and write those documents' results as edited."""
    known, inputs = knowledge_of(knowledge), gather(against)
    analyses: list[tuple[str, Analysis]] = []
    failed = bool(inputs.failures)
    for failure in inputs.failures:
        say(str(failure))
    names = names_for(inputs.items)
    for item in inputs.items:
        try:
            analyses.append((names[item], analyze(item.read(knowledge), knowledge=known)))
        except UnreadableFile as error:
            say(str(error))
            failed = True
    now = {f"{a.document.sha256}:{task.id}": values_of(task) for _, a in analyses for task in a.tasks}
    settled = settle(returned, now)
    if out is not None:
        for name, analysis in analyses:
            edited = with_edits(analysis, settled.edits)
            write_whole(out / f"{name}.json", (edited.model_dump_json(exclude={"text"}, indent=2) + "\n").encode())
        say(f"đã ghi {len(analyses)} kết quả vào {out}")
    return settled, failed


def _as_json(returned: Returned) -> dict[str, object]:
    def row(edit: Edit) -> dict[str, object]:
        names = ("key", "field", "before", "after", "sheet", "row")
        return {name: getattr(edit, name) for name in names}

    clashes = [{**row(clash.edit), "now": clash.now, "reason": clash.reason} for clash in returned.clashes]
    return {"rows": returned.rows, "edits": [row(edit) for edit in returned.edits], "clashes": clashes}


def _print(returned: Returned, *, written: bool) -> None:
    done = "đã nhận" if written else "đã sửa trong bảng"
    summary = f"{returned.rows} dòng · {len(returned.edits)} ô {done} · {len(returned.clashes)} chỗ mâu thuẫn"
    parts = [Text(summary, style="bold")]
    for edit in returned.edits:
        parts.append(Text(f"  {_place(edit)}: {_said(edit, edit.before)} → {_said(edit, edit.after)}"))
    if returned.clashes:
        parts.append(Text("MÂU THUẪN, chưa ghi:", style="bold"))
    for clash in returned.clashes:
        parts.append(Text(f"  {_place(clash.edit)}: {_clash(clash)}"))
    click.echo(print_page(Stack(*parts), Look(width=100, colour=False)), nl=False)


def _place(edit: Edit) -> str:
    return f"{plain(edit.sheet)}, dòng {edit.row}, {_FIELDS[edit.field]}"


def _clash(clash: Clash) -> str:
    edit = clash.edit
    now = f"; hiện là {_said(edit, clash.now)}" if clash.now != edit.before else ""
    return f"{_said(edit, edit.before)} → {_said(edit, edit.after)}{now} ({plain(clash.reason)})"


def _said(edit: Edit, value: str) -> str:
    if not value:
        return _NOTHING
    if edit.field == "status":
        return STATUS.get(value, plain(value)) if value in STATUS else plain(value)
    return plain(day(value) if edit.field == "due" and value[:4].isdigit() else value)


@click.command(cls=Command, example="vnlegal import labels nhan.json --format labelstudio --out gold/")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--format", "form", type=click.Choice(("labelstudio", "doccano")), required=True, help="Dạng tệp.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default="gold", metavar="DIR",
    help="Thư mục nhận dữ liệu chuẩn (mặc định: gold).",
)  # fmt: skip
def labels(path: Path, form: str, out: Path) -> None:
    """Nhận nhãn đã gán bằng Label Studio hay doccano, ghi thành dữ liệu chuẩn cho vnlegal evaluate."""
    from vnlegal.office.training import gold_files, gold_header, read_doccano, read_label_studio

    try:
        written = _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{shown(path.name)}: không phải UTF-8", next_step="xuất lại từ chương trình gán nhãn"
        ) from error
    read = read_label_studio if form == "labelstudio" else read_doccano
    documents = read(written, name=shown(path.name))
    heads, taken = [], set[str]()
    for n, document in enumerate(documents, 1):
        name = Path(document.analysis.document.source).stem.replace(".", "_").strip("_-/\\ ") or f"van-ban-{n}"
        name = name if name not in taken else f"{name}-{n}"
        taken.add(name)
        for own, words in gold_files(document, name).items():
            write_whole(out / own, words.encode())
        heads.append(gold_header(document, name))
    write_whole(out / "headers.jsonl", "".join(line + "\n" for line in heads).encode())
    say(f"đã ghi {len(documents)} văn bản vào {out}")
