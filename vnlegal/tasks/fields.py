"""Labels that give one field of the tasks they stand with: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.segment import Unit
from vnlegal.tasks.clauses import Passage, clauses
from vnlegal.tasks.columns import BODY_HINT
from vnlegal.tasks.drafts import Draft
from vnlegal.tasks.groups import skip
from vnlegal.tasks.model import ActorFound, DeadlineFound
from vnlegal.tasks.roles import Openings

# The deadline of a stretch; `True`: it is the value of a label, as the cell of a table.
Deadlines = Callable[[int, int, bool], DeadlineFound | None]
_INLINE = ("field_lead", "field_support", "field_time", "field_product")
_TELLING = frozenset({"field_lead", "field_support", "field_time"})
# Offices and times that no row of words names: "Đơn vị đầu mối tham mưu:", in folded letters
_SOME_LABEL = re.compile(r"(?<!\w)(?:cac co quan|co quan|don vi|bo phan|thoi (?:gian|han|diem)|tien do|lo trinh)(?!\w)")
_SET_OFF = re.compile(r"[.;:,()–-][ \n]*(?:[a-zđ]\)[ \n])?$")
_LED_BY = re.compile(r"\((?P<in>giao[ \n][^()]{5,220}|[^()]{5,220}chủ trì[^()]{0,220})\)[ .;\n]*$", re.IGNORECASE)
_MARKER = re.compile(r"[a-zđ]\)[ \n]")
_HELPS = re.compile(r"[ \n]*(?:cùng[ \n])?phối[ \n]hợp(?:[ \n]thực[ \n]hiện)?[ .\n]*$", re.IGNORECASE)
_MARKS = re.compile(r"(?:[ \n.;,:(–-]|(?<=[ \n;(])[a-zđ]\)|\)(?=[ \n.;]*$))+$")
_LABELS = ("field_lead", "field_support", "field_time", "field_product", "field_other", "field_task")
_TIME_ALONE = re.compile(
    r"(?:Thời[ \n](?:gian|hạn)|Hoàn[ \n]thành|Thực[ \n]hiện[ \n]xong|Tiến[ \n]độ)[^:;.]{0,60}"
    r"(?:trước|trong|chậm nhất|xong|đến|ngày|tháng|quý)(?![\w])"
)
# "Đơn vị chủ trì tham mưu thực hiện:", in folded letters
_OFFICE = re.compile(
    r"(?:cac )?(?:co quan, don vi|don vi, ca nhan|co quan|don vi|bo phan|to chuc|dia phuong)"
    r"(?:,? (?:va )?(?:chu tri|thuc hien|tham muu|dau moi|phoi hop|chiu trach nhiem|trien khai|to chuc|de xuat|chinh))+"
)
# "Thời hạn ban hành:", "Thời gian trình Chính phủ:", in folded letters
_TIMES = re.compile(r"(?:thoi (?:gian|han|diem)|tien do|lo trinh|moc thoi gian)(?:,? [^\W\d_]+){0,5}(?=[ \n]?[:(])")
# How many units above a line of labels a list it covers may begin.
_NEAREST = 64
# A longer line below a label names no body.
_LONGEST_BODY = 80
# What may stand behind the name of a body and belong to it: "Ban Chỉ đạo | các quân khu"
_OF_BODY = re.compile(r"(?:các|thuộc|trực thuộc|của|cấp|ở|tại|trong|liên quan|có liên quan)(?!\w)")
_COLON = re.compile(r"(?:[ \n]*\([^()]{1,60}\))?[ \n]*:[ \n]*")


@dataclass(frozen=True, slots=True)
class Field:
    """The fields one labelled unit gives to the tasks of the group it stands in.

    `label`: the unit of the label, where the values stand in a list below it.
    """

    unit: int
    group: int
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    deadline: DeadlineFound | None = None
    product: tuple[int, int] | None = None
    label: int = -1

    def joined(self, other: Field) -> Field:
        """Return this field with the bodies of another value of its label."""
        return replace(self, leads=self.leads + other.leads, coordinators=self.coordinators + other.coordinators)


def label_at(words: Passage, cues: TaskKnowledge, at: int) -> tuple[str, int] | None:
    """Return the role of the label at `at` and where its value begins, None where there is no label."""
    best: tuple[str, int] | None = None
    longest = 0
    pair = words.low[at - words.start : at - words.start + 2]
    for role in _LABELS:
        if pair not in cues.begins[role]:
            continue
        found = cues.patterns[role].match(words.low, at - words.start)
        if found is None or found.end() <= longest:
            continue
        colon = _COLON.match(words.text, found.end() + words.start, words.end)
        if colon is not None:
            best, longest = (role, colon.end()), found.end()
    office = _OFFICE.match(words.low, at - words.start)
    if office is not None and office.end() > longest:
        colon = _COLON.match(words.text, office.end() + words.start, words.end)
        support = "phoi hop" in office[0] and "chu tri" not in office[0]
        if colon is not None:
            best, longest = ("field_support" if support else "field_lead", colon.end()), office.end()
    times = _TIMES.match(words.low, at - words.start)
    if times is not None and times.end() > longest:
        colon = _COLON.match(words.text, times.end() + words.start, words.end)
        if colon is not None:
            best = ("field_time", colon.end())
    return best


def read_field(
    words: Passage,
    cues: TaskKnowledge,
    start: int,
    n: int,
    group: int,
    deadline: Deadlines,
) -> Field | None:
    """Read a labelled unit; None where it has no label, or the label names the task itself."""
    field = Field(n, group)
    known = False
    if _TIME_ALONE.match(words.text, start, words.end) and words.end - start < 120:
        alone = deadline(start, words.end, False)
        return replace(field, deadline=alone) if alone is not None else None
    last = ""
    for first, end in clauses(words.text, start, words.end):
        begin = skip(_MARKER, words.text, first, end)
        label = label_at(words, cues, begin)
        if label is None or label[0] == "field_task":
            if not known:
                return None
            if last in ("field_lead", "field_support"):
                # "Cơ quan thực hiện: Sở Tư pháp; các sở, ban, ngành"
                field = _filled(field, words, cues, (last, begin), end, deadline, further=True)
            continue
        known, last = True, label[0]
        field = _filled(field, words, cues, label, end, deadline)
    return field if known else None


def fields_behind(
    words: Passage, cues: TaskKnowledge, start: int, n: int, deadline: Deadlines
) -> tuple[int, Field] | None:
    """Read the labels that stand behind a task in its own unit, and where they begin; None where there are none.

    "Tổ chức hội nghị. Đơn vị chủ trì: …; thời gian: …", "Lập danh mục (Sở Y tế chủ trì, hoàn thành trong quý I/2026)".
    """
    spots = list(_labels_in(words, cues, start)) if words.text.find(":", start, words.end) > 0 else []
    if spots and spots[0][0] > start and any(role in _TELLING for _, role, _ in spots):
        field = Field(n, n)
        ends = [*(begin for begin, _, _ in spots[1:]), words.end]
        for (_, role, at), end in zip(spots, ends, strict=True):
            field = _filled(field, words, cues, (role, at), _before_marks(words.text, at, end), deadline)
        return _before_marks(words.text, start, spots[0][0]), field
    at = words.text.rfind("(", start, words.end)
    inside = _LED_BY.match(words.text, at, words.end) if at > start else None
    if inside is None:
        return None
    opening = Openings(words, cues).read(at + 1, inside.end("in"))
    if not opening.leads or not (opening.cue or opening.role == "lead"):
        return None
    when = deadline(at + 1, inside.end("in"), False)
    return _before_marks(words.text, start, at), Field(n, n, opening.leads, opening.coordinators, when)


def _labels_in(words: Passage, cues: TaskKnowledge, start: int) -> Iterator[tuple[int, str, int]]:
    """Yield the labels behind `start`, each with its place, its role and where its value begins."""
    base, done = words.start, start
    found = {match.start() + base for role in _INLINE for match in cues.finders[role].finditer(words.low, start - base)}
    found |= {match.start() + base for match in _SOME_LABEL.finditer(words.low, start - base)}
    for at in sorted(found):
        if at < done or (_SET_OFF.search(words.text, max(start, at - 8), at) is None and not words.text[at].isupper()):
            continue
        label = label_at(words, cues, at)
        if label is not None and label[0] in _INLINE:
            yield at, *label
            done = label[1]


def _before_marks(text: str, start: int, end: int) -> int:
    """Return the end of the words before signs, blanks and a marker ("; c) ", " – (") that stand at `end`."""
    stretch = _MARKS.search(text, start, end)
    return stretch.start() if stretch is not None else end


def bare_label(words: Passage, cues: TaskKnowledge, start: int) -> str | None:
    """Return the role of the label that the words from `start` on are, as above a list ("b) Cơ quan thực hiện")."""
    low = words.low[start - words.start :].strip(" .:\n")
    for role in (*_INLINE, "field_task"):
        if cues.patterns[role].fullmatch(low) is not None:
            return role
    if _OFFICE.fullmatch(low) is None:
        return None
    return "field_support" if "phoi hop" in low and "chu tri" not in low else "field_lead"


def read_value(words: Passage, cues: TaskKnowledge, role: str, start: int, field: Field) -> Field | None:
    """Read the bodies of a unit below a label; None where it holds anything else."""
    text = words.text
    for first, end in clauses(text, start, words.end):
        opening = Openings(words, cues).read(first, end, group=True)
        bodies, rest = opening.leads, text[opening.action : end].strip(" .,;\n")
        if opening.verb or opening.told or opening.past:
            return None
        if not bodies or rest:
            stop = _before_marks(text, first, end)
            known = BODY_HINT.match(text, first, stop) is not None and (not bodies or _OF_BODY.match(rest) is not None)
            if not known or stop - first > _LONGEST_BODY:
                return None
            bodies = (ActorFound(first, stop, f"nhóm: {' '.join(text[first:stop].split())}"),)
        if role == "field_support":
            field = replace(field, coordinators=field.coordinators + bodies)
        else:
            field = replace(field, leads=field.leads + bodies)
    return field


def _filled(
    field: Field,
    words: Passage,
    cues: TaskKnowledge,
    label: tuple[str, int],
    end: int,
    deadline: Deadlines,
    *,
    further: bool = False,
) -> Field:
    role, at = label
    if role in ("field_lead", "field_support"):
        opening = Openings(words, cues).read(at, end, group=True)
        if opening.leads and _HELPS.match(words.text, opening.leads[-1].end, end):
            return replace(field, coordinators=field.coordinators + opening.leads)
        if further and words.text[opening.action : end].strip(" .\n") and not opening.verb:
            return field
        if role == "field_support":
            return replace(field, coordinators=field.coordinators + opening.leads)
        return replace(field, leads=field.leads + opening.leads, coordinators=field.coordinators + opening.coordinators)
    if role == "field_time":
        return replace(field, deadline=field.deadline or deadline(at, end, True))
    if role == "field_product":
        return replace(field, product=field.product or (at, _before_marks(words.text, at, end)))
    return field


def group_of(n: int, units: Sequence[Unit], labelled: Callable[[int], bool]) -> int:
    """Return the unit whose tasks a label unit is about: the nearest above it that is not itself a bare label."""
    for at in above(units[n].parent, units):
        if not labelled(at):
            return at
    return -1


def apply_fields(drafts: Sequence[Draft], fields: Sequence[Field], units: Sequence[Unit]) -> list[Draft]:
    """Hand the fields to the tasks of their groups. What a task says itself stays."""
    groups: dict[int, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.group, []).append(field)
    places = sorted({draft.unit for draft in drafts})
    covered = _covered(groups, units)
    out = []
    for draft in drafts:
        given = draft
        over = above(draft.unit, units)
        for group in (*over, -1):
            for field in _run_after(draft.unit, groups.get(group, ()), places):
                given = _given(given, field)
        block = next((covered[k] for k in over if k in covered), None)
        if block is not None:
            for field in _run_after(block, groups[block], places):
                given = _given(given, field)
        out.append(given)
    return out


def _covered(groups: Mapping[int, Sequence[Field]], units: Sequence[Unit]) -> dict[int, int]:
    """Return for each bullet without labels of its own the next one of its list that lines of labels stand under.

    "- Một. - Hai. Đơn vị thực hiện: …": the labels behind the second are those of both.
    """
    out: dict[int, int] = {}
    for group, fields in groups.items():
        if group < 0 or not _is_bullet(units[group]):
            continue
        if not any(f.leads for f in fields) or any(units[f.unit].kind != "body" for f in fields):
            continue
        parent = units[group].parent
        for k in range(group - 1, max(parent, group - _NEAREST), -1):
            if units[k].parent == parent:
                if k in groups or not _is_bullet(units[k]):
                    break
                out[k] = group
    return out


def _is_bullet(unit: Unit) -> bool:
    return unit.kind == "item" and (unit.marker or "-")[:1] in "-–+*•"


def above(n: int, units: Sequence[Unit]) -> list[int]:
    """Return unit `n` and the units above it, inmost first, not more than 64."""
    out: list[int] = []
    while n >= 0 and len(out) < 64:
        out.append(n)
        n = units[n].parent
    return out


def _run_after(n: int, fields: Sequence[Field], places: Sequence[int]) -> list[Field]:
    """Return the labels that follow unit `n` in one run: no further task stands between two of them."""
    first = bisect_left(fields, n, key=lambda field: field.unit)
    run: list[Field] = []
    for field in fields[first : first + 12]:
        if run and bisect_left(places, run[-1].unit + 1) != bisect_left(places, field.unit):
            break
        run.append(field)
    return run


def _given(draft: Draft, field: Field) -> Draft:
    leads, apart = draft.leads, field.unit != draft.unit
    if field.leads and (not leads or all(a.inherited for a in leads)):
        leads = tuple(replace(a, inherited=apart) for a in field.leads)
    coordinators = draft.coordinators + tuple(replace(a, inherited=apart) for a in field.coordinators)
    deadline = draft.deadline
    if deadline is None and field.deadline is not None:
        deadline = replace(field.deadline, inherited=apart)
    return replace(
        draft,
        leads=leads,
        coordinators=coordinators,
        deadline=deadline,
        product=draft.product or field.product,
        rule=draft.rule if leads == draft.leads else f"{draft.rule}+label",
        confidence=max(draft.confidence, 0.85) if field.leads else draft.confidence,
    )
