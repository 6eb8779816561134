"""The outline: headings, articles and list items of every marker style, nested by the order they count in.

No style has a fixed height: "(1)" may stand above "a)" in one letter and below it in the next. A marker that counts on
an open list belongs to it; one that begins a list goes below what introduces it; otherwise its usual rank decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.labels import Ordinal, count_of, follows, is_first, is_title, ordinal
from vnlegal.segment.model import Unit, made
from vnlegal.segment.paragraphs import Paragraph

_QUOTES = '“"‘«'
_CLOSING = '”"»'
_QUOTE_END = re.compile(r"[”\"»][\s.;,:)\[\]\d]*$")
_INLINE = re.compile(r"\((\d{1,2}|[ivx]{1,5})\)(?= ?[^\W\d_]| ?[“\"\d(])")
_BEFORE_INLINE = frozenset(":;,.")
_LONGEST_HEADING = 400
_BULLET_RANK = 86
_DEEPEST = 32


class Open(NamedTuple):
    """An open unit: its index, its marker's key, label and rank, and how far its bullet was indented (-1 if none)."""

    unit: int
    key: str
    label: Ordinal
    rank: int
    indent: int = -1
    introduces: bool = False


class Nester:
    """Finds the parent of each unit of one document, front to back."""

    def __init__(self, knowledge: StructureKnowledge, root: int = -1) -> None:
        self.knowledge = knowledge
        self.root = root
        self.stack: list[Open] = []
        self._quoted: list[int] = []
        self._article: Ordinal = (0,)
        self._plain: Ordinal = (0,)

    @property
    def parent(self) -> int:
        """The unit that a plain paragraph belongs to: the nearest heading or item above it."""
        return self.stack[-1].unit if self.stack else self.root

    @property
    def _floor(self) -> int:
        """How much of the stack lies outside the innermost quotation."""
        return min(self._quoted[-1], len(self.stack)) if self._quoted else 0

    def open_quote(self, below: int = -1) -> None:
        """Begin a quotation: what follows is nested below the open unit, or `below`, until the quotation ends."""
        self._quoted.append(len(self.stack))
        if below >= 0:
            self.stack.append(Open(below, "note", (0,), -1))

    def close_quote(self) -> None:
        """End the innermost quotation."""
        if self._quoted:
            del self.stack[self._quoted.pop() :]

    @property
    def in_quote(self) -> bool:
        """Whether a quotation is open."""
        return bool(self._quoted)

    def place(self, unit: int, key: str, label: Ordinal, *, introduces: bool) -> int:
        """Put a marked unit into the hierarchy and return its parent."""
        rule = self.knowledge.rules[key]
        while self._quoted and len(self.stack) > self._floor and self._belongs_outside(key, label, rule.counts):
            self.close_quote()
        if key == "article" and not self._quoted:
            if self._is_foreign(label):
                return self._place_foreign(unit, label, introduces=introduces)
            self._article = label
            self._plain = label if len(label) == 1 else self._plain
        at = self._after(key, label, rule.counts)
        if at < 0:
            at = self._below(key, label, rule.rank)
        del self.stack[at:]
        return self._push(made(Open, (unit, key, label, rule.rank, -1, introduces)))

    def _push(self, entry: Open) -> int:
        """Open a unit and return its parent. Below the deepest level units stand side by side."""
        while len(self.stack) >= _DEEPEST:
            self.stack.pop()
        parent = self.parent
        self.stack.append(entry)
        return parent

    def is_foreign(self, marker: str) -> bool:
        """Whether an article with this marker, outside quotation marks, is another document's."""
        return not self._quoted and self._is_foreign(count_of(marker.strip(), "number"))

    def _is_foreign(self, label: Ordinal) -> bool:
        """Whether an article outside quotation marks is another document's: its number does not count on."""
        own = self._article
        if label == own[:1] and label > self._plain:  # "Điều 9" below the "Điều 9a" that an amendment put above it
            return False
        return own != (0,) and not own < label <= (own[0] + 3, 99)

    def _place_foreign(self, unit: int, label: Ordinal, *, introduces: bool) -> int:
        """Put an article of another document, quoted without marks, below what introduces it."""
        for at, entry in enumerate(self.stack):
            if entry.key == "foreign":
                del self.stack[at:]
                break
        return self._push(Open(unit, "foreign", label, 55, -1, introduces))

    def _belongs_outside(self, key: str, label: Ordinal, counts: str) -> bool:
        """Whether a marker inside an unclosed quotation goes on the list around it, and none inside."""
        if self.stack[-1].key == "note":
            return False
        if key == "article" and follows(label, self._article):
            return not any(follows(label, entry.label) for entry in self.stack[self._floor :] if entry.key == key)
        if counts == "none" or self._after(key, label, counts) >= 0:
            return False
        if key == "article" and self._goes_on_after_gap(label):
            return True
        return key in ("article", "chapter", "number") and any(
            entry.key == key and follows(label, entry.label) for entry in self.stack[: self._floor]
        )

    def _goes_on_after_gap(self, label: Ordinal) -> bool:
        """Whether an article inside an unclosed quotation, where it counts on nothing, is near the document's next."""
        own = self._article
        inside = [entry.label for entry in self.stack[self._floor :] if entry.key == "article"]
        return own != (0,) and own < label <= (own[0] + 3, 99) and bool(inside) and label < inside[0]

    def _after(self, key: str, label: Ordinal, counts: str) -> int:
        """Return where the open list that `label` counts on lies in the stack, or -1."""
        gap = -1
        stack = self.stack
        for at in range(len(stack) - 1, self._floor - 1, -1):
            entry = stack[at]
            if entry.key != key:
                continue
            if counts == "none" or follows(label, entry.label):
                return at
            if gap < 0 and entry.label < label <= (entry.label[0] + 4,) and not is_first(label):
                gap = at
        return gap

    def _below(self, key: str, label: Ordinal, rank: int) -> int:
        """Return the height at which a new list begins: below what introduces it, else by rank."""
        at = len(self.stack)
        if key == "decimal":
            for k in range(at - 1, self._floor - 1, -1):
                entry = self.stack[k]
                if entry.key in ("number", "decimal") and entry.label == label[: len(entry.label)]:
                    return k + 1
        while at > self._floor:
            top = self.stack[at - 1]
            if top.rank < rank or (top.introduces and top.key != key and rank >= 60):
                break
            at -= 1
        if key == "article" and not self._quoted and not any(entry.key == "article" for entry in self.stack):
            at = self._above_article()
        return at

    def _above_article(self) -> int:
        """Return the height of a text's first articles: below the roman or capital headings they stand under."""
        at = len(self.stack)
        while at > self._floor and self.stack[at - 1].key not in ("roman", "capital", "part", "chapter", "section",
                                                                  "subsection"):  # fmt: skip
            at -= 1
        return at

    def place_bullet(self, unit: int, indent: int, *, introduces: bool) -> int:
        """Put a markdown bullet without a marker of its own into the hierarchy and return its parent."""
        self._cut_bullets(indent)
        return self._push(Open(unit, "bullet", (0,), _BULLET_RANK, indent, introduces))

    def place_marked_bullet(self, unit: int, key: str, label: Ordinal, indent: int, *, introduces: bool) -> int:
        """Put a markdown bullet that begins with a marker into the hierarchy and return its parent."""
        self._cut_bullets(indent)
        return self._push(Open(unit, key, label, self.knowledge.rules[key].rank, indent, introduces))

    def _cut_bullets(self, indent: int) -> None:
        for at in range(self._floor, len(self.stack)):
            if self.stack[at].indent >= indent:
                del self.stack[at:]
                return

    def place_hash(self, unit: int, level: int) -> int:
        """Put a markdown heading without a marker into the hierarchy and return its parent."""
        while len(self.stack) > self._floor and not (self.stack[-1].key == "hash" and self.stack[-1].label < (level,)):
            self.stack.pop()
        return self._push(Open(unit, "hash", (level,), 5))


