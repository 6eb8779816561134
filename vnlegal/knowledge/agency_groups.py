"""Bodies in the plural: "các bộ, ngành, địa phương", "22/22 bộ, cơ quan ngang bộ", "cơ quan, tổ chức có liên quan"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_rows import MemberRow
from vnlegal.text import fold_tone

_LINK = (
    r"(?:,?[ \n](?:và|hoặc|cùng)[ \n](?:các[ \n](?=cơ[ \n]quan|đơn[ \n]vị|địa[ \n]phương))?|,[ \n]?"
    r"|[ \n]?/[ \n]?|[ ]?[-–][ ]?|[ ](?=ngành\b|địa[ ]phương|ban[ ,]{1,2}ngành))"
)
_TAIL = (
    r"(?:[ \n]trung[ \n]ương[ \n]và[ \n]địa[ \n]phương|[ \n](?:có[ \n])?liên[ \n]quan|[ \n]hữu[ \n]quan"
    r"|[ \n](?:trực[ \n])?thuộc[ \n](?:trung[ \n]ương|tw)(?!\w)|[ \n]chức[ \n]năng"
    r"|[ \n](?:ở[ \n])?(?:trung[ \n]ương|tw)(?![ \n]đảng|\w)"
    r"|[ \n]nhà[ \n]nước(?!\w)(?![ \n]có[ \n]thẩm)|[ \n]có[ \n]chức[ \n]năng)"
)
_QUANTIFIER = re.compile(r"(?:các|những|mọi|(?<!\w)\d+(?:/\d+)?)[ \n]$")
_QUANTIFIER_ENDS = frozenset("cgi0123456789")  # the last letter of each
_VAGUE = re.compile(r"(?:nhiều|một[ \n]số)[ \n]$")
_NUMBER = re.compile(r"\d[ \n]$")
_ROLE_LIST = re.compile(r"phối[ \n]hợp[ \n](?:[^\n.,;:]{0,25}[ \n])?(?:với|cùng)[ \n][^\n.;:]{3,90}(?:,|[ \n]và)[ \n]$")
_NOT_BEFORE = re.compile(r"(?:cấp|luật|liên|từng|chính quyền|ngân sách)[ \n](?:các[ \n])?$")
# "các bộ, cơ quan chủ quản các nền tảng số", "các đơn vị được giao nhiệm vụ": which of them is said behind.
_CLAUSE = re.compile(
    r"[ \n](?:chủ[ \n]quản|được[ \n](?:giao|phân[ \n]công)|chủ[ \n]trì[ \n](?=các[ \n]nội[ \n]dung|nhiệm[ \n]vụ))"
    r"[^,.;:()\n]{0,70}?"
    r"(?=[,.;:()\n]|$|[ ](?:chủ[ ]trì|phối[ ]hợp|khẩn[ ]trương|tập[ ]trung|có[ ]trách[ ]nhiệm|căn[ ]cứ|chủ[ ]động"
    r"|tiếp[ ]tục|phải|đã|tổ[ ]chức|triển[ ]khai|thực[ ]hiện(?![ ](?:các[ ])?nhiệm[ ]vụ))(?!\w))"
)
_SEAT = re.compile(r"[ \n](?:của[ \n])?(?:tỉnh|thành[ \n]phố)(?!\w)(?![ ](?:ủy|uỷ))")
_SLASH = re.compile(r" ?/ ?| ?[–-] ?(?!xã hội)")
_NO_COMMA = re.compile(r"(?<=bộ)(?= ngành)|(?<=ban)(?= ngành)|(?<=sở)(?= ban)|(?<=ngành)(?= địa phương)")
_AND = re.compile(r",? và (?:các )?")
_CITY = re.compile(r"\btp\b\.?")
_CENTRE = re.compile(r"\btw\b")
_PROPER = (
    ("thuộc chính phủ", "thuộc Chính phủ"),
    ("quốc hội", "Quốc hội"),
    ("việt nam", "Việt Nam"),
    ("cơ quan đảng", "cơ quan Đảng"),
    ("của đảng", "của Đảng"),
    *((word.lower(), word) for word in ("THPT", "THCS", "GDTX", "GDNN")),
)
# How many different lists are remembered.
_REMEMBERED = 5_000
_CENTRAL = re.compile(r"\btrung ương\b|\btw\b")


class Groups:
    """The members of groups, compiled."""

    def __init__(self, members: Sequence[MemberRow], words: Mapping[str, Sequence[str]]) -> None:
        """Compile the words of `members`; longer ones are tried first, and none of them inside a compound."""
        self._rows = {word.lower(): row for row in members for word in row.words}
        longest = sorted(self._rows, key=len, reverse=True)
        member = (
            rf"(?!(?:{_any_of(words['compound'])})(?!\w))(?:{_any_of(longest)}|cá[ \n]nhân)(?!\w|[ \n]trưởng(?!\w))"
        )
        self._split: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {}
        self._pattern = re.compile(f"(?P<list>{member}(?:{_LINK}{member}){{0,24}})(?P<tail>{_TAIL}{{0,4}})")
        self._member = re.compile(member)
        with_others = r"phối[ \n]hợp[ \n](?:[^\n.,;:]{0,25}[ \n])?(?:với|cùng)"
        self._role = re.compile(rf"(?:{with_others}|{_any_of(words['role'])})[ \n]$")

    def at(self, text: str, low: str, start: int, *, loose: bool = False) -> Hit | None:
        """Read the group whose first member begins at `start`; its quantifier may stand before.

        `loose`: the reader asks for an actor here (a table cell, the words after a title), so weak words count too.
        """
        match = self._pattern.match(low, start)
        if match is None:
            return None
        parts, ends = self._parts(match["list"])
        end, tail = match.end(), match["tail"].replace("\n", " ")
        cut = _cut(parts, tail)
        named = text[end : end + 1] == " " and (
            text[end + 1 : end + 2].isupper() or (parts[-1] == "cục" and low.startswith(("thuế", "hải quan"), end + 1))
        )
        if cut == len(parts) > 1 and not tail and parts[-1] in _HEADS and named:
            cut -= 1
        if parts == ("ban",) and named:
            return None  # "Giám đốc các Ban | Quản lý dự án"
        if cut < len(parts):
            parts, end, tail = parts[:cut], start + ends[cut - 1], ""
        quantifier = None
        if low[max(0, start - 2) : start - 1] in _QUANTIFIER_ENDS:
            quantifier = _QUANTIFIER.search(low, max(0, start - 24), start)
        before = quantifier.start() - 1 if quantifier else 0
        if quantifier and quantifier[0][0].isdigit() and (before < 0 or text[before] == "\n"):
            quantifier = None  # the label of a footnote or an item
        begin = quantifier.start() if quantifier else start
        if _NOT_BEFORE.search(low, max(0, begin - 12), begin):
            return None
        counted = quantifier is not None or _VAGUE.search(low, max(0, start - 8), start) is not None
        if not self._holds(text, low, begin, end, parts, tail, counted, loose):
            return None
        if not tail and parts[-1] in _TOLD_APART and (clause := _CLAUSE.match(low, end)):
            end = clause.end()
        seat = _SEAT.match(low, end) if {"sở", "ban"} & set(parts) else None
        if seat is not None and not text[seat.end() : seat.end() + 2].strip().isupper():
            end = seat.end()
        plural = quantifier is not None and not quantifier[0][0].isdigit()
        many = "các " if plural or not self._stands_alone(parts) else ""
        return Hit(begin, end, f"nhóm: {many}{_plain(low[start:end], parts)}", "group", "agency.group", group=True)

    def _parts(self, written: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return the members of a list, and where each ends in it."""
        known = self._split.get(written)
        if known is None:
            members = list(self._member.finditer(written))
            known = tuple(m[0].replace("\n", " ") for m in members), tuple(m.end() for m in members)
            if len(self._split) < _REMEMBERED:
                self._split[written] = known
        return known

    def _row(self, part: str) -> MemberRow | None:
        return self._rows.get(part)

    def _stands_alone(self, parts: Sequence[str]) -> bool:
        row = self._row(parts[0])
        return row is not None and row.plain

    def _holds(
        self, text: str, low: str, begin: int, end: int, parts: Sequence[str], tail: str, counted: bool, loose: bool
    ) -> bool:
        rows = [self._row(p) for p in parts]
        first = rows[0]
        if first is None:
            return False
        if "ngành" in parts and not {"bộ", "sở", "ban"} & set(parts):
            return False
        if _GOES_ON.match(low, end) or (parts[-1] == "ngành" and _SECTOR.match(low, end)):
            return False
        weak = parts[-1] in ("cơ quan", "đơn vị", "tổ chức", "doanh nghiệp") and parts[0] not in ("vụ", "cục")
        if not tail and weak and _NARROWED.match(low, end):
            return _CLAUSE.match(low, end) is not None and len(parts) > 1 and (counted or loose)
        if loose:
            return len(parts) > 1 or not first.list_only or counted
        if len(parts) == 1 and first.list_only and not (tail and counted):
            return False
        if first.plain:
            return True
        role = self.acts(text, low, begin)
        related = "liên quan" in tail or "hữu quan" in tail or "có chức năng" in tail
        if parts[0] in ("tỉnh", "thành phố", "tp", "quận", "huyện", "xã", "phường"):
            if set(parts) <= {"tỉnh", "thành phố", "tp", "tp."}:
                return len(parts) > 1 and (counted or "thuộc" in tail or role)
            return len(parts) > 1 and counted and role
        if len(parts) == 1 and parts[0] == "cơ quan" and _NUMBER.search(low, begin, end - 7):
            return True
        if parts[0].startswith(("cơ quan ", "chính quyền")) and first.role:
            return role or _ROLE_LIST.search(low, max(0, begin - 130), begin) is not None
        if parts[0] == "địa phương":
            return counted or role
        if "cá nhân" in parts and parts[0] == "tổ chức":
            return False
        if {"bộ", "sở"} & set(parts) or not (first.role or first.list_only):
            return counted or len(parts) > 1 or related or bool(tail) or role
        if len(parts) > 1 and counted and parts[0] in ("hội", "viện", "vụ", "cục"):
            return True
        if related:
            return counted or first.role
        if "địa phương" in parts and counted and parts[0] != "doanh nghiệp":
            return True
        return counted and role

    def acts(self, text: str, low: str, begin: int) -> bool:
        """Whether the words at `begin` stand where an actor stands: after a verb of assigning, or as a subject."""
        if begin == 0 or text[begin - 1] == "\n" or text[begin].isupper():
            return True
        return self._role.search(low, max(0, begin - 60), begin) is not None


