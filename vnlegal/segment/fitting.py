"""Which lines of a table row without bars make which cell: the headings say what each column holds.

A PDF writes the cells of a row one below the other and breaks each at its narrow edge, so that neither blank lines
nor capitals tell where a cell ends. Of all ways to share the lines among the columns, in their order, the one is taken
whose cells look most like what their headings name: bodies, a time, a product.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from vnlegal.segment.lines import Line
from vnlegal.text import UPPER

Kind = Literal["task", "lead", "helper", "time", "product", "other"]

_TIME_HEADING = re.compile(r"thoi (?:gian|han|diem)|tien do|lo trinh|hoan thanh|\bhan\b")
_HELPER_HEADING = re.compile(r"phoi hop")
_LEAD_HEADING = re.compile(
    r"chu tri|co quan|don vi|thuc hien|trach nhiem|dau moi|cap (?:phe duyet|trinh|ban hanh|quyet dinh)|phan cong"
)
_PRODUCT_HEADING = re.compile(r"ket qua|san pham|dau ra|hinh thuc|loai van ban")
_TASK_HEADING = re.compile(
    r"\W*(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|de an|van ban|giai phap)"
)
# How a cell begins that names who is to do something.
_BODY = re.compile(
    r"(?:\d[.)] )?\W{0,3}(?:(?:Các|Những|Một số|Toàn bộ|Tất cả các?) (?=[Bb]ộ|[Ss]ở|[Bb]an|[Nn]gành|[Cc]ơ|[Đđ]ơn|[Đđ]ịa"
    r"|[Tt]ỉnh|[Xx]ã|[Pp]hường|UBND|[UuỦủ][yỷ]?|[Dd]oanh|[Tt]ổ|[Hh]ội|[Cc]ục|[Vv]ụ|[Vv]iện|[Tt]rường|[Cc]ấp|[Hh]uyện|[Tt]hành"
    r"|[Đđ]oàn|[Pp]hòng|[Tt]rung|[Cc]ông|[Đđ]ồng|[Tt]ập|[Tt]ổng|[Nn]gân|[Hh]iệp|[Cc]hủ|[Cc]hi|[Kk]hối|[Cc]á nhân)"
    r"|(?:Bộ(?! (?:tiêu chí|chỉ số|luật|dữ liệu|tài liệu|câu hỏi|nhận diện|quy))"
    r"|Sở|Ban(?! hành)|UBND|HĐND|[UỦ][yỷ] ban|Hội(?! (?:nghị|thảo|thi|chợ))|Cục|Tổng cục|Vụ|Viện|Văn phòng|VP|Trung tâm"
    r"|Công an|Phòng(?!,| chống)|Chi cục|Thanh tra|Ngân hàng|Bảo hiểm|Tập đoàn|Tổng công ty|Công ty|Đài|Thông tấn"
    r"|Mặt trận|MTTQ|Liên đoàn|Tỉnh|Thành ủy|Đảng ủy|Cơ quan|Đơn vị|Tòa án|Viện kiểm|Kho bạc|Trường|Học viện|Đại học"
    r"|Cấp (?:có )?thẩm quyền|Cơ sở (?:khám|giáo dục|đào tạo|y tế)|Quốc hội"
    r"|Chủ tịch|Giám đốc|Thủ tướng|Thủ trưởng|Lãnh đạo|Chánh|Doanh nghiệp|Địa phương|Quân khu|Đoàn"
    r"|[BS][A-ZĐ&]{2,9})(?!\w))"
)
# How a cell begins that says until when.
_TIME = re.compile(
    r"\W{0,2}(?:(?:Thực hiện |Nhiệm vụ )?[Tt]hường xuyên|Quý|Năm|Tháng|Trước|Hằng|Hàng|Định kỳ|Giai đoạn|Trong|Đến"
    r"|Từ (?:năm|tháng|ngày|quý|\d)|Theo (?:tiến độ|lộ trình|kế hoạch|quy định|chương trình|yêu cầu)"
    r"|Đã hoàn thành|Ngay|Sau|Hoàn thành|Ngày"
    r"|Cuối|Đầu|Chậm nhất|Liên tục|Cả năm|\d{1,2}/\d|\d{4}|Kỳ họp|\d{1,2} tháng|Sáu tháng)(?!\w)"
)
# A line after which a cell cannot end.
_UNFINISHED = re.compile(
    r"(?:[,;:(/–-]|(?<!\w)(?:và|của|các|Các|với|theo|cho|tại|về|từ|đến|những|Bộ|Sở|Ban|Cục|Vụ|Viện|Hội|[UỦ][yỷ]|Công|Tư"
    r"|Năm|Quý|Tháng|(?<!hàng )(?<!hằng )(?:năm|quý|tháng)|đoạn|Thực|Phó|Chủ|Tổng|Văn))$"
)
# A time that is a cell of its own, though the page ended in the middle of the cell above; words that lead on to it.
_WHOLE_TIME = re.compile(r"(?:Quý [IV]+|Tháng \d+|Năm)/? ?\d{4}|(?:Thường xuyên|Hằng năm|Hàng năm)")
_TO_TIME = re.compile(r"(?<!\w)(?:từ|đến|về|theo|cho|tại|Từ|Đến|[-–])$")
# Words after which a body is no cell of its own: "báo cáo | Ban Chỉ đạo".
_TOWARD = re.compile(
    r" (?:thuộc|hướng dẫn|giữa|(?<!tự )do|(?<!cuối )cùng|gửi|(?<!goại )(?<!được )giao|đề nghị|yêu cầu|báo cáo"
    r"|Thường trực|(?<!chương )(?<!lộ )(?<!quy )(?<!công )(?<!tiến )(?<!tờ )trình)$"
)
# Words after which a capital begins the next cell of a line that holds several.
_CLOSED = re.compile(rf"(?:liên quan|ó thẩm quyền|[tT]rung ương|ngang bộ)[.;]?(?: (?=[{UPPER}])|$)")
_QUOTED = re.compile(r"“[^”]*”")
# A line that goes on with the cell above though it begins with a capital.
_GOES_ON = re.compile(r"(?:Và|Chính phủ|Nhà nước|Trung ương|Quốc hội|Việt Nam|Nam)(?!\w)")
# A name in capitals, which is no product: "PCPNN"
_SHORT = re.compile(r"[A-ZĐ]{3,}(?!\w)")
_BULLETS = "-–+•*"
_OPENING = _BULLETS + '“"'
# More places at which a cell may begin are no row of a table.
_MOST_STARTS = 30
_MISSING = {"task": 99.0, "lead": 3.0, "helper": 2.0, "time": 2.0, "product": 1.5, "other": 0.2}
# What a place at which a cell could begin costs inside a cell.
_INSIDE = {"task": 0.25, "lead": 0.8, "helper": 0.5, "time": 0.5, "product": 0.5, "other": 0.3}
_WORST = float("-inf")


# A line so long holds several cells that ran into one.
_ONE_LINE, _NO_LINE = 90, 20_000
# Where a cell may begin inside such a line: a time, a body, or what stands behind a time.
_CELL = re.compile(
    r"(?<=[^\s,;:(/–-]) (?=(?P<time>(?:Quý (?:[IV]|\d)|Tháng \d|Năm \d{4}|Trong (?:năm|quý|tháng)|Thường xuyên|Hằng năm"
    r"|Hàng năm|Giai đoạn \d|20\d\d(?: ?[-–] ?20\d\d)?(?!\S)|Theo (?:lộ trình|tiến độ|yêu cầu)|Trước (?:ngày )?\d"
    r"|Từ (?:năm|tháng|quý) [IV\d]|Đã hoàn thành)[^\sA-ZĐ]*(?:[ /][IVX\d/]+)*)|" + _BODY.pattern + ")"
)
_AFTER_TIME = re.compile(r" (?=[^\W\d_])")


class _Piece(NamedTuple):
    """A stretch of lines no cell may end in, and what it looks like."""

    first: int
    end: int
    body: bool
    time: bool
    short: bool
    bullet: bool
    stop: bool
    size: int


def column_kinds(headings: Sequence[str]) -> list[Kind]:
    """Return what the columns behind the counter hold, by their headings in folded letters."""
    kinds: list[Kind] = []
    for words in headings:
        if _TASK_HEADING.match(words) and "task" not in kinds:
            kinds.append("task")
        elif _TIME_HEADING.search(words):
            kinds.append("time")
        elif _HELPER_HEADING.search(words) and "chu tri" not in words:
            kinds.append("helper")
        elif _LEAD_HEADING.search(words):
            kinds.append("lead")
        else:
            kinds.append("product" if _PRODUCT_HEADING.search(words) else "other")
    return kinds


def fit(lines: Sequence[Line], kinds: Sequence[Kind], *, whole: bool) -> list[tuple[Line, ...]] | None:
    """Return the lines of each cell of a row, () for a cell it has not; None where the table is no table of tasks.

    `whole`: all `lines` belong to the row, else what follows the table stands behind it. Of lines that are many rows
    run into one, only the first cell is given.
    """
    pieces = _pieces(lines, whole=whole)
    if not pieces or "task" not in kinds[:2] or kinds[0] not in ("task", "lead"):
        return None
    if len(pieces) > _MOST_STARTS and kinds[0] == "task":
        return [tuple(lines[: pieces[0].end]), *([()] * (len(kinds) - 1))]
    count, width = len(pieces), len(kinds)
    best = [[_WORST] * (count + 1) for _ in range(width + 1)]
    back = [[0] * (count + 1) for _ in range(width + 1)]
    best[0][0] = 0.0
    for column, kind in enumerate(kinds):
        before, now, link = best[column], best[column + 1], back[column + 1]
        for start in range(count + 1):
            if before[start] == _WORST:
                continue
            if before[start] - _MISSING[kind] > now[start]:
                now[start], link[start] = before[start] - _MISSING[kind], start
            for end in range(start + 1, count + 1):
                value = before[start] + _suits(pieces, start, end, kind)
                if value > now[end]:
                    now[end], link[end] = value, start
    end = count if whole else max(range(1, count + 1), key=lambda k: best[width][k])
    cells: list[tuple[Line, ...]] = []
    for column in range(width, 0, -1):
        start = back[column][end]
        cells.insert(0, tuple(lines[pieces[start].first : pieces[end - 1].end]) if start < end else ())
        end = start
    return cells


def places_in(words: str) -> list[int]:
    """Return where cells may begin inside a line of `words` that holds several, [] for a line of common length."""
    if not _ONE_LINE <= len(words) <= _NO_LINE:
        return []
    found = {closed.end() for closed in _CLOSED.finditer(words)}
    for cell in _CELL.finditer(words):
        before, here = words[max(0, cell.start() - 12) : cell.start()], words[cell.end() : cell.end() + 4]
        if _UNFINISHED.search(before) is None and (cell["time"] or not _leads_on(before, here)):
            found.add(cell.end())
        after = _AFTER_TIME.match(words, cell.end("time")) if cell["time"] else None
        if after is not None and words[after.end()].isupper():
            found.add(after.end())
    quoted = [quote.span() for quote in _QUOTED.finditer(words)]
    return sorted(place for place in found if not any(start < place < end for start, end in quoted))


def _pieces(lines: Sequence[Line], *, whole: bool) -> list[_Piece]:
    """Return the stretches of lines at whose beginnings cells may begin."""
    starts = [0, *(k for k in range(1, len(lines)) if _may_begin(lines[k].words, lines[k - 1].words))]
    ends = [*starts[1:], len(lines)]
    if len(starts) > _MOST_STARTS and not whole:
        del starts[_MOST_STARTS:], ends[_MOST_STARTS:]
    out = []
    for first, end in zip(starts, ends, strict=True):
        opening = " ".join(line.words for line in lines[first : min(end, first + 4)])
        out.append(
            _Piece(
                first,
                end,
                body=_BODY.match(opening) is not None,
                time=_TIME.match(opening) is not None,
                short=_SHORT.match(opening) is not None,
                bullet=opening[0] in _BULLETS,
                stop=lines[end - 1].words[-1] in ".;",
                size=sum(len(line.words) + 1 for line in lines[first:end]),
            )
        )
    return out


def _may_begin(words: str, before: str) -> bool:
    """Whether a cell may begin with the line `words` that stands below the line `before`."""
    if words[0].isdigit():
        return _UNFINISHED.search(before) is None and not before.endswith((" số", " Số"))
    if not (words[0].isupper() or words[0] in _OPENING):
        return False
    if _UNFINISHED.search(before) is not None:
        return _WHOLE_TIME.fullmatch(words) is not None and _TO_TIME.search(before) is None
    if _BODY.match(words) is not None and _leads_on(before, words):
        return False
    return before[-1].isdigit() or _CLOSED.search(before[-20:]) is not None or _GOES_ON.match(words) is None


def _leads_on(before: str, words: str) -> bool:
    """Whether the body that `words` begin with belongs to what stands before it."""
    return not words.startswith("Các ") and _TOWARD.search(before) is not None


def _suits(pieces: Sequence[_Piece], start: int, end: int, kind: Kind) -> float:
    """Return how well the pieces `start`..`end` suit a column as one cell."""
    first = pieces[start]
    inside = 0 if first.bullet else end - start - 1
    value = -_INSIDE[kind] * inside
    if kind == "task":
        value -= sum(piece.body or piece.time for piece in pieces[start + 1 : end])
        return value + 2.0 - first.body + pieces[end - 1].stop
    if kind in ("lead", "helper"):
        size = sum(piece.size for piece in pieces[start:end]) if end - start < 6 else 400
        return value + (4.0 if first.body else -4.0 if first.time else -3.0) - 2.0 * (size > 300)
    if kind == "time":
        return value + (4.0 if first.time else -2.5)
    if kind == "product":
        return value + (-1.0 if first.body else -2.0 if first.time else 0.0 if first.short else 2.0)
    return value - 0.5 * (first.body or first.time)