class Span(NamedTuple):
    """A piece of a paragraph that is a unit of its own: flow span, marker key, end of the marker."""

    start: int
    end: int
    key: str | None
    body: int


def split_inline(text: str, start: int, end: int) -> list[Span]:
    """Cut a paragraph with an inline list "…: (1) …; (2) …" into its lead and its items; [] where there is none."""
    found = [m for m in _INLINE.finditer(text, start, end) if _stands_free(text, start, m.start())]
    arabic = _run([m for m in found if m[1].isdigit()], "number")
    roman = [m for m in found if not m[1].isdigit()]
    cuts = [(m.start(), m.end(), "bracket_number") for m in arabic]
    edges = [*(m.start() for m in arabic), end] if arabic else [end]
    low = start
    for edge in edges:
        inside = _run([m for m in roman if low <= m.start() < edge], "roman")
        cuts.extend((m.start(), m.end(), "bracket_roman") for m in inside)
        low = edge
    if not cuts:
        return []
    cuts.sort()
    spans: list[Span] = []
    if cuts[0][0] > start:
        spans.append(Span(start, _trim(text, start, cuts[0][0]), None, start))
    for n, (begin, after, key) in enumerate(cuts):
        stop = cuts[n + 1][0] if n + 1 < len(cuts) else end
        spans.append(Span(begin, _trim(text, begin, stop), key, after))
    return spans


