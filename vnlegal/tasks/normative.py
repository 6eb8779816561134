"""What orders work in a law, decree, circular or decision on rules: a few provisions, and articles that say "Giao"."""

from __future__ import annotations

import re

from vnlegal.segment import Unit
from vnlegal.tasks.document import Document
from vnlegal.tasks.fields import above
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.regimes import Regime
from vnlegal.tasks.roles import Openings
from vnlegal.text import fold

IDLE = Frame(mode="none")
_TOLD = Frame(mode="told")
# "Tổ chức thực hiện" and "Trách nhiệm thi hành Nghị định này", not "Tổ chức thực hiện quy hoạch".
_OF_THE_WHOLE = re.compile(
    r"[ \n.:;,]*(?:$|\n|[.:;]|va(?!\w)|(?:bo )?(?:luat|nghi dinh|thong tu|nghi quyet|quyet dinh|quy che)(?!\w))"
)
# "Trách nhiệm quản lý nhà nước của các bộ", in folded letters
_OF_BODIES = re.compile(
    r"trach nhiem[^.:;\n]{0,60}?(?<!\w)"
    r"(?:cac (?:bo|cap|nganh|so|dia phuong)|(?:cac )?(?:co quan|don vi)|uy ban nhan dan|chinh phu|thuc hien|phoi hop"
    r"|(?:co so )?(?:giao duc|dao tao|kham benh)|truong hoc|nha truong)(?!\w)"
)

# decisions and resolutions, of which a few articles order work beside the rules they make
_DECIDING = frozenset({"quyet_dinh", "nghi_quyet"})
_READ = frozenset({"article", "item", "body"})
_DUTY = re.compile(r"(?:có|chịu)[ \n]trách[ \n]nhiệm[ \n]+$")
_CLOSES = re.compile(r"(?:tổ[ \n]chức[ \n])?thi[ \n]hành(?!\w)")
# "Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết này"
_CARRIES_OUT = re.compile(r"(?:thi[ \n]hành|thực[ \n]hiện)[ \n](?:Quyết[ \n]định|Nghị[ \n]quyết)(?:[ \n]này|[ .;/]*$)")


def decides(regime: Regime) -> bool:
    """Whether a part is a decision or resolution on rules, which may order something beside them."""
    return regime.family == "normative" and regime.kind in _DECIDING and not regime.attached


def orders(document: Document, n: int) -> Frame | None:
    """Return the frame of unit `n` of a part that decides where it orders a named body to do something; else None.

    "Điều 2. Giao Sở Nội vụ chủ trì …", "Điều 3. Giám đốc Sở Nội vụ có trách nhiệm hướng dẫn …": not what the
    rules attached to it say, nor the closing order, nor text that becomes part of another document.
    """
    units, text = document.segmentation.units, document.segmentation.flow.text
    unit = units[n]
    if unit.kind not in _READ:
        return None
    if any(document.quoted(units[k]) for k in above(n, units)):
        return None
    words = document.passage(unit.body, unit.end)
    openings = Openings(words, document.knowledge.tasks)
    for start, end in words.sentences_from(unit.body):
        handed = text.startswith(("Giao ", "Giao\n"), start)
        if not handed and (start not in words.by_start or unit.kind == "item"):
            continue
        opening = openings.read(start, end)
        if not opening.leads:
            continue
        if opening.cue and end == words.end and text.endswith(":", start, end):
            return _TOLD
        duty = unit.kind == "article" and _DUTY.search(text, start, opening.action)
        if handed or (duty and not _CLOSES.match(text, opening.action)):
            return _TOLD
        if opening.verb and not opening.past and not duty and _CARRIES_OUT.search(text, opening.action, end):
            return Frame(mode="open")
    return None


def shares_out(document: Document, n: int) -> bool:
    """Whether article `n` bears no title and begins with who must do what: "Điều 7.⏎1. Bộ Y tế có trách nhiệm …".

    So decisions up to about 2010 end, whose articles have no titles.
    """
    units = document.segmentation.units
    article = units[n]
    if article.kind != "article" or article.body < article.end or n + 1 == len(units):
        return False
    first = units[n + 1]
    if first.kind != "item" or first.parent != n or document.quoted(first):
        return False
    words = document.passage(first.body, first.end)
    if first.body not in words.by_start:
        return False
    opening = Openings(words, document.knowledge.tasks).read(*words.sentences_from(first.body)[0])
    return bool(opening.leads) and not opening.past and (opening.duty or opening.role == "lead")


def provision(document: Document, unit: Unit) -> Frame:
    """Return the frame of an article or heading of a law or circular: only provisions on carrying it out hold tasks.

    Under "Trách nhiệm của Bộ Công Thương" and the like a body with a verb has a duty.
    """
    if document.quoted(unit):
        return IDLE
    text, end = document.segmentation.flow.text, min(unit.end, unit.body + 160)
    begin = fold(text[unit.body : min(end, unit.body + 8)]).lstrip(" .:\n")[:2]
    if len(begin) == 2 and begin != "tr" and begin not in document.knowledge.tasks.begins["section_normative"]:
        return IDLE
    low = fold(text[unit.body : end]).lstrip(" .:\n")
    if low.startswith("trach nhiem") and (_OF_BODIES.match(low) or document.names_body(unit)):
        return Frame(mode="open")
    found = document.knowledge.tasks.patterns["section_normative"].match(low)
    if found is not None and _OF_THE_WHOLE.match(low, found.end()):
        return Frame(mode="told" if "hieu luc" in low[: found.end()] or "dieu khoan" in found[0] else "open")
    return IDLE
