"""Walks the outline from above and gives every unit the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.segment import Unit
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.document import Document
from vnlegal.tasks.frames import Frame, calls_bodies, enumerates, guides_offices, is_order_intro
from vnlegal.tasks.model import ActorFound, Opening
from vnlegal.tasks.named import bodies_only, whole_group
from vnlegal.tasks.normative import IDLE, decides, orders, provision, shares_out
from vnlegal.tasks.prose import UnitReader
from vnlegal.tasks.regimes import Regime, section_of
from vnlegal.tasks.roles import Openings, cue_words
from vnlegal.tasks.sequels import goes_on, sequel
from vnlegal.text import fold

_HEADS = frozenset({"heading", "article", "annex", "title", "document"})
_TITLED = frozenset({"heading", "article"})
_READ = frozenset({"heading", "article", "item", "body", "footnote"})

# What stands behind the foot of a document, without a heading of its own, orders nothing.
_FOOT = frozenset({"recipients", "signature"})
_LONGEST_LEAD_IN = 400
_LONGEST_CELL = 60
# "Nhiệm vụ, giải pháp thời gian tới" under "Kết quả thực hiện", not "Một số nhiệm vụ cụ thể", in folded letters
_AHEAD = re.compile(
    r"giai phap|trong tam|thoi gian toi|tiep theo|phuong huong|sap toi|thang cuoi|bien phap|to chuc thuc"
)

# "Đơn vị công tác: ………"
_TO_FILL_IN = re.compile(r"……|\.[._]{4}|_[._]{4}")


class _Leading:
    """Reads the units that may lead others in, each only where its outcome is needed.

    An order to a body without anything under it matters to the items after it alone, and to them only where a bare
    verb would not do; until one of them asks, it is left unread.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._held_by = {unit.parent for unit in document.segmentation.units}
        self._ordered: set[tuple[int, int]] = set()
        self._requested: set[tuple[int, int]] = set()
        self._unread: dict[tuple[int, int], list[tuple[int, Frame]]] = {}

    def read(self, n: int, unit: Unit, frame: Frame) -> Frame | None:
        """Return the frame that unit `n` hands down; None where it hands none, or where nobody would take it."""
        units, text = self._document.segmentation.units, self._document.segmentation.flow.text
        taken = n in self._held_by if unit.kind == "item" else unit.kind == "body" and _under_item(unit, units)
        if taken or (unit.kind in ("item", "body") and _opens(text, unit)):
            return _led(self._document, n, unit, frame)
        if unit.kind == "item":
            self._unread.setdefault((unit.part, unit.parent), []).append((n, frame))
        return None

    def add_order(self, unit: Unit) -> None:
        """Take note that `unit` is an order to a body."""
        self._ordered.add((unit.part, unit.parent))

    def after_order(self, unit: Unit) -> bool:
        """Whether an order to a body stands before `unit` in its list."""
        place = unit.part, unit.parent
        unread = self._unread.pop(place, [])
        if place not in self._ordered and any(self._is_order(n, frame) for n, frame in unread):
            self._ordered.add(place)
        return place in self._ordered

    def after_request(self, unit: Unit) -> bool:
        """Whether an item before `unit` in its list begins with an order to a body; note whether `unit` does."""
        place = unit.part, unit.parent
        if place in self._requested:
            return True
        words, cues = self._document.passage(unit.body, unit.end), self._document.knowledge.tasks
        if not cue_words(words, cues):
            return False
        opening = Openings(words, cues).read(unit.body, words.end, group=True)
        if opening.cue and opening.leads and opening.verb and not opening.past:
            self._requested.add(place)
        return False

    def _is_order(self, n: int, frame: Frame) -> bool:
        led = _led(self._document, n, self._document.segmentation.units[n], frame)
        return led is not None and bool(led.leads)


def descend(document: Document) -> list[Frame]:
    """Return the frame each unit stands in, in the order of the units."""
    descent = _Descent(document)
    for n, unit in enumerate(document.segmentation.units):
        descent.take(n, unit)
    return descent.out


