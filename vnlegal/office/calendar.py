"""Deadlines as a calendar (RFC 5545) with alarms, for Outlook and its like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from vnlegal.errors import MissingExtra
from vnlegal.labels import day
from vnlegal.office.tasks import TaskEntry

ALARMS = (7, 1)  # days before the last day
_LONGEST_TITLE = 120
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def last_day(due: str) -> date | None:
    """Return the last allowed day of an ISO `due`: of a month or a year its last; None where it is no date."""
    whole = due.partition("T")[0].rpartition("/")[2]
    try:
        numbers = [int(part) for part in whole.split("-")]
        match len(numbers):
            case 3:
                return date(*numbers)
            case 2:
                return date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1) - timedelta(days=1)
            case 1:
                return date(numbers[0], 12, 31)
    except ValueError:
        return None
    return None


def calendar(found: Iterable[TaskEntry], *, name: str, made: datetime, alarms: Sequence[int] = ALARMS) -> bytes:
    """Return one calendar of all tasks that have a last day, or repeat, as the bytes of an .ics file.

    `made` stamps the events; `alarms` are days before the last day. Done tasks are left out. Raises `MissingExtra`
    where the library is not installed.
    """
    try:
        from icalendar import Alarm, Calendar, Event
    except ImportError as error:
        raise MissingExtra("ghi lịch cần thư viện icalendar", next_step='pip install "vnlegal[office]"') from error
    out = Calendar()
    out.add("prodid", "-//vnlegal//vi")
    out.add("version", "2.0")
    out.add("x-wr-calname", name)
    for entry in found:
        begin = _first_day(entry)
        if begin is None or entry.task.status == "done":
            continue
        title = _title(entry)
        event = Event()
        event.add("uid", f"{entry.document.sha256[:32] or 'letter'}-{entry.task.id}@vnlegal")
        event.add("dtstamp", made.astimezone(UTC))
        event.add("dtstart", begin)
        event.add("dtend", begin + timedelta(days=1))
        event.add("summary", title)
        event.add("description", _description(entry))
        event.add("categories", [actor.canonical for actor in entry.task.leads] or ["chưa rõ chủ trì"])
        event.add("transp", "TRANSPARENT")
        rule = _rule(entry)
        if rule:
            event.add("rrule", rule)
        for before in alarms:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"Còn {before} ngày: {title}" if before else f"Đến hạn: {title}")
            alarm.add("trigger", timedelta(days=-before))
            event.add_component(alarm)
        out.add_component(event)
    return bytes(out.to_ical())


def by_agency(found: Iterable[TaskEntry]) -> dict[str, list[TaskEntry]]:
    """Return the tasks by the body that leads; those without one under ""."""
    out: dict[str, list[TaskEntry]] = {}
    for entry in found:
        for body in dict.fromkeys(actor.canonical for actor in entry.task.leads) or ("",):
            out.setdefault(body, []).append(entry)
    return out


def _first_day(entry: TaskEntry) -> date | None:
    """Return the day of the event: the last allowed day, for a repeated duty the day of the document."""
    limit = entry.task.deadline
    if limit is None:
        return None
    if limit.due:
        return last_day(limit.due)
    if limit.kind == "recurring" and limit.rule and entry.document.date:
        return last_day(entry.document.date)
    return None


def _rule(entry: TaskEntry) -> dict[str, str | int]:
    """Return how a repeated duty comes back, nothing where it does not or nobody says how often."""
    limit = entry.task.deadline
    parts = dict(part.split("=", 1) for part in (limit.rule or "").split(";") if "=" in part) if limit else {}
    if limit is None or limit.kind != "recurring" or parts.get("FREQ") not in _FREQUENCIES:
        return {}
    often = parts.get("INTERVAL", "1")
    return {"freq": parts["FREQ"], "interval": int(often) if often.isdigit() else 1}


def _title(entry: TaskEntry) -> str:
    words = " ".join(entry.task.text.split())
    lead = entry.task.leads[0].canonical + ": " if entry.task.leads else ""
    whole = lead + words
    return whole if len(whole) <= _LONGEST_TITLE else whole[: _LONGEST_TITLE - 1].rstrip() + "…"


def _description(entry: TaskEntry) -> str:
    task, head = entry.task, entry.document
    limit = task.deadline
    lines = [" ".join(task.text.split())]
    for label, actors in (("Chủ trì", task.leads), ("Phối hợp", task.coordinators)):
        if actors:
            lines.append(f"{label}: {'; '.join(dict.fromkeys(actor.canonical for actor in actors))}")
    if limit is not None and limit.text:
        lines.append(f"Hạn theo văn bản: {' '.join(limit.text.split())}")
    number = " ngày ".join(part for part in (head.number, day(head.date)) if part)
    lines.append(f"Văn bản: {number or head.source} ({head.source})")
    return "\n".join(lines)
