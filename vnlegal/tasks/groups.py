"""Reads an unnamed group of bodies at a place: "các cơ quan, đơn vị thuộc phạm vi quản lý", "ngành Thuế"."""

from __future__ import annotations

import re
from dataclasses import replace

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound
from vnlegal.text import UPPER

_LED = re.compile(r"[ \n](?:việc|công[ \n]tác|toàn[ \n]diện|chặt[ \n]chẽ)(?!\w)")
# Blanks and signs, and the number of an item in running text: "Bộ Công an: (1) Xây dựng …; (2) …".
_GLUE = re.compile(r"(?:[ \n,:“”\"'*–-]|(?<=[:;] )\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\) )*")
_GLUE_SIGNS = " \n,:“”\"'*–-("  # what that begins with
BLANK = re.compile(r"[ \n]*")
# "Cơ quan chủ trì có trách nhiệm …": the office, not yet what it must do.
_OFFICE_OF = re.compile(r"[ \n](?:chủ[ \n]trì|phối[ \n]hợp)(?=[ \n](?!với|cùng))")
# "Ban vì sự tiến bộ phụ nữ | các sở, ban, ngành"
_OF_ALL = re.compile(r"(?<![,;:)])(?<!và)(?<!với)(?<!cùng)(?<!cho)[ \n]các[ \n]$")
_IN_NAME = re.compile(rf"(?<!\w)[{UPPER}](?![{UPPER}])[^\W\d_]*[ \n]$")
_SEATED = re.compile(r"[ \n](?:các[ \n])?(?:tỉnh|thành[ \n]phố|huyện|thị[ \n]xã|xã|phường)(?!\w)")
_BELONGING = re.compile(
    r"(?<!\w)(?:của|thuộc|tại|ở|do|trong|[Bb]an|đại[ \n]biểu|thành[ \n]viên|ủy[ \n]viên|lãnh[ \n]đạo|cán[ \n]bộ)[ \n]$"
)
_ITS_NAME = re.compile(r" này|[ \n]số[ \n:]*[\d….]")
_AT_TIME = re.compile(r"\w+[ \n](?:các[ \n])?(?:dịp|ngày|tháng|quý|năm|tuần|thời[ \n]gian)(?!\w)")
# "Công ty liên hệ | với cơ quan thuế", but "với chức năng được giao"
_WITH_OTHERS = re.compile(r"với[ \n](?!chức|nhiệm|trách|vai|thẩm|phạm|tinh)")
# "Ban Quản lý chợ Vinh": one body, though nobody knows it
_OWN_NAME = re.compile(rf"(?!Doanh|Người)[{UPPER}](?![{UPPER}])[^\W\d_]*[ ].*(?<![^\W_])[{UPPER}](?![{UPPER}])[^\W\d_]")
# no associations: "các hội nghị", "các hội thi"
_GATHERING = re.compile(r"[Hh]ội[ \n](?:nghị|thảo|thi|chợ|trường|trại|diễn|thao)(?!\w)")
# "các xã | định kỳ 6 tháng báo cáo", "các phòng | hằng tháng rà soát"
_EACH_TIME = re.compile(r"(?:định[ \n]kỳ|h[ằà]ng[ \n](?:ngày|tuần|tháng|quý|năm))(?!\w)")
_WORD = re.compile(r"(?<![^\W_])[^\W_]|[.;:(,]")
# "… không kịp thời | sẽ không được tổng hợp": what will be, no order
_TELLS = re.compile(r"[ \n](?:sẽ|đã|đang)(?!\w)")
# what may stand behind a body: what it must do, or the next body
_BEHIND_BODY = ("modal", "lead", "support", "plural", "group_alone")
# "các cơ quan, đơn vị | thuộc tỉnh" are one group
_SEVERAL = re.compile(
    r"(?:cơ[ \n]quan|đơn[ \n]vị|doanh[ \n]nghiệp|địa[ \n]phương)"
    r"(?:,[ \n](?:cơ[ \n]quan|đơn[ \n]vị|doanh[ \n]nghiệp|địa[ \n]phương)(?!\w))+"
)
# "UBND các xã | có rừng"
_HAVING = re.compile(r"[ \n](?:hiện[ \n])?(?:có|còn)[ \n](?!liên|các|những|một|đủ|thể|sự|nhiều)")
# "Ban Chỉ huy | phòng, chống cháy rừng huyện": the comma and the verb are the name's
_COMMAND = re.compile(r"(?:[Bb]an[ \n][Cc]hỉ[ \n]huy|Ủy[ \n]ban)$")
_AGAINST = re.compile(r"[ \n][Pp]hòng,?[ \n]chống(?!\w)")
# "các đơn vị thuộc Bộ | và tổ chức tín dụng": the next body's
_JOINING = re.compile(r"(?:[ \n](?:và|hoặc|cùng|cùng[ \n]với|với)|,)$")