class _Descent:
    """What the units read so far hand down to those under and after them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._units = document.segmentation.units
        self._text = document.segmentation.flow.text
        self._below: dict[int, Frame] = {}
        self._intro: dict[tuple[int, int], Frame] = {}
        self._pending: tuple[int, Frame] | None = None
        self._told: Frame | None = None
        self._ended = -1
        self._bodied: set[tuple[int, int]] = set()
        self._leading = _Leading(document)
        self._roots = [_root(document, k) for k in range(len(document.regimes))]
        self._normative = [regime.family == "normative" for regime in document.regimes]
        self._deciding = [decides(regime) for regime in document.regimes]
        self.out: list[Frame] = []

    def take(self, n: int, unit: Unit) -> None:
        """Note the frame in which unit `n` stands, and what it hands down."""
        document, ordered = self._document, None
        if unit.kind in _FOOT:
            self._ended = unit.part
        if self._normative[unit.part] and (self._ended != unit.part or unit.kind in _HEADS):
            held = self._below.get(unit.parent)
            if held is None or held.mode == "none" or document.quoted(unit):
                ordered = orders(document, n) if self._deciding[unit.part] else None
                if ordered is None:
                    self.out.append(self._idle(n, unit))
                    return
        if unit.kind in _HEADS:
            self._ended = -1
        elif self._ended == unit.part or document.ends(unit):
            self._ended = unit.part
            self.out.append(Frame(mode="none"))
            return
        frame = self._listed(unit, self._above(n, unit, ordered))
        self.out.append(frame)
        if frame.mode != "none" and (unit.kind in _HEADS or unit.kind in _READ) and not self._goes_on(n, unit):
            self._hand_down(n, unit, frame)

    def _idle(self, n: int, unit: Unit) -> Frame:
        """Return the frame of a provision that orders nothing itself."""
        self._below[n] = IDLE
        if unit.kind not in _TITLED:
            return IDLE
        if self._deciding[unit.part] and shares_out(self._document, n):
            frame = Frame(mode="open")
        else:
            frame = provision(self._document, unit)
        self._below[n] = _bodies_of_heading(self._document, unit, frame)
        return frame

    def _above(self, n: int, unit: Unit, ordered: Frame | None) -> Frame:
        """Return what unit `n` orders itself, or the frame that what stands above or before it hands down."""
        goes_on_with = sequel(self._document, n, self.out)
        if goes_on_with is not None:
            return goes_on_with
        opens = unit.marker is not None or unit.kind == "heading"
        if self._pending is not None and opens:
            if self._pending[0] == unit.part:
                self._intro[unit.part, unit.parent] = self._pending[1]
            self._pending = None
        led = self._intro.get((unit.part, unit.parent)) if opens else None
        frame = ordered or led or _above(unit, self._units, self._below) or self._roots[unit.part]
        if self._told is not None and not (_is_sentence(self._text, unit) and unit.part == self._units[n - 1].part):
            self._told = None
        return self._told if self._told is not None and unit.parent < 0 else frame

    def _listed(self, unit: Unit, frame: Frame) -> Frame:
        """Return the frame of an item as those before it in its list change it."""
        if unit.marker is None:
            return frame
        if frame.mode == "open" and not frame.free and self._leading.after_order(unit):
            return replace(frame, free=True)
        if frame.mode == "told" and self._leading.after_request(unit):
            return replace(frame, sister=True)
        return frame

    def _goes_on(self, n: int, unit: Unit) -> bool:
        """Whether unit `n` is a paragraph that goes on with the item before it."""
        before = self._units[n - 1] if unit.kind == "body" and n else None
        return before is not None and before.kind == "item" and goes_on(self._text, before, unit)

    def _hand_down(self, n: int, unit: Unit, frame: Frame) -> None:
        """Note the frame that unit `n` gives to what stands under it or comes after it."""
        place = unit.part, unit.parent
        handed = _handed_down(self._document, n, unit, frame, among=place in self._bodied)
        if handed is None:
            handed = self._leading.read(n, unit, frame)
        if handed is not None and handed.list and handed.leads and unit.marker is not None:
            self._bodied.add(place)
        elif handed is not None and handed.leads and unit.kind == "item":
            self._leading.add_order(unit)
        if unit.kind != "body":
            self._below[n] = handed if handed is not None else frame
        elif handed is not None and (handed.list or _opens(self._text, unit)):
            self._pending = unit.part, handed
            if unit.parent < 0 and _opens(self._text, unit):
                self._told = handed
        elif handed is not None and _under_item(unit, self._units):
            self._below[unit.parent] = replace(handed, mode=frame.mode)


def _above(unit: Unit, units: Sequence[Unit], below: Mapping[int, Frame]) -> Frame | None:
    """Return the frame that what stands above `unit` hands down, that of a paragraph from what stands above that."""
    found = below.get(unit.parent)
    if found is None and unit.parent >= 0 and units[unit.parent].kind == "body":
        found = below.get(units[unit.parent].parent)
    return found


def _opens(text: str, unit: Unit) -> bool:
    """Whether `unit` ends with a colon."""
    return text[unit.body : unit.end].rstrip()[-1:] == ":"


def _is_sentence(text: str, unit: Unit) -> bool:
    """Whether `unit` is a paragraph without a marker that begins as a sentence does, and ends so or is long."""
    ends = text[unit.end - 1] in ".;:/" or unit.end - unit.start > _LONGEST_CELL
    return unit.kind == "body" and text[unit.start].isupper() and ends


def _under_item(unit: Unit, units: Sequence[Unit]) -> bool:
    return unit.parent >= 0 and units[unit.parent].kind == "item"


def _bodies_of_heading(document: Document, unit: Unit, frame: Frame) -> Frame:
    """Return the frame under a heading of a law that may name who has the duties under it."""
    if frame.mode == "none":
        return frame
    words = document.passage(unit.body, unit.end)
    told = bodies_only(words, document.knowledge.tasks, unit.body, document.issuers[unit.part])
    return _told(frame, told, document.regimes[unit.part]) if told is not None else frame


def _root(document: Document, part: int) -> Frame:
    """Return the frame at the top of a part."""
    regime = document.regimes[part]
    if regime.family == "none":
        return Frame(mode="none")
    if regime.comment:
        return Frame(mode="told", modality="proposed", section="propose", leads=_author(document, part))
    if regime.family == "report":
        return Frame(mode="off")
    return Frame(mode="told", free=regime.free)


def _author(document: Document, part: int) -> tuple[ActorFound, ...]:
    """Return the body whose draft a part comments on: the first its caption names."""
    place = document.segmentation.parts[part]
    for unit in document.segmentation.units[place.first : min(place.last, place.first + 6)]:
        if unit.kind in _HEADS:
            for agency in document.passage(unit.start, unit.end).agencies:
                return (ActorFound(agency.start, agency.end, agency.canonical, inherited=True),)
    return ()


def _handed_down(document: Document, n: int, unit: Unit, frame: Frame, *, among: bool) -> Frame | None:
    """Return the frame for what stands under or after `unit`; None where it changes nothing.

    `among`: a unit of the same list before it names a body.
    """
    words = document.passage(unit.body, unit.end)
    text = document.segmentation.flow.text[unit.body : unit.end]
    cues = document.knowledge.tasks
    regime = document.regimes[unit.part]
    told = None if _TO_FILL_IN.search(text) else bodies_only(words, cues, unit.body, document.issuers[unit.part])
    opens = text.rstrip().endswith(":") or (
        unit.kind == "body" and unit.parent >= 0 and text.rstrip()[-1:].isalpha() and not _among_cells(document, n)
    )
    if told is None and frame.leads and text.rstrip().endswith(":") and len(text) < _LONGEST_LEAD_IN:
        with_whom = Openings(words, cues).read(unit.body, words.end, group=True)
        if with_whom.coordinators and not words.text[with_whom.action : words.end].strip(" :\n"):
            # "Chủ trì, phối hợp với Sở Tài chính:" holds for every item under it
            leads = with_whom.leads or frame.leads
            role, others = with_whom.role, with_whom.coordinators
            return replace(frame, mode="open", leads=leads, coordinators=others, role=role, list=True)
    if told is not None and (unit.kind in _HEADS or opens or not _is_dash(unit)):
        return _told(frame, told, regime)
    if (frame.mode == "open" or among) and unit.marker and (text.rstrip().endswith(":") or n in document.parents):
        group = whole_group(words, cues, unit.body)
        if group is not None:
            return replace(frame, mode="open", leads=(group,), coordinators=(), role="", list=True)
    low = words.low.rstrip(" :\n") if opens and frame.mode != "off" else ""
    if low and (calls_bodies(low) or guides_offices(low)):
        return replace(frame, mode="open", list=True)
    if unit.kind in _HEADS or (unit.kind == "item" and _is_headline(document, n, text)):
        asked = _asked(words, cues, unit) if n in document.parents else None
        if asked is not None and asked.cue and asked.leads and (unit.kind in _HEADS or not asked.verb):
            return _told(frame, asked, regime)
        named = _section(document, unit, text, frame, regime)
        if named is not None:
            return named
    return None


def _asked(words: Passage, cues: TaskKnowledge, unit: Unit) -> Opening:
    """Return the opening of a heading, that of an article which says more at its last sentence: "…. Giao Sở X:"."""
    sentences = words.sentences_from(unit.body) if unit.kind == "article" else []
    begin = sentences[-1][0] if sentences and words.text.endswith(":", *sentences[-1]) else unit.body
    return Openings(words, cues).read(begin, words.end, group=True)


def _among_cells(document: Document, n: int) -> bool:
    """Whether the line before unit `n` is another short one without an end: cells of a table that was lost."""
    before, text = document.segmentation.units[n - 1] if n else None, document.segmentation.flow.text
    return (
        before is not None
        and before.kind == "body"
        and before.end - before.start < _LONGEST_CELL
        and text[before.end - 1].isalnum()
    )


def _is_dash(unit: Unit) -> bool:
    return (unit.marker or "-")[:1] in "-–—•+*"


def _is_headline(document: Document, n: int, text: str) -> bool:
    return (n in document.parents and len(text) < 200) or (text.rstrip().endswith(":") and len(text) < 160)


def _told(frame: Frame, opening: Opening, regime: Regime) -> Frame:
    """Return the frame under a heading or item that names who is told."""
    modality = frame.modality
    if opening.modality is not None:
        modality = regime.request if opening.modality == "requested" else "assigned"
    leads = _resolved(opening.leads, frame)
    return replace(
        frame,
        mode="open",
        modality=modality,
        leads=leads,
        coordinators=opening.coordinators,
        role=opening.role,
        list=True,
    )


def _resolved(leads: tuple[ActorFound, ...], frame: Frame) -> tuple[ActorFound, ...]:
    return leads if leads and leads[0].canonical else frame.leads


def _section(document: Document, unit: Unit, text: str, frame: Frame, regime: Regime) -> Frame | None:
    """Return the frame under a heading that says what its section is for."""
    section = section_of(text, document.knowledge.tasks, regime.family, regime.kind)
    if section is None or regime.comment:
        return None
    if section == "tasks":
        if frame.section == "report" and (unit.kind == "item" or not _AHEAD.search(fold(text))):
            return None
        return replace(frame, mode="open", section="", list=True)
    if section == "propose":
        return replace(frame, mode="open", section="propose", modality="proposed", list=True)
    if section == "report":
        return replace(frame, mode="off", section="report", leads=(), coordinators=())
    if section == "loose" and regime.family == "report":
        return None
    if section == "loose":
        return replace(frame, mode="told", leads=(), coordinators=())
    return replace(frame, mode="off", section="", leads=(), coordinators=())


def _led(document: Document, n: int, unit: Unit, frame: Frame) -> Frame | None:
    """Return the frame under an item, or after an introduction, that tells somebody something."""
    finders, words = document.knowledge.tasks.finders, document.passage(unit.body, unit.end)
    opens = _opens(document.segmentation.flow.text, unit)
    reader = UnitReader(words, document.knowledge.tasks, document.setting(n, frame))
    if opens and frame.mode != "off" and enumerates(words.low.rstrip(" :\n"), finders["enumerating"]):
        # "… yêu cầu các đơn vị:" names who is told what is listed
        asked = reader.addressed(unit.body)
        return replace(frame, mode="off") if asked is None else _told(frame, asked, document.regimes[unit.part])
    drafts = reader.orders(unit.body)
    addressed = reader.addressed(unit.body) if opens and not drafts else None
    if addressed is not None:
        return _told(frame, addressed, document.regimes[unit.part])
    if drafts and drafts[-1].explicit and drafts[-1].leads:
        last = drafts[-1]
        if unit.kind == "body" and not opens and unit.parent < 0:
            return None
        mode = "open" if opens or unit.kind == "item" else frame.mode
        return replace(
            frame,
            mode=mode,
            leads=last.leads,
            coordinators=last.coordinators if opens else (),
            role=last.role if opens else "",
            modality=last.modality if last.rule.startswith("cue") or frame.modality is None else frame.modality,
            list=opens,
        )
    if opens and frame.mode != "off" and is_order_intro(words.low.rstrip(" :\n")):
        request = "de nghi" in words.low[-40:]
        modality = document.regimes[unit.part].request if request else frame.modality
        return replace(frame, mode="open", modality=modality, list=True)
    return None