def _any_of(words: Sequence[str]) -> str:
    """Return the pattern of any of `words`, whose blanks may be line breaks and whose full stops may lack."""
    return "|".join(re.escape(word).replace(r"\ ", r"[ \n]").replace(r"\.", r"\.?") for word in words)


@lru_cache(maxsize=4096)
def _plain(written: str, parts: tuple[str, ...]) -> str:
    """Return a group as its canonical name has it: commas for slashes, abbreviations written out."""
    words = written.replace("\n", " ")
    words = _SLASH.sub(", ", words) if "chính trị" not in words else words
    words = _NO_COMMA.sub(",", words)
    words = words.replace(" có liên quan", " liên quan").replace(" hữu quan", " liên quan").replace(";", ",")
    words = _CITY.sub("thành phố", words)
    words = _CENTRE.sub("trung ương", words)
    if "bộ" in parts and "ngành" in parts and "trung ương và" not in words:
        words = _AND.sub(", ", words)
    words = words.replace(", các ", ", ")
    if parts[:2] in (("tỉnh", "thành phố"), ("tỉnh", "tp")) and "thuộc" not in words:
        words += " trực thuộc trung ương"
    if parts[:4] == ("cơ quan", "bộ", "ngành", "địa phương"):
        words = words.removeprefix("cơ quan, ")
    words = fold_tone(words)
    for small, proper in _PROPER:
        words = words.replace(small, proper)
    return _CENTRAL.sub("Trung ương", words)


