"""The numbers of rows in tables without bars, and the lines that hold several rows or cells of one.

A PDF whose lines were joined runs rows into one line: "… đất đai 1 Sửa đổi quy chế Quý IV/2026 Bộ Xây dựng 2 Số hóa".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vnlegal.segment.fitting import places_in
from vnlegal.segment.lines import Line
from vnlegal.text import UPPER

NUMBERED = re.compile(rf"(\d{{1,3}})[.)] (?=[{UPPER}])")
GROUP = re.compile(rf"[IVXL]{{1,6}}\. (?=[{UPPER}])")
_LABEL = re.compile(r"\W{0,3}(?P<bare>(?:\d{1,3}|[IVXL]{1,6}|[A-ZĐ])(?:\.\d{1,3}){0,3})[.)]?\W{0,3}")
# The number of a group or of a row under another one at the beginning of a line: "III Sắp xếp", "2.1 Theo dõi".
_HEAD = re.compile(rf"(?:(?P<group>[IVXL]{{1,6}})|(?P<under>\d{{1,3}}\.\d{{1,2}})\.?) (?=[{UPPER}])")
# The number of a row inside a line that several rows ran into; at its end, the words follow on the next one.
_INLINE = re.compile(
    rf"(?:^|(?<=[^\s,;:(–-]) )(?P<row>\d{{1,3}}(?:\.\d{{1,2}})?)\.? (?=[{UPPER}])"
    r"|(?<=[^\s,;:(–-]) (?P<last>\d{1,3})\.$"
)
# What makes a number part of a name.
_NUMERAL = re.compile(
    r"(?:[sS]ố|[kK]hóa|[kK]hoá|[qQ]uý|[tT]háng|[nN]ăm|ngày|đợt|cấp|kỳ|[Đđ]iều|[mM]ục|[kK]hoản|phần|vùng|loại|nhóm|đoạn"
    r"|lần|bước|hạng|mức|[Đđ]ề án|[Nn]ghị quyết) $"
)
_ONES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ROMAN = (*_ONES, *("X" + ones for ones in _ONES))


def row_label(words: str, count: int) -> int | None:
    """Return the number the rows have come to where `words` are the label of the next one, else None."""
    found = _LABEL.fullmatch(words) if len(words) < 14 else None
    if found is None:
        return None
    bare = found["bare"]
    if not bare.isdigit():
        return count
    number = int(bare)
    return number if number in (1, count + 1, count + 2) else None


def opens_rows(words: str) -> bool:
    """Whether the first row of a table may begin with a line of these words."""
    return _LABEL.fullmatch(words) is not None or GROUP.match(words) is not None


def follows(number: int, count: int) -> bool:
    """Whether a row's number goes on with the count; some are lost where rows run into one line."""
    return count < number <= count + 3


def cut(line: Line, start: int, end: int) -> Line:
    """Return `line` cut to its words `start`..`end`."""
    return line._replace(start=line.start + start, end=line.start + end, words=line.words[start:end])


def spread(lines: Sequence[Line], start: int, beyond: int) -> tuple[list[Line], list[int]]:
    """Return the lines from `start` on, those that hold several cells or rows cut where these may begin.

    The second list says which line each piece is of.
    """
    pieces: list[Line] = []
    owners: list[int] = []
    counter = _Counter()
    for n in range(start, beyond):
        line = lines[n]
        for first, end in pairwise([0, *counter.cuts(line.words), len(line.words)]):
            stop = len(line.words[:end].rstrip())
            if stop > first:
                pieces.append(cut(line, first, stop))
                owners.append(n)
    return pieces, owners


class _Counter:
    """Counts rows, the rows under them and their groups from line to line, to know the numbers inside a line."""

    def __init__(self) -> None:
        self.row = self.under = self.group = 0
        self.fresh = True

    def cuts(self, words: str) -> list[int]:
        """Return where a line of these words is to be cut, in order."""
        label = row_label(words, self.row)
        if label is not None:
            self._labelled(words.strip(" .)("), label)
            return []
        places = set(places_in(words))
        head = _HEAD.match(words)
        group = GROUP.match(words)
        if group is not None:
            self._labelled(group[0].rstrip(". "), self.row)
        elif head is not None and self._is_next(head):
            self._labelled(head["group"] or head["under"], self.row)
            places.add(head.end())
        elif (found := NUMBERED.match(words)) is not None and follows(int(found[1]), self.row):
            self._labelled(found[1], int(found[1]))
        for found in _INLINE.finditer(words):
            at, end = found.span("row" if found["row"] else "last")
            if (found["last"] or places) and self._expects(words[at:end]) and not self._names(words, at):
                self._labelled(words[at:end], int(words[at:end].partition(".")[0]))
                places |= {at, found.end()}
        return sorted(place for place in places if 0 < place < len(words))

    @staticmethod
    def _names(words: str, at: int) -> bool:
        """Whether the number at `at` is part of a name: "Đề án 6", "tháng 5"."""
        return _NUMERAL.search(words, max(0, at - 11), at) is not None

    def _labelled(self, label: str, row: int) -> None:
        """Take note of a row's or a group's label."""
        major, dot, minor = label.partition(".")
        self.fresh = not major.isdigit()
        if major in _ROMAN:
            self.group = 1 + _ROMAN.index(major)
        self.under = int(minor) if dot and minor.isdigit() else 0
        self.row = row

    def _is_next(self, head: re.Match[str]) -> bool:
        """Whether the number a line begins with is that of the next group, or of the next row under this one."""
        if head["group"]:
            return head["group"] in _ROMAN[self.group : self.group + 1]
        return self._expects(head["under"])

    def _expects(self, label: str) -> bool:
        """Whether a row's number goes on with the count: "5" after "4", "4.1" after "4", "1" below a new group."""
        major, dot, minor = label.partition(".")
        if dot:
            return (int(major), int(minor)) in ((self.row, self.under + 1), (self.row + 1, 1))
        return self.row < int(major) <= self.row + 2 or (self.fresh and int(major) == 1)
