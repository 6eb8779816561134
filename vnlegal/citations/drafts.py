"""Bills: which laws cited by name are not passed yet at the time of the citing document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.laws import KnownWork, LawKnowledge, law_identity
from vnlegal.segment import Segmentation

_AFTER = re.compile(
    r",? (?:(?:để|sẽ|đang|dự kiến) )?(?:được )?(?:trình|báo cáo) (?:Chính phủ, )?"
    r"(?:Quốc hội|Ủy ban Thường vụ Quốc hội|UBTVQH)\b"
)
_LIST_CUE = re.compile(
    r"(?:các )?(?:dự án |dự thảo )?[Ll]uật (?:được )?trình Quốc hội|[Dd]anh sách (?:dự án )?[Ll]uật trình"
)
_GAP = re.compile(r"[ ,;]*(?:(?:và|hoặc) )?(?:\(\d{1,2}\) ?)?\Z")
_BASIS = 400
_PASSED = 24
_YEARS_IN_DRAFTING = 6


def mark_drafts(
    mentions: Sequence[Mention], segmentation: Segmentation, laws: LawKnowledge, date: str | None
) -> list[Mention]:
    """Set `is_draft` of the laws cited by name. `date`: when the citing document was written, None if unknown."""
    text = segmentation.flow.text
    rows = _bill_tables(segmentation)
    strong: set[int] = set()
    weak: set[int] = set()
    open_until, last = -1, -1
    for n, mention in enumerate(mentions):
        if mention.kind != "named" or mention.doc_type not in ("luat", "phap_lenh"):
            continue
        inner = mention.start < open_until
        if not inner:
            open_until = mention.end
        if inner:
            continue
        listed = (
            last in strong
            and mentions[last].end <= mention.start
            and _GAP.fullmatch(text, mentions[last].end, mention.start)
        )
        new = mention.is_draft or mention.rule == "law-amending" or not _works_before(laws, mention, date)
        if _cued(text, mention, laws, new) or listed or _in_bill_list(text, mention, rows):
            strong.add(n)
        elif not _is_basis(text, mention) and (
            (mention.is_draft and not _passed_lately(laws, mention, date))
            or (date and _all_later(works_of(laws, mention), date))
        ):
            weak.add(n)
        last = n
    bills = {law_identity(mentions[n].title or "") for n in strong if not _works_before(laws, mentions[n], date)}
    out = list(mentions)
    open_until = -1
    for n, mention in enumerate(mentions):
        if mention.kind != "named" or mention.doc_type not in ("luat", "phap_lenh"):
            continue
        inner, open_until = mention.start < open_until, max(open_until, mention.end)
        draft = not inner and (n in strong or n in weak or law_identity(mention.title or "") in bills)
        if draft != mention.is_draft:
            out[n] = mention._replace(is_draft=draft)
    return out


def _cued(text: str, mention: Mention, laws: LawKnowledge, new: bool) -> bool:
    """Whether the words beside a law say that it is not passed; `new`: whether no law of that title is in force."""
    before = text[max(0, mention.start - 30) : mention.start].rstrip(' “"')
    if before.endswith(laws.cues["draft"]):
        return True
    if new and before.endswith(laws.cues["draft-work"]) and not before.endswith("Bộ Xây dựng"):
        return True
    return _AFTER.match(text, mention.end) is not None


def _is_basis(text: str, mention: Mention) -> bool:
    """Whether a law stands among the bases of a document, which no bill can be."""
    begin = line_start(text, mention.start)
    return text.startswith("Căn cứ ", begin) and mention.start - begin < _BASIS


def _in_bill_list(text: str, mention: Mention, rows: Sequence[tuple[int, int]]) -> bool:
    if any(start <= mention.start < end for start, end in rows):
        return True
    low = line_start(text, mention.start)
    colon = text.rfind(":", low, mention.start)
    return colon >= 0 and _LIST_CUE.search(text, low, colon) is not None


def _bill_tables(segmentation: Segmentation) -> list[tuple[int, int]]:
    """Return the columns' cells of tables whose heading says that they list bills."""
    cells: list[tuple[int, int]] = []
    for table in segmentation.tables:
        for column, head in enumerate(table.header):
            if _LIST_CUE.search(head):
                cells.extend((row[column].start, row[column].end) for row in table.rows if column < len(row))
    return cells


def works_of(laws: LawKnowledge, mention: Mention) -> tuple[KnownWork, ...]:
    """Return the known laws that bear the name `mention` gives, of whatever year."""
    return _titled(laws, mention.title or "", mention.doc_type, mention.rule == "law-amending")


@lru_cache(maxsize=1 << 12)
def _titled(laws: LawKnowledge, title: str, kind: str | None, amending: bool) -> tuple[KnownWork, ...]:
    if amending:
        return laws.amending_title(title)
    return tuple(work for work in laws.works_titled(title) if work.type == kind)


def _all_later(works: Iterable[KnownWork], date: str) -> bool:
    """Whether the first law of that title was passed soon after `date`; before that, an older one may be unknown."""
    dates = [work.date or work.year for work in works]
    return (
        bool(dates)
        and all(later[:10] > date[: len(later)] for later in dates)
        and int(min(dates)[:4]) - int(date[:4]) <= _YEARS_IN_DRAFTING
    )


def _works_before(laws: LawKnowledge, mention: Mention, date: str | None) -> bool:
    """Whether a law of that title was passed before `date`; one known by its year only, by the end of that year."""
    works = works_of(laws, mention)
    return any(not date or (work.date or f"{work.year}-12-31") <= date for work in works)


def _passed_lately(laws: LawKnowledge, mention: Mention, date: str | None) -> bool:
    """Whether a law of that title was passed in the two years before: "(sửa đổi)" then is the law in force."""
    if not date or len(date) < 7:
        return False
    months = int(date[:4]) * 12 + int(date[5:7])
    for work in works_of(laws, mention):
        if len(work.date) >= 7 and 0 <= months - (int(work.date[:4]) * 12 + int(work.date[5:7])) <= _PASSED:
            return True
    return False
