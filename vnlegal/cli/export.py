"""`vnlegal export`: what was found, as the files offices open and the files models are trained on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from vnlegal.cli.base import DONE, UNREAD, USAGE, Command, as_of_option, knowledge_option, say
from vnlegal.cli.inputs import Input, gather
from vnlegal.cli.output import names_for, write_whole
from vnlegal.cli.own import knowledge_of
from vnlegal.errors import UnreadableFile
from vnlegal.knowledge import Knowledge
from vnlegal.office.tasks import TaskEntry, agency_sheets, entries, task_sheet
from vnlegal.office.training import Labelled
from vnlegal.pipeline import analyze
from vnlegal.records import Analysis, Document

TASK_FORMATS = ("xlsx", "csv", "ics", "docx-comments", "slip", "slip-pdf")
TRAINING_FORMATS = ("gold", "labelstudio", "doccano", "spacy")
FORMATS = (*TASK_FORMATS, *TRAINING_FORMATS)
_ONE_FILE = {"xlsx": "xlsx", "csv": "csv", "ics": "ics", "labelstudio": "json", "doccano": "jsonl", "spacy": "spacy"}


@dataclass(frozen=True, slots=True)
class Read:
    """One document that was read, with what was found in it. `name` is what its own files are called."""

    item: Input
    name: str
    document: Document
    analysis: Analysis

    @property
    def address(self) -> str:
        """Where the file stands, as a link; "" for what came on stdin."""
        return self.item.path.absolute().as_uri() if self.item.path is not None else ""


@click.command(cls=Command, example="vnlegal export tasks congvan/ --format xlsx --out nhiemvu.xlsx --by-agency")
@click.argument("what", type=click.Choice(("tasks", "citations")), metavar="tasks|citations")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="Dạng tệp cần có.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="Tệp (hay thư mục) để ghi; mặc định ở thư mục này."
)
@click.option("--by-agency", is_flag=True, help="xlsx: thêm một trang cho mỗi cơ quan; ics: mỗi cơ quan một tệp.")
@click.option(
    "--alarm", "alarms", multiple=True, type=click.IntRange(min=0), metavar="NGÀY",
    help="ics: nhắc trước bấy nhiêu ngày, ghi được nhiều lần (mặc định: 7 và 1).",
)  # fmt: skip
@as_of_option
@knowledge_option
@click.pass_context
def export(
    ctx: click.Context,
    what: str,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    by_agency: bool,
    alarms: tuple[int, ...],
    as_of: str | None,
    knowledge: Path | None,
) -> None:
    """Xuất nhiệm vụ, viện dẫn: bảng Excel, lịch, Word có ghi chú, phiếu xử lý, dữ liệu huấn luyện.

    tasks: xlsx, csv (bảng nhiệm vụ), ics (lịch các hạn); citations: csv, xlsx (bảng viện dẫn). Chung cho cả hai:
    docx-comments (bản Word có ghi chú ở đúng chữ), slip, slip-pdf (phiếu xử lý văn bản), gold, labelstudio, doccano,
    spacy (dữ liệu để gán nhãn và huấn luyện).
    """
    known = knowledge_of(knowledge)
    if what == "citations" and form == "ics":
        raise click.BadParameter("lịch chỉ có ở nhiệm vụ: vnlegal export tasks … --format ics", ctx)
    inputs = gather(paths)
    for failure in inputs.failures:
        say(str(failure))
    faults = list[str]()
    found = _read_all(inputs.items, known, knowledge, as_of, faults.append)
    maker = _Maker(what, form, out, known, as_of, by_agency, alarms or None, faults.append)
    written = maker.write(found)
    for path in written:
        say(f"đã ghi {path}")
    if not written and not faults and not inputs.failures:
        say("không có gì để ghi → xem lại PATH")
        ctx.exit(USAGE)
    ctx.exit(UNREAD if faults or inputs.failures else DONE)


def _read_all(
    items: Sequence[Input], knowledge: Knowledge, own: Path | None, as_of: str | None, fault: Callable[[str], None]
) -> Iterator[Read]:
    """Read and analyze one document after the other; say of each that cannot be read why."""
    from vnlegal.cli.work import attempt

    names = names_for(items)
    for item in items:
        box = list[Read]()

        def work(item: Input, box: list[Read] = box) -> str:
            document = item.read(own)
            analysis = analyze(document, knowledge=knowledge, as_of=as_of)
            box.append(Read(item, names[item], document, analysis))
            return ""

        outcome = attempt(work, item)
        if outcome.failure is not None:
            say(outcome.failure)
            fault(outcome.failure)
        else:
            yield box[0]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the files of one call."""

    what: str
    form: str
    out: Path | None
    knowledge: Knowledge
    as_of: str | None
    by_agency: bool
    alarms: tuple[int, ...] | None
    fault: Callable[[str], None]

    def write(self, found: Iterator[Read]) -> list[Path]:
        """Write the files and return them."""
        if self.form in ("docx-comments", "slip", "slip-pdf", "gold"):
            return [path for read in found for path in self._tried(read)]
        everything = list(found)
        if not everything:
            return []
        name = "nhiem-vu" if self.what == "tasks" else "vien-dan"
        suffix = _ONE_FILE[self.form]
        if self.form == "ics" and self.by_agency:
            return self._calendars(everything)
        return [self._put(self._file(f"{name}.{suffix}"), self._whole(everything))]

    def _tried(self, read: Read) -> list[Path]:
        """Write a document's own files; one that cannot be made is told and does not stop the others."""
        try:
            return self._own_files(read)
        except UnreadableFile as error:
            say(str(error))
            self.fault(str(error))
            return []

    def _file(self, name: str) -> Path:
        return Path(name) if self.out is None else self.out / name if self.out.is_dir() else self.out

    def _put(self, path: Path, data: bytes) -> Path:
        write_whole(path, data)
        return path

    def _whole(self, everything: list[Read]) -> bytes:
        """Return the one file that holds all documents."""
        if self.form in ("xlsx", "csv"):
            return self._table(everything)
        if self.form == "ics":
            from vnlegal.office.calendar import ALARMS, calendar

            tasks = _entries(everything)
            return calendar(tasks, name="Hạn nhiệm vụ", made=datetime.now(UTC), alarms=self.alarms or ALARMS)
        labelled = [Labelled(read.document.text, read.analysis) for read in everything]
        if self.form == "spacy":
            from vnlegal.spacy_components import doc_bin

            return doc_bin((document.text, document.analysis) for document in labelled)
        from vnlegal.office.training import doccano, label_studio

        return (label_studio(labelled) if self.form == "labelstudio" else doccano(labelled)).encode()

    def _table(self, everything: list[Read]) -> bytes:
        from vnlegal.office.citations import citation_sheet
        from vnlegal.office.sheet import csv_text, xlsx_bytes

        if self.what == "citations":
            sheet = citation_sheet((read.analysis, read.document.text) for read in everything)
            return xlsx_bytes([sheet]) if self.form == "xlsx" else csv_text(sheet).encode()
        tasks = _entries(everything)
        if self.form == "csv":
            return csv_text(task_sheet(tasks)).encode()
        return xlsx_bytes([task_sheet(tasks), *(agency_sheets(tasks) if self.by_agency else ())])

    def _calendars(self, everything: list[Read]) -> list[Path]:
        from vnlegal.office.calendar import ALARMS, by_agency, calendar
        from vnlegal.office.tasks import sheet_name

        folder = self.out or Path("lich")
        taken: set[str] = set()
        written = []
        for body, tasks in sorted(by_agency(_entries(everything)).items()):
            name = body or "Chưa rõ chủ trì"
            data = calendar(tasks, name=name, made=datetime.now(UTC), alarms=self.alarms or ALARMS)
            if b"BEGIN:VEVENT" in data:
                stem = re.sub(r'[<>"|\x00-\x1f.]', " ", sheet_name(name, taken)).strip()
                written.append(self._put(folder / f"{stem}.ics", data))
        return written

    def _own_files(self, read: Read) -> list[Path]:
        """Write the files that each document has for itself; return them."""
        if self.form == "gold":
            return self._gold(read)
        if self.form == "docx-comments":
            from vnlegal.office.comments import commented

            name, data = f"{read.name}.ghi-chu.docx", read.item.path.read_bytes() if read.item.path else read.item.data
            made = commented(data, read.document, read.analysis, name=read.item.source)
        else:
            from vnlegal.office.slip import slip_html, slip_pdf

            kinds = {kind.key: kind.name for kind in self.knowledge.documents.types}
            html = slip_html(read.analysis, read.document.text, kinds, as_of=self.as_of)
            name = f"{read.name}.phieu.{'pdf' if self.form == 'slip-pdf' else 'html'}"
            made = slip_pdf(html) if self.form == "slip-pdf" else html.encode()
        return [self._put(self._beside(name), made)]

    def _beside(self, name: str) -> Path:
        """Return the path of a document's own file: --out names a folder, or the file itself by its suffix."""
        if self.out is None:
            return Path(name)
        return self.out if self.out.suffix == Path(name).suffix and not self.out.is_dir() else self.out / name

    def _gold(self, read: Read) -> list[Path]:
        from vnlegal.office.training import gold_files, gold_header

        folder, name = self.out or Path("gold"), read.name.replace(".", "_")
        document = Labelled(read.document.text, read.analysis)
        written = [self._put(folder / own, words.encode()) for own, words in gold_files(document, name).items()]
        heads = folder / "headers.jsonl"
        kept = heads.read_text(encoding="utf-8").splitlines() if heads.is_file() else []
        others = [line for line in kept if f'"doc": "{name}"' not in line]
        self._put(heads, "".join(line + "\n" for line in (*others, gold_header(document, name))).encode())
        return written


def _entries(everything: list[Read]) -> list[TaskEntry]:
    return [entry for read in everything for entry in entries(read.analysis, read.address)]
