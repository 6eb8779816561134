"""`vnlegal index`: put documents into the index, take them out, look after it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from vnlegal.cli.base import DONE, FOUND, INTERRUPTED, UNREAD, Command, Group, knowledge_option, say
from vnlegal.cli.inputs import Input, gather
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.work import Outcome, run
from vnlegal.errors import UnreadableFile
from vnlegal.index import Index, open_index
from vnlegal.knowledge import load_knowledge
from vnlegal.pipeline import analyze
from vnlegal.records import Analysis

DATABASE = "vnlegal.db"
_ACTIONS = {
    "add": ("vnlegal.cli.index:add", "Thêm tệp, thư mục vào chỉ mục; tệp đã có và không đổi thì bỏ qua."),
    "remove": ("vnlegal.cli.index:remove", "Bỏ tệp, thư mục khỏi chỉ mục."),
    "stats": ("vnlegal.cli.index:stats", "Đếm những gì có trong chỉ mục."),
    "check": ("vnlegal.cli.index:check", "Kiểm tra chỉ mục có nguyên vẹn không."),
}
_STDIN = "-/"
_FAILED = "failed"
_SAID = {"added": "mới", "replaced": "thay", "moved": "chuyển chỗ", "unchanged": "không đổi"}

database_option = click.option(
    "--db", default=DATABASE, metavar="URL", help=f"Tệp SQLite hoặc postgresql://… (mặc định: {DATABASE})."
)


@click.group(name="index", cls=Group, lazy=_ACTIONS, example="vnlegal index add congvan/ --jobs 4")
def index() -> None:
    """Chỉ mục nhiệm vụ của nhiều văn bản, để tìm bằng vnlegal search."""


@dataclass(frozen=True, slots=True)
class Analyzing:
    """Reads and analyzes one document for the index; travels to the worker processes."""

    knowledge: Path | None = None

    def __call__(self, item: Input) -> str:
        """Return the analysis as JSON, with the text."""
        document = item.read(self.knowledge)
        analysis = analyze(document, knowledge=load_knowledge(self.knowledge))
        return analysis.model_copy(update={"text": document.text}).model_dump_json()


@click.command(cls=Command, example="vnlegal index add congvan/ --jobs 4")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@database_option
@click.option("--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy.")
@click.option("--again", is_flag=True, help="Đọc lại cả tệp không đổi (sau khi cập nhật chương trình, tri thức).")
@knowledge_option
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...], db: str, jobs: int, again: bool, knowledge: Path | None) -> None:
    """Thêm văn bản vào chỉ mục. Mỗi văn bản ghi trọn một lần: dừng giữa chừng (Ctrl-C) rồi chạy lại là tiếp tục."""
    inputs = gather(paths)
    for failure in inputs.failures:
        say(str(failure))
    counts = dict.fromkeys(_SAID, 0) | {_FAILED: len(inputs.failures)}
    with open_index(db, knowledge=knowledge_of(knowledge)) as opened:
        waiting = [item for item in inputs.items if again or not _unchanged(item, opened)]
        counts["unchanged"] = len(inputs.items) - len(waiting)
        try:
            _put_all(waiting, opened, Analyzing(knowledge), counts, jobs=jobs or os.cpu_count() or 1, again=again)
            if len(waiting) > 1:
                opened.tidy()
        except KeyboardInterrupt:
            say("đã dừng, văn bản đã ghi vẫn còn trong chỉ mục → chạy lại lệnh này để làm tiếp")
            ctx.exit(INTERRUPTED)
        finally:
            told = [f"{counts[name]} {words}" for name, words in _SAID.items()]
            click.echo(", ".join([*told, f"{counts[_FAILED]} lỗi"]), err=True)
    ctx.exit(UNREAD if counts[_FAILED] else DONE)


def _put_all(
    waiting: Sequence[Input], opened: Index, work: Analyzing, counts: dict[str, int], *, jobs: int, again: bool
) -> None:
    """Read documents and put them into the index, one after another, counting what became of them in `counts`."""
    hidden = len(waiting) < 2 or not sys.stderr.isatty()
    with click.progressbar(length=len(waiting), label="Đang đọc", file=sys.stderr, hidden=hidden) as bar:
        for outcome in run(waiting, work, jobs=jobs):
            bar.update(1)
            if outcome.result is None:
                counts[_FAILED] += 1
                say(outcome.failure or outcome.item.source)
            elif not again and _unchanged(outcome.item, opened):  # a copy of one just added
                counts["unchanged"] += 1
            else:
                counts[_put(outcome, opened, again)] += 1


def _unchanged(item: Input, opened: Index) -> bool:
    """Whether this very file is in the index, or a copy of it that stays where it is.

    One that cannot be read is told when its turn comes.
    """
    if item.path is None or (digest := _digest(item.path)) is None:
        return False
    if opened.known(place_of(item), digest):
        return True
    place = opened.place_of(digest)
    return place is not None and not opened.knows(place_of(item)) and _digest(Path(place)) == digest


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _put(outcome: Outcome, opened: Index, again: bool) -> str:
    analysis = Analysis.model_validate_json(outcome.result or "")
    return opened.add(analysis, place=place_of(outcome.item), again=again)


def place_of(item: Input) -> str:
    """Return where a document stands, by which the index knows it; one from stdin by its content."""
    if item.path is not None:
        return str(item.path.absolute())
    return f"{_STDIN}{hashlib.sha256(item.data).hexdigest()[:16]}"


@click.command(cls=Command, example="vnlegal index remove congvan/cu.txt")
@click.argument("paths", nargs=-1, metavar="PATH…")
@database_option
@click.option("--missing", is_flag=True, help="Bỏ mọi văn bản mà tệp không còn trên đĩa.")
@knowledge_option
@click.pass_context
def remove(ctx: click.Context, paths: tuple[str, ...], db: str, missing: bool, knowledge: Path | None) -> None:
    """Bỏ văn bản khỏi chỉ mục, kể cả khi tệp đã bị xóa; thư mục: mọi văn bản trong đó."""
    if not paths and not missing:
        raise click.UsageError("thiếu PATH…, hoặc --missing", ctx)
    failed = removed = 0
    with open_index(db, knowledge=knowledge_of(knowledge), create=False) as opened:
        places = opened.places()
        for path in paths:
            found = _under(path, places)
            if not found:
                failed += 1
                say(str(UnreadableFile(f"{path}: không có trong chỉ mục", next_step="xem lại đường dẫn")))
            removed += sum(opened.remove(place) for place in found)
        if missing:
            # what has no file of its own (from stdin, under review, added by a program) is not missing
            gone = [one for one in opened.places() if Path(one).is_absolute() and not Path(one).is_file()]
            removed += sum(opened.remove(place) for place in gone)
    click.echo(f"bỏ {removed} văn bản", err=True)
    ctx.exit(UNREAD if failed else DONE)


def _under(path: str, places: Sequence[str]) -> list[str]:
    whole = path if path == "-" else str(Path(path).absolute())
    inside = _STDIN if path == "-" else whole.rstrip(os.sep) + os.sep
    return [place for place in places if place == whole or place.startswith(inside)]


@click.command(cls=Command, example="vnlegal index stats")
@database_option
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", help="Dạng kết quả.")
@knowledge_option
def stats(db: str, form: str, knowledge: Path | None) -> None:
    """Đếm văn bản, nhiệm vụ, viện dẫn, đoạn văn, cơ quan trong chỉ mục."""
    with open_index(db, knowledge=knowledge_of(knowledge), create=False) as opened:
        found = opened.stats()
    if form == "json":
        click.echo(found.model_dump_json(indent=2))
        return
    labels = {
        "documents": "văn bản", "tasks": "nhiệm vụ", "citations": "viện dẫn", "passages": "đoạn văn",
        "agencies": "cơ quan", "works": "văn bản được viện dẫn", "findings": "điểm cần xem lại", "bytes": "byte",
        "version": "phiên bản chỉ mục",
    }  # fmt: skip
    for name, value in found.model_dump().items():
        if value is not None:
            click.echo(f"{value:>12,}  {labels[name]}".replace(",", "."))


@click.command(cls=Command, example="vnlegal index check")
@database_option
@knowledge_option
@click.pass_context
def check(ctx: click.Context, db: str, knowledge: Path | None) -> None:
    """Kiểm tra tệp, các dòng và các từ của từng văn bản trong chỉ mục; mã kết thúc 1 nếu có chỗ hỏng."""
    with open_index(db, knowledge=knowledge_of(knowledge), create=False) as opened:
        wrong = opened.check()
    for line in wrong:
        click.echo(line)
    if not wrong:
        click.echo("chỉ mục nguyên vẹn")
    ctx.exit(FOUND if wrong else DONE)
