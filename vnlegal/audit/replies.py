"""The reply audit: who was asked for an answer by a day, and whose answer is there.

A letter asks where it tells somebody to send, report or say something by a day. A letter answers where it says so
("Trả lời Công văn số …"), or carries the letter out and goes to the body that asked. Bodies asked by name are matched
by name; of a group ("các bộ, ngành") it is only known who has answered.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vnlegal.audit.rows import Audit, AuditRow, Place, Reading, Tally, Verdict, day_words, shorten
from vnlegal.records import Citation, Task
from vnlegal.text import fold

_VERBS = "gửi|báo cáo|trả lời|phúc đáp|phản hồi|có ý kiến|cho ý kiến|góp ý|tham gia ý kiến|đăng ký"
_ASKS = re.compile(
    rf"^(?:[^\W\d_]+,?\s){{0,2}}?(?:{_VERBS})\b"
    rf"|\b(?:{_VERBS})\b[^;.]{{0,60}}\b(?:về|cho|tới)\s"
    r"(?:Bộ|Sở|UBND|Ủy ban|Uỷ ban|Cục|Tổng cục|Văn phòng|Vụ|Ban|Chi cục)\b",
    re.IGNORECASE,
)
_LETTERS = frozenset(("cong_van", "cong_dien", "giay_moi", "thong_bao", "ke_hoach", "chi_thi", "to_trinh"))
_GROUP = "nhóm: "
_ORDER = ("unanswered", "late-answer", "waiting", "unknown-asker", "answered")
# What a group's name says of the bodies in it, and how names of such bodies begin (folded).
_MEMBERS = (
    (re.compile(r"\bbộ\b|ngang bộ|cơ quan trung ương", re.I),
     ("bo ", "ngan hang nha nuoc", "thanh tra chinh phu", "van phong chinh phu")),
    (re.compile(r"tỉnh|ubnd|ủy ban|địa phương|thành phố", re.I), ("uy ban nhan dan", "ubnd", "tinh uy", "thanh uy")),
    (re.compile(r"\bsở\b|ban, ngành", re.I), ("so ", "ban ", "van phong ubnd", "van phong uy ban")),
    (re.compile(r"hiệp hội|hội\b", re.I), ("hiep hoi", "hoi ", "lien doan")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """A letter that asks, what it asks for, and the bodies it asks."""

    reading: Reading
    key: str
    body: str
    task: Task
    due: str
    whom: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """A document that answers, the words that say so, and who answers when."""

    reading: Reading
    citation: Citation
    body: str
    date: str

    @property
    def place(self) -> Place:
        return self.reading.place(self.citation.start, self.citation.end, self.citation.text)


def audit_replies(readings: Sequence[Reading], as_of: str, *, today: Mapping[str, str] | None = None) -> Audit:
    """Return for each body asked whether its answer is there on the ISO day `as_of`.

    `today`: for bodies that no longer exist, who answers for them.
    """
    first: dict[str, Reading] = {}
    for n, reading in enumerate(readings):
        first.setdefault(own_key(reading) or f"?{n}", reading)
    asked = [one for reading in first.values() for one in _asked(reading)]
    keys = {one.key for one in asked} | {key for reading in readings if (key := own_key(reading))}
    bodies = {own_key(reading): reading.analysis.document.issuer or "" for reading in readings}
    answers: defaultdict[str, list[_Answer]] = defaultdict(list)
    for reading in first.values():
        for citation in _answered(reading, bodies):
            key = _known_key(citation.target or "", keys)
            body, day = _answering_body(reading), reading.analysis.document.date or ""
            answers[key].append(_Answer(reading, citation, body, day))
    rows = [row for one in asked for row in _rows(one, answers[one.key], as_of, today or {})]
    rows += [_unknown(answer) for key, found in answers.items() if key not in keys for answer in found]
    rows.sort(key=lambda row: (_ORDER.index(row.code), row.due or "", row.source, row.agency or ""))
    counts = Counter(row.code for row in rows)
    letters = len({one.key for one in asked})
    summary = {"documents": len(readings), "asking": letters, **{code: counts[code] for code in _ORDER}}
    return Audit(as_of=as_of, summary=summary, by=_tally(rows), rows=tuple(rows))


def own_key(reading: Reading) -> str:
    """Return the key by which others cite the document: its number, with its year where the number has none."""
    own = next((c.target for c in reading.analysis.citations if c.kind == "self" and c.target), None)
    head = reading.analysis.document
    if own and "?" not in own:
        return own
    if not head.number or not head.date:
        return head.number or ""
    return head.number if f"/{head.date[:4]}/" in head.number else f"{head.number}@{head.date[:4]}"


def _known_key(target: str, keys: set[str]) -> str:
    """Return the key meant by a target whose year is not known; the target itself where no one or several fit."""
    if target in keys or not target.endswith("@?"):
        return target
    fitting = [key for key in keys if key.split("@")[0] == target[:-2]]
    return fitting[0] if len(fitting) == 1 else target


def _asked(reading: Reading) -> Iterator[_Asked]:
    head = reading.analysis.document
    key = own_key(reading)
    if head.kind not in _LETTERS or not key:
        return
    seen: set[str] = set()
    end = min((letter.start for letter in head.letters), default=head.chars)
    for task in reading.analysis.tasks:
        if task.start >= end or task.rule.startswith("table"):
            continue
        if task.modality not in ("requested", "assigned") or task.deadline is None or not task.deadline.due:
            continue
        if task.deadline.kind == "recurring" or task.deadline.anomaly or not _ASKS.search(task.text):
            continue
        names = [actor.canonical for actor in task.leads] or list(head.recipients)
        text = fold(task.text)
        whom = tuple(
            name
            for name in dict.fromkeys(names)
            if name not in seen and name != head.issuer and f" ve {fold(name)}" not in text
        )
        if whom and _comes_back(task, head.issuer):
            seen.update(whom)
            yield _Asked(reading, key, head.issuer or "", task, task.deadline.due[:10], whom)


def _comes_back(task: Task, issuer: str | None) -> bool:
    """Whether what is asked for comes back to the body that asks: to it by name, or to nobody else."""
    receivers = {actor.canonical for actor in task.approvers}
    return not receivers or issuer is None or issuer in receivers or fold(issuer) in fold(task.text)


def _answered(reading: Reading, bodies: Mapping[str, str]) -> Iterator[Citation]:
    """Yield what a document answers, once each; what it carries out for the body it is addressed to, too."""
    own, seen = own_key(reading), set()
    to = [fold(name) for name in reading.analysis.document.recipients]
    for citation in reading.analysis.citations:
        if not citation.target or citation.target == own or citation.target in seen or citation.kind == "self":
            continue
        asker = fold(bodies.get(citation.target, ""))
        carried_out = citation.relation == "executes" and bool(asker) and any(asker in name for name in to)
        if citation.relation == "replies_to" or carried_out:
            seen.add(citation.target)
            yield citation


def _answering_body(reading: Reading) -> str:
    """Return who answers: the issuer, or in a draft without a letterhead the body that reports first."""
    head = reading.analysis.document
    reported = (t.leads[0].canonical for t in reading.analysis.tasks if t.modality == "reported" and t.leads)
    return head.issuer or next(reported, "")


def _rows(asked: _Asked, answers: Sequence[_Answer], as_of: str, today: Mapping[str, str]) -> Iterator[AuditRow]:
    for name in asked.whom:
        mine = [answer for answer in answers if _answers_for(answer.body, name, today)]
        if name.startswith(_GROUP) or _is_group(name):
            yield _group_row(asked, name, mine, as_of)
        elif not mine:
            yield _missing(asked, name, as_of, today)
        else:
            first = min(mine, key=lambda answer: answer.date or "9999")
            late = bool(first.date) and len(first.date) == 10 and first.date > asked.due
            when = f"ngày {day_words(first.date)}" if len(first.date) == 10 else "không ghi ngày"
            told = f"Đã trả lời tại {first.reading.analysis.document.source} ({when})"
            message = f"{told}, sau hạn {day_words(asked.due)}." if late else f"{told}."
            if late:
                yield _row(asked, name, "late-answer", "fails", message, mine, today)
            else:
                yield _row(asked, name, "answered", "holds", message, mine, today)


def _missing(asked: _Asked, name: str, as_of: str, today: Mapping[str, str]) -> AuditRow:
    if asked.due < as_of:
        message = (
            f"Hạn {day_words(asked.due)}, đến {day_words(as_of)} chưa thấy văn bản trả lời trong các văn bản đã đọc."
        )
        return _row(asked, name, "unanswered", "fails", message, (), today)
    return _row(asked, name, "waiting", "open", f"Chưa có trả lời; hạn {day_words(asked.due)}.", (), today)


def _is_group(name: str) -> bool:
    return fold(name).startswith(("cac ", "nhom"))


def _group_row(asked: _Asked, name: str, mine: Sequence[_Answer], as_of: str) -> AuditRow:
    bodies = list(dict.fromkeys(answer.body for answer in mine if answer.body))
    if bodies:
        message = f"Đã có {len(bodies)} cơ quan trả lời: {', '.join(bodies[:8])}{'…' if len(bodies) > 8 else ''}."
        return _row(asked, name, "answered", "open", message + " Các cơ quan khác: chưa thấy.", mine, {})
    if asked.due < as_of:
        message = f"Hạn {day_words(asked.due)}, chưa thấy cơ quan nào trả lời trong các văn bản đã đọc."
        return _row(asked, name, "unanswered", "open", message, (), {})
    return _row(asked, name, "waiting", "open", f"Chưa có trả lời; hạn {day_words(asked.due)}.", (), {})


def _answers_for(body: str, name: str, today: Mapping[str, str]) -> bool:
    """Whether a body is the one asked, its successor, or a member of the group asked."""
    if not body:
        return False
    mine, wanted = fold(body), fold(name.removeprefix(_GROUP))
    if mine == wanted or mine in (fold(part) for part in today.get(name, "").split("; ")):
        return True
    if not (name.startswith(_GROUP) or _is_group(name)):
        return False
    return any(words.search(name) and mine.startswith(begins) for words, begins in _MEMBERS)


def _row(
    asked: _Asked, name: str, code: str, verdict: Verdict, message: str, answers: Sequence[_Answer],
    today: Mapping[str, str],
) -> AuditRow:  # fmt: skip
    place = asked.reading.place(asked.task.start, asked.task.end, asked.task.text)
    return AuditRow(
        **place.model_dump(),
        code=code,
        verdict=verdict,
        severity="warning" if verdict == "fails" else "info",
        message=f"{asked.key.split('@')[0]}: {message}",
        compared=tuple(answer.place for answer in answers[:10]),
        refs=(asked.task.id,),
        agency=name.removeprefix(_GROUP),
        today=today.get(name),
        due=asked.due,
    )


def _unknown(answer: _Answer) -> AuditRow:
    number = answer.citation.number or shorten(answer.citation.text, 60)
    message = f"Trả lời {number}; văn bản này không có trong các văn bản đã đọc."
    return AuditRow(
        **answer.place.model_dump(), code="unknown-asker", verdict="open", severity="info", message=message,
        refs=(answer.citation.id,), agency=answer.body or None,
    )  # fmt: skip


def _tally(rows: Sequence[AuditRow]) -> tuple[Tally, ...]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.code != "unknown-asker":
            counts[row.agency or "chưa rõ cơ quan"][row.code] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1]["unanswered"], -item[1]["late-answer"], item[0]))
    return tuple(Tally(name=name, counts=dict(number)) for name, number in ordered)
