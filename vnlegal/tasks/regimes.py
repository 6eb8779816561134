"""What kind of document orders work how: the regime of each part, and what a heading says of the text under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.records import Modality
from vnlegal.segment import Part, Segmentation
from vnlegal.text import fold

Family = Literal["letter", "order", "report", "normative", "none"]
Section = Literal["tasks", "propose", "report", "loose", "off"]

_NORMATIVE = frozenset(
    {"hien_phap", "bo_luat", "luat", "phap_lenh", "lenh", "nghi_dinh", "thong_tu", "thong_tu_lien_tich",
     "nghi_quyet_lien_tich", "van_ban_hop_nhat", "quy_che", "quy_dinh"}
)  # fmt: skip
_ATTACHED = frozenset({"quy_che", "quy_dinh"})
_LETTERS = frozenset({"cong_van", "giay_moi", "phieu_chuyen", "cong_ham"})
_REPORTS = frozenset({"bao_cao", "to_trinh", "bien_ban"})
_WITH_YEAR = re.compile(r"\d+[a-zđ]?/(?:19|20)\d\d/")
_SECTIONS: tuple[tuple[str, Section], ...] = (
    ("section_propose", "propose"),
    ("section_tasks", "tasks"),
    ("section_report", "report"),
    ("section_loose", "loose"),
    ("section_off", "off"),
)
_REPORT = re.compile(r"[\W_]*(?:[a-d][.)][\W_]*)?(?:\(?du thao\)?[\W_]*)?bao cao(?! so| cua chinh phu tai)(?![^\W_])")
_NAMES_PAPERS = re.compile(r"(?:bao cao|quy dinh|huong dan|thong tin|thong bao|quyet dinh)(?!\w)")
# "giải quyết kiến nghị", "kiến nghị của tỉnh": what others proposed, not what this document proposes.
_OF_OTHERS = re.compile(
    r"(?:giai quyet|xu ly|tra loi|tiep thu)[^.]{0,30}$|cua (?:tinh|dia phuong|cac|cu tri|bo |thanh pho|ubnd)"
)


@dataclass(frozen=True, slots=True)
class Regime:
    """How a part orders work. `issuers`: its own bodies, which order but are not told.

    `request` is what "đề nghị" means in it; `free`: a list of actions without a body is a list of tasks; `comment`:
    the part comments on a draft, and what it asks is put to the author of the draft; `attached`: it stands behind a
    law, decree or circular, where forms, programmes and lists are examples and rules, not orders.
    """

    family: Family
    kind: str | None
    date: str | None
    request: Modality
    free: bool
    comment: bool = False
    attached: bool = False


def regime_of(part: Part, segmentation: Segmentation, before: Regime | None, knowledge: Knowledge) -> Regime:
    """Return how `part` orders work; an annex without a kind of its own follows the part before it."""
    header = part.header
    kind = header.kind
    title = _caption(part, segmentation)
    caption = fold(title)
    cues = knowledge.tasks
    earlier = before.date if before is not None else None
    is_paper = before is None and bool(header.date or header.number)  # a slip that was sent, no form
    if not is_paper and cues.patterns["template"].match(_bare(caption)):
        return Regime("none", kind, header.date or earlier, "requested", free=False, attached=_behind_rules(before))
    if before is not None and before.family == "none" and not (part.is_annex or header.number or header.date):
        # the forms that go with a procedure
        return Regime("none", kind, earlier, "requested", free=False, attached=before.attached)
    if kind is None and before is not None and part.is_annex:
        listed = part.is_annex and "nhiem vu" in caption
        family: Family = "order" if listed and before.family != "normative" else before.family
        comment = cues.finders["comment"].search(caption) is not None
        if _is_report(part, segmentation) and not comment:
            family = "report"
        day = header.date or before.date
        attached = _behind_rules(before)
        return Regime(family, before.kind, day, before.request, before.free or listed, comment, attached)
    if _behind_rules(before) and header.number is None:
        rules = kind is None or kind in _NORMATIVE or _has_articles(part, segmentation)
        inherited = before.kind if before is not None and kind is None else kind
        family = "normative" if rules else "none"
        return Regime(family, inherited, header.date or earlier, "requested", free=False, attached=True)
    family = _family(kind, header.number, part, segmentation)
    if kind in _ATTACHED and header.number is None and before is not None and before.family == "order":
        # a regulation issued with a decision on one matter orders as the decision does
        return Regime("order", kind, header.date or earlier, "requested", free=False)
    return Regime(family, kind, header.date or earlier, "requested", free=family == "order")


def _behind_rules(before: Regime | None) -> bool:
    """Whether the part before is a law, decree or circular, or stands behind one."""
    return before is not None and (before.family == "normative" or before.attached)


def _family(kind: str | None, number: str | None, part: Part, segmentation: Segmentation) -> Family:
    if kind in _NORMATIVE or (number and _WITH_YEAR.match(number) and kind not in ("chi_thi", "cong_van", "ke_hoach")):
        return "normative"
    if kind in _LETTERS:
        return "letter"
    if kind in _REPORTS:
        return "report"
    if kind is None:
        return "normative" if _has_articles(part, segmentation) else "letter"
    return "order"


def _has_articles(part: Part, segmentation: Segmentation) -> bool:
    """Whether a part is divided into articles, as rules are; a decision has but a few."""
    return sum(unit.kind == "article" for unit in segmentation.units[part.first : part.last]) > 6


def _caption(part: Part, segmentation: Segmentation) -> str:
    """Return the first heading-like words of a part: its title or annex caption."""
    words: dict[int, str] = {}  # by where they begin: the title of a document may be more than its first line
    for unit in segmentation.units[part.first : min(part.last, part.first + 14)]:
        if unit.kind in ("title", "annex", "document"):
            words[unit.start] = segmentation.flow.text[unit.start : unit.end]
    return " ".join(words.values()) or segmentation.flow.text[slice(*_first_words(part, segmentation))]


def _is_report(part: Part, segmentation: Segmentation) -> bool:
    """Whether a part without a header is headed as a report."""
    for unit in segmentation.units[part.first : min(part.last, part.first + 10)]:
        if unit.kind in ("title", "annex", "document", "heading"):
            words = fold(segmentation.flow.text[unit.body : min(unit.end, unit.body + 60)])
            if _REPORT.match(words):
                return True
    return False


def _first_words(part: Part, segmentation: Segmentation) -> tuple[int, int]:
    if part.first >= part.last:
        return 0, 0
    first = segmentation.units[part.first]
    return first.start, min(first.end, first.start + 160)


def _bare(caption: str) -> str:
    bare = re.sub(r"^(?:phu luc(?: (?:so )?[\divxlc]+)?|kem theo)?[\s:.()*_-]*", "", caption)
    return re.sub(r"^(danh muc\s)?\d+\s(?:\(\w+\)\s)?", r"\1", bare)


def section_of(heading: str, cues: TaskKnowledge, family: Family, kind: str | None = None) -> Section | None:
    """Return what the heading (without marker) says of the text under it; the word that stands first decides."""
    low = fold(heading)
    best: tuple[int, Section] | None = None
    # "MỤC TIÊU, NHIỆM VỤ" leads to tasks, "TÌNH HÌNH TRIỂN KHAI NHIỆM VỤ" does not
    for role, section in _SECTIONS:
        found = cues.finders[role].search(low)
        if found is None or found.start() > 48:
            continue
        if section == "propose":
            others = _OF_OTHERS.search(low[: found.start()]) or _OF_OTHERS.match(low[found.end() :].lstrip())
            if others or family == "order" or not _opens(heading, found.start(), cues):
                continue
        if section == "tasks":
            if not _opens(heading, found.start(), cues):
                continue
            return "tasks" if best is None or best[0] > found.start() else best[1]
        if section == "off" and found[0] == "yeu cau" and low.strip(" .:") != "yeu cau":
            continue
        if section == "off" and found.start() > 0 and family != "normative" and _acts(low, cues):
            continue
        if best is None or found.start() < best[0]:
            best = (found.start(), section)
    return best[1] if best else None


def _acts(low: str, cues: TaskKnowledge) -> bool:
    """Whether a folded heading begins with what is to be done: "Rà soát, chuẩn bị điều kiện kết nối"."""
    return cues.patterns["verb"].match(low) is not None and _NAMES_PAPERS.match(low) is None


def _opens(heading: str, at: int, cues: TaskKnowledge) -> bool:
    """Whether only small words stand before `at` in a heading."""
    return all(w in cues.exact["small"] for w in re.findall(r"\w+", heading[:at].lower()))