# "các xã |, phường, đặc khu"
_PLACE = r"(?:xã(?![ \n]hội)|phường|đặc[ \n]khu|thị[ \n]trấn|thị[ \n]xã|thành[ \n]phố|huyện|quận|tỉnh)(?!\w)"
_PLACES = re.compile(rf"(?:[Cc]ác[ \n])?{_PLACE}$")
_PLACES_ON = re.compile(rf"(?:,[ \n](?:và[ \n])?{_PLACE})+")


class GroupReader:
    """Reads unnamed groups in one passage."""

    def __init__(self, words: Passage, cues: TaskKnowledge) -> None:
        self.words = words
        self.cues = cues

    def match(self, role: str, at: int) -> int:
        """Return the end of a cue of `role` at `at`, or -1."""
        words, cues = self.words, self.cues
        here = at - words.start
        pair = words.low[here : here + 2]
        if pair not in cues.begins[role]:
            return -1
        found = cues.openings[role][pair].match(words.low, here)
        if found is None or found.end() + words.start > words.end:
            return -1
        end = found.end() + words.start
        plain = " " in found[0] and found[0] not in cues.alike
        if not plain and words.text[at:end].lower() not in cues.exact[role]:
            return -1
        return end

    def glue(self, at: int, end: int) -> int:
        """Return the place after blanks, commas and quotation marks at `at`."""
        if self.words.text[at : at + 1] not in _GLUE_SIGNS:
            return at
        found = _GLUE.match(self.words.text, at, end)
        return found.end() if found else at

    def is_verb(self, at: int) -> bool:
        """Whether an action may begin at `at`."""
        verb = self.match("verb", at)
        if verb > 0:
            # "Hướng dẫn này có hiệu lực", "Quy định số 178": the document itself
            return _ITS_NAME.match(self.words.text, verb) is None
        after = self.match("adverb", at)
        return after > 0 and _TELLS.match(self.words.text, after) is None

    def _as_group(self, actor: ActorFound, end: int) -> ActorFound:
        """Return the unnamed group `actor` with a longer name, which ends before a joining word at `end`."""
        joining = _JOINING.search(self.words.text, actor.start, end)
        end = joining.start() if joining else end
        name = " ".join(self.words.text[actor.start : end].split())
        name = name if name[1:2].isupper() else f"{name[0].lower()}{name[1:]}"  # "UBND các huyện"
        return replace(actor, end=end, canonical=f"nhóm: {name}")

    def _next_verb(self, at: int, end: int, *, small: bool = False) -> int:
        """Return where the next verb or modal of the clause begins, not far behind `at`, or -1.

        `small`: one with a capital is part of a name.
        """
        for word in _WORD.finditer(self.words.text, at, min(end, at + 86)):
            if word[0] in ".;:(":
                break
            if small and word[0].isupper():
                continue
            if word[0] != "," and (self.is_verb(word.start()) or self.match("modal", word.start()) > 0):
                return word.start()
        return -1

    def _group_at(self, at: int, end: int, *, loose: bool) -> tuple[ActorFound, int] | None:
        """Return an unnamed group of bodies at `at`: from its head word to the modal, role or verb after it.

        `loose`: a cue word stands before it, so that any head word will do.
        """
        text = self.words.text
        plural = self.match("plural", at)
        head = skip(BLANK, text, plural, end) if plural > 0 else at
        after = self.match("group" if plural > 0 or loose else "group_alone", head)
        several = _SEVERAL.match(text, head, end) if plural > 0 else None
        after = max(after, several.end()) if several else after
        unit = after < 0 and plural < 0 and self.match("group_named", head) < 0
        if after < 0 and plural < 0:
            after = self._named_group(head, loose=loose)
        if after < 0 or (plural < 0 and self.match("verb", head) > after) or _GATHERING.match(text, head):
            return None
        if (
            plural < 0
            and self.match("verb", head) == after
            and (text[after : after + 1] == "," or _LED.match(text, after) or self._and_verb(after))
        ):
            # "Lãnh đạo, chỉ đạo …", "Lãnh đạo việc …"
            return None
        office = _OFFICE_OF.match(text, after, end) if plural < 0 else None
        stop = office.end() if office else self._group_end(after, end)
        if plural > 0 and _PLACES.match(text, at, stop):
            stop = skip(_PLACES_ON, text, stop, end)
        if stop <= after - 1 or stop - at > 160 or (unit and stop <= after):
            return None
        joining = _JOINING.search(text, after, stop)
        stop = joining.start() if joining else stop
        name = " ".join(text[at:stop].split())
        if plural < 0 and name.isupper():
            return None  # "THỦ TRƯỞNG CƠ | QUAN": where a form is signed, the head of a column
        if plural < 0 and (unit or _OWN_NAME.match(name)) and " các " not in name:
            return ActorFound(at, stop, name), stop
        return ActorFound(at, stop, f"nhóm: {name[0].lower()}{name[1:]}"), stop

    def past_description(self, at: int, end: int) -> int:
        """Return the place after the words at `at` that describe a group, or `at`: "UBND các xã | có rừng"."""
        place = skip(BLANK, self.words.text, at, end)
        described = self.match("describing", place)
        if described > 0:
            return max(at, self._group_end(described, end))
        having = _HAVING.match(self.words.text, at, end)
        if having is None or self.is_verb(place) or self.match("modal", place) > 0:
            return at
        stop = self._group_end(having.end(), end)
        told = self.glue(stop, end)
        follows = self.is_verb(told) or told in self.words.by_start
        follows = follows or any(self.match(role, told) > 0 for role in _BEHIND_BODY)
        return stop if stop > having.end() and follows else at

    def _and_verb(self, at: int) -> bool:
        """Whether a second verb follows at `at`: "Lãnh đạo | và chỉ đạo"."""
        return self.words.text.startswith(" và ", at) and self.match("verb", at + 4) > 0

    def _named_group(self, at: int, *, loose: bool) -> int:
        """Return the end of the head word of a body with a name at `at`, or -1: "ngành | Thuế", "Điện lực | tỉnh"."""
        text = self.words.text
        after = self.match("group_named", at)
        if after < 0 and (loose or text[at : at + 1].isupper()) and not self.is_verb(at):
            after = self.match("unit_named", at)
            if _SEATED.match(text, after) and after > 0:
                return after
        return after if after > 0 and text[after + 1 : after + 2].isupper() else -1

    def _group_end(self, start: int, end: int) -> int:
        """Return where the unnamed group whose head word ends at `start` gives way to what it has to do."""
        text, best = self.words.text, -1
        against = _AGAINST.match(text, start) if _COMMAND.search(text, max(0, start - 12), start) else None
        beyond = against.end() if against else start
        for word in _WORD.finditer(text, start, min(end, start + 170)):
            at = word.start()
            if at < beyond:
                continue
            if text[at] in ".;:(":
                return best if best > 0 else at
            if at in self.words.by_start:
                if not _BELONGING.search(text, max(0, at - 12), at) and not _OF_ALL.search(text, start - 1, at + 4):
                    return best if best > 0 else self._before_and(at)
                beyond = self.words.by_start[at].end
                continue
            if text[at] == ",":
                return best if best > 0 else at
            if text.startswith("để ", at) and best > 0:
                return best
            if best < 0 and text[at] in "đh" and self._comes_again(at, end):
                return at - 1
            if any(self.match(role, at) > 0 for role in ("modal", "lead", "support", "past")) or self._scoped(at, best):
                return at - 1
            if (adverb := self.match("adverb", at)) > 0 and self.is_verb(self.glue(adverb, end)):
                if best > 0 and self.words.lows(best + 1, best + 8) == "chi dao":
                    return best  # "các Giám đốc Sở | chỉ đạo các đơn vị khẩn trương …"
                # "các cơ quan quản lý dự án khẩn trương …", but "cá nhân phản ánh kịp thời …"
                persons = best > 0 and self.words.lows(start - 7, best).startswith("ca nhan")
                return best if persons and best == start else at - 1
            if best < 0 and self.is_verb(at):
                if self._attributive(at, start):
                    beyond = self.match("verb", at)
                else:
                    best = at - 1
        return best if best > 0 else min(end, start + 170)

    def _scoped(self, at: int, best: int) -> bool:
        """Whether a scope begins at `at`: "theo thẩm quyền", but behind a verb at `best` no time: "trong ngày 02/9"."""
        if self.match("scope", at) < 0 or _WITH_OTHERS.match(self.words.text, at):
            return False
        if self.words.text.endswith("kèm ", 0, at):
            return False  # "danh sách kèm | theo"
        if best > 0 and self.words.text.startswith("theo ", at) and self.match("scope_word", at + 5) < 0:
            return False  # "… báo cáo tình hình | theo đề nghị của Bộ Tài chính"
        return best < 0 or _AT_TIME.match(self.words.text, at) is None

    def _orders_in(self, start: int, end: int) -> bool:
        """Whether a body's name or a word that orders stands between `start` and `end`."""
        if self.words.within(start, end):
            return True
        if any(
            " " in self.words.lows(w.start(), self.match("adverb", w.start()))
            for w in _WORD.finditer(self.words.text, start, end)
        ):
            return True
        low, base = self.words.low, self.words.start
        return any(
            self.cues.finders[role].search(low, start - base, end - base) for role in ("lead", "support", "assign")
        )

    def _comes_again(self, at: int, end: int) -> bool:
        """Whether words of frequency stand at `at`, and a verb behind them: "hằng tháng báo cáo"."""
        often = _EACH_TIME.match(self.words.text, at)
        if often is None:
            return False
        place = self.glue(max(often.end(), self.match("frequency", at)), end)
        return self.words.text.startswith("trước ", place) or self.is_verb(place)

    def _before_and(self, at: int) -> int:
        left = self.words.text[max(0, at - 40) : at].rstrip()[-3:]
        return at - (4 if left == " và" else 1)

    def _attributive(self, at: int, start: int) -> bool:
        """Whether the verb at `at` describes the group ("đơn vị quản lý …") and does not say what it must do."""
        before = self.words.text[max(self.words.start, at - 12) : at].lower().split()
        if before[-1:] == ["tâm"] and self.match("centre", at) > 0:
            return True  # "Trung tâm huấn luyện thể thao"
        if before[-1:] == ["nghiệp"] and self.words.lows(at, at + 18) == "ung dung cong nghe":
            return True  # "Khu Nông nghiệp ứng dụng công nghệ cao"
        if self.words.text[at].isupper() and (before[-1:] == ["và"] or _IN_NAME.search(self.words.text, start - 9, at)):
            return True  # "Trưởng phòng Giáo dục và Đào tạo các huyện", "các Ban Quản lý dự án"
        if before[-2:] in (["khóa", "mới"], ["kỳ", "mới"]):
            return False  # "cấp ủy khóa mới | tiếp thu ý kiến"
        return bool(before) and before[-1] in self.cues.exact["attributive"]


def skip(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return the end of a match of `pattern` at `start`, or `start`."""
    found = pattern.match(text, start, end)
    return found.end() if found else start