def _cut(parts: Sequence[str], tail: str) -> int:
    """Return how many members belong together: nothing is added after "địa phương" but by a common tail."""
    if "địa phương" in parts[:-1] and "liên quan" not in tail and {"bộ", "sở", "ban"} & set(parts):
        return parts.index("địa phương") + 1
    return len(parts)


# Words that before a capital begin a name of their own: "các cơ quan, Bộ Tài chính".
_HEADS = frozenset(
    ("bộ", "sở", "ban", "viện", "trường", "cục", "vụ", "hội", "tập đoàn", "tổng công ty", "đảng ủy", "ủy ban")
)
# Words that a clause behind them may tell apart.
_TOLD_APART = ("cơ quan", "đơn vị", "địa phương", "tổ chức")
# "các ngành công nghiệp", "các trường hợp": what looked like a body is not one.
_SECTOR = re.compile(r"[,/]? (?:lĩnh vực|nghề|hàng|công nghiệp|kinh tế)|/lĩnh")
_GOES_ON = re.compile(r"[ ,]+cá nhân")
# "cơ quan quản lý …", "đơn vị của …": which body is meant stands in words that were not read.
_NARROWED = re.compile(
    r"[ ](?:quản|sự|kinh|chủ[ ]quản|của|thuộc|trong|tham[ ]mưu|chuyên|có[ ]thẩm|hành|xuất|nhập|khoa|cung|công|tư"
    r"|đại[ ]diện)"
)