def _stands_free(text: str, start: int, at: int) -> bool:
    """Whether an inline label stands where an item may begin: at the paragraph's start or after a stop and blank."""
    if at == start:
        return True
    before = text[max(start, at - 6) : at].rstrip()
    return text[at - 1] == " " and bool(before) and (before[-1] in _BEFORE_INLINE or before.endswith((" và", " hoặc")))


def _run(marks: list[re.Match[str]], counts: str) -> list[re.Match[str]]:
    """Return the marks that count 1, 2, 3 … without a gap; [] where there are fewer than two."""
    run: list[re.Match[str]] = []
    for mark in marks:
        label = ordinal(mark[1], counts)
        if label == (len(run) + 1,):
            run.append(mark)
    return run if len(run) > 1 else []


def _trim(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" \n"))


class Outliner:
    """Turns the body paragraphs of one document into units. `lists`: the text may hold inline lists."""

    def __init__(self, text: str, knowledge: StructureKnowledge, units: list[Unit], part: int, *, lists: bool) -> None:
        self.text = text
        self.knowledge = knowledge
        self.units = units
        self.part = part
        self.nest = Nester(knowledge)
        self._note = -1
        self._lists = lists

    def paragraph(self, paragraph: Paragraph, indent: int, level: int) -> None:
        """Add one paragraph. `indent`: of its markdown bullet, -1 without; `level`: of its markdown heading, 0."""
        start, end = paragraph.start, paragraph.end
        text = self.text
        key, body = paragraph.marker, paragraph.marker_end
        begins = start
        opens = text[start] in _QUOTES
        listed = self._lists and (text.find("(2)", start, end) >= 0 or text.find("(ii)", start, end) >= 0)
        if not (opens or listed or self._note >= 0 or self.nest.in_quote):
            self._unit(start, end, begins, key, body, indent=indent, level=level, bold=paragraph.bold)
            return
        words = text[start:end]
        if opens and key is None:
            found = self.knowledge.marker.match(words, 1)
            if found:
                key, body = found.lastgroup, start + found.end()
                begins = start + 1
        if opens and key and not self.nest.in_quote and self._note >= 0:
            self.nest.open_quote(self._note)
        elif opens and key and _opens_quotation(words):
            self.nest.open_quote()
        elif key == "article" and self._note >= 0 and self.nest.is_foreign(words[: body - start]):
            self.nest.open_quote(self._note)
        elif not self.nest.in_quote and (key or words[-1] != ":"):
            self._note = -1
        pieces = split_inline(text, start, end) if listed else []
        if pieces:
            self._inline(pieces, paragraph, key, body, indent)
        else:
            self._unit(start, end, begins, key, body, indent=indent, level=level, bold=paragraph.bold)
        if self.nest.in_quote and _QUOTE_END.search(words) and not _opens_and_closes(words, opens=opens):
            self.nest.close_quote()

    def after_note(self, unit: int) -> None:
        """Take note that a footnote's text has just ended: a quotation that follows belongs to it."""
        end = self.units[-1].end
        self._note = unit if self.text[end - 1] == ":" or self.text.endswith("như sau.", 0, end) else -1

    def _inline(self, pieces: list[Span], paragraph: Paragraph, key: str | None, body: int, indent: int) -> None:
        lead = pieces[0]
        rest = pieces
        if lead.key is None:
            self._unit(lead.start, lead.end, lead.start, key, min(body, lead.end), indent=indent, bold=paragraph.bold,
                       introduces=True)  # fmt: skip
            rest = pieces[1:]
            if key is None and indent < 0:
                self._inline_below_body(rest)
                return
        for n, piece in enumerate(rest):
            introduces = n + 1 < len(rest) and rest[n + 1].key != piece.key
            self._unit(piece.start, piece.end, piece.start, piece.key, piece.body, introduces=introduces,
                       indent=indent if piece is lead else -1, bold=False, inline=True)  # fmt: skip

    def _inline_below_body(self, rest: list[Span]) -> None:
        """Add an inline list whose lead is a plain paragraph: its items stand below that paragraph."""
        lead = len(self.units) - 1
        outer: dict[str, int] = {}
        for piece in rest:
            parent = lead
            if piece.key == "bracket_roman" and "bracket_number" in outer:
                parent = outer["bracket_number"]
            outer[piece.key or ""] = len(self.units)
            marker = self.text[piece.start : piece.body].strip()
            self._add("item", piece.start, piece.end, piece.body, marker, parent)

    def _unit(
        self, start: int, end: int, begins: int, key: str | None, body: int, *, indent: int = -1, level: int = 0,
        bold: bool = False, introduces: bool | None = None, inline: bool = False,
    ) -> None:  # fmt: skip
        text = self.text
        if introduces is None:
            introduces = text[end - 1] == ":"
        index = len(self.units)
        if key is None:
            if indent >= 0:
                parent = self.nest.place_bullet(index, indent, introduces=introduces)
                self._add("item", start, end, start, None, parent)
            elif level:
                parent = self.nest.place_hash(index, level)
                self._add("heading", start, end, start, None, parent)
            elif not self._heads_article(start, end):
                self._add("body", start, end, start, None, self.nest.parent if self._note < 0 else self._note)
            return
        rule = self.knowledge.rules[key]
        marker = text[begins:body].strip()
        label = count_of(marker, rule.counts)
        if indent >= 0 and not inline:
            parent = self.nest.place_marked_bullet(index, key, label, indent, introduces=introduces)
        else:
            parent = self.nest.place(index, key, label, introduces=introduces)
        kind: str = rule.unit
        if kind == "item" and self._is_heading(start, end, key, bold=bold):
            kind = "heading"
        if kind == "article":
            marker = marker.rstrip(".: ")
        while body < end and text[body] == " ":
            body += 1
        self._add(kind, start, end, body, marker, parent)

    def _heads_article(self, start: int, end: int) -> bool:
        """Take a line below a bare "Điều 4." as that article's heading, where it has no sentence's end."""
        last = self.units[-1] if self.units else None
        bare = last is not None and last.kind == "article" and last.body >= last.end
        if last is None or not bare or not is_title(self.text, start, end):
            return False
        self.units[-1] = last._replace(end=end, body=start)
        return True

    def _is_heading(self, start: int, end: int, key: str, *, bold: bool) -> bool:
        """Whether a marked paragraph is a heading: a title-like line without a sentence's end."""
        if key not in ("number", "decimal", "number_bracket", "letter", "letter_dot") or end - start > _LONGEST_HEADING:
            return False
        last = self.text[start:end].rstrip(_CLOSING)[-1:]
        return last not in ".;,/" and (bold or last != ":" or end - start < 120)

    def _add(self, kind: str, start: int, end: int, body: int, marker: str | None, parent: int) -> None:
        level = len(self.nest.stack)
        self.units.append(made(Unit, (kind, start, end, body, marker, parent, self.part, level, 0, 0)))


def _opens_quotation(words: str) -> bool:
    """Whether a paragraph begins a quotation that goes on after it, or is one quoted whole."""
    return not _opens_and_closes(words, opens=True) or words[0] == "“" or words[0] == '"'


def _opens_and_closes(words: str, *, opens: bool) -> bool:
    """Whether the quotation marks inside a paragraph are balanced, so that none of them ends one from before."""
    if opens:
        return False
    if words.count("“") + words.count("«") >= words.count("”") + words.count("»"):
        return words.count('"') % 2 == 0
    return False
