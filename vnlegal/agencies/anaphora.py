"""Words whose body only the document can tell: "Bộ", "Bộ trưởng", "Đảng", "Ban Chỉ đạo", a province as an actor."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from vnlegal.agencies.committees import short
from vnlegal.agencies.persons import comrade, office_of_issuer, read_title, widen
from vnlegal.agencies.scan import Sight
from vnlegal.knowledge.agency_grammar import Hit, person
from vnlegal.knowledge.agency_groups import acts
from vnlegal.knowledge.agency_places import full_name

if TYPE_CHECKING:
    from vnlegal.agencies.reader import Reader

_AFTER_ACTOR = re.compile(
    r"[ ](?:đã|đang|sẽ|cũng|có(?![ ]thể)|được|tiếp tục|chủ trì|phối hợp|ban hành|chưa|cần|phải|đề nghị|yêu cầu|giao|tổ chức|xây dựng"
    r"|hướng dẫn|báo cáo|trình|triển khai|thực hiện|khẩn trương|thống nhất|nhận|gửi|xem xét|tổng hợp|làm việc|kính)(?!\w)"
)
_BARE_ENDS = re.compile(r"[ ]*(?:[,.;)\n(]|$|theo |để |về |trước |tại |trong |xem |thẩm |quyết |và các đơn vị)")
_LEADS_IN = re.compile(r"(?:của|thuộc|về|gửi|Lãnh đạo|lãnh đạo|cho|tới|với|do|trình|báo cáo|cơ quan) $")
_DIRECTIVE = re.compile(r"^(?:KT|TM|T/M|TL|TUQ|Q|TL/M)\b")
_NOTE = re.compile(r"(?:^|\n)[-–+• ]*[^\n]{0,60}$")
_DISTRIBUTION = re.compile(r"ơi nhận|Lưu ?:|Như (?:trên|điều|Điều)|\(để b/c\)|\(để báo cáo\)")
_STORED = re.compile(r":? ?(?P<codes>(?:[A-ZĐ][\w&.()/-]*|\d)[^\n]{0,60})")
_PROVINCE_LIST = re.compile(
    r"(?:địa phương|tỉnh, thành phố|các tỉnh|các thành phố|\d+ tỉnh)(?: [\w ]{1,24}?)?(?:(?: như| gồm| là):?[ ]\(?|:[ ]|[ ]\()$"
    r"|dữ liệu[^\n]{0,8} \($|ết quả: $|\d% (?:như|gồm): $"
)
_PROVINCE_NEXT = re.compile(r"[ ](?:đã|đang|cũng|chưa|sẽ|tiếp tục|khẩn trương|chủ trì|phối hợp|chủ động)(?!\w)|[ ]\(\d")
_CLAUSE_BEGINS = re.compile(r"(?:^|[.;:(\n] ?|- )$")
_LIST_LINK = re.compile(r"(?:,|;| và| hoặc|,? cùng)[ ]$")
_RESOLUTION_OF = re.compile(r"(?:Nghị quyết|Kết luận|Chỉ thị|nghị quyết|kết luận)[^.;\n]{0,30} của $")
_OF = re.compile(r"(?:của|và|,|theo|với|trước|trong|giữa|do|cho|báo cáo|đường lối) $")


def take(reader: Reader, sight: Sight) -> None:
    """Read the word of `sight` by its context; leave it where the context tells nothing."""
    word = sight.word
    if word[0] == "*":
        word = word[1:]
        sight = sight._replace(word=word)
        if _province(reader, sight):
            return
    rule = _RULES.get(word.lower().replace("uỷ", "ủy"))
    if rule is not None:
        rule(reader, sight)


def _line(reader: Reader, start: int) -> tuple[int, int]:
    begin = reader.text.rfind("\n", 0, start) + 1
    end = reader.text.find("\n", start)
    return begin, len(reader.text) if end < 0 else end


def _ministry(reader: Reader, sight: Sight) -> None:
    """ "Bộ" alone: the ministry named last, in a letter of a ministry its own."""
    text, start, end = reader.text, sight.start, sight.end
    if sight.word == "BỘ":
        _title(reader, sight)
        return
    if _title(reader, sight):
        return
    if text.startswith(":", end) or text.startswith(" :", end):
        _sectors(reader, text.index(":", end) + 1, start)
        return
    if re.search(r"(?:[Cc]ác|[Ll]iên|hai|những|mọi|từng|mỗi|[Cc]ấp|toàn|cán|nội|\d) $", text[max(0, start - 8) : start]):
        return
    issuer = reader.context(start).issuer
    own = issuer if issuer is not None and issuer.startswith("Bộ ") else None
    if _AFTER_ACTOR.match(text, end):
        body = reader.ministry or own
    elif _BARE_ENDS.match(text, end) and _LEADS_IN.search(text, max(0, start - 14), start):
        body = own or reader.ministry
    else:
        return
    if body is not None:
        reader.put(start, end, body, "ministry")


def _sectors(reader: Reader, at: int, start: int) -> None:
    """Read "các Bộ: Tài chính, Y tế và Nội vụ": each field is a ministry."""
    text, low = reader.text, reader.low
    while True:
        blank = re.compile(r"[ \n]*").match(text, at)
        at = blank.end() if blank else at
        found = reader.knowledge.grammar.sector(low, at)
        if found is None or not text[at].isupper():
            return
        reader.put(at, found[0], found[1].name, "ministry")
        link = re.compile(r",? và |[,;] ?").match(text, found[0])
        if link is None:
            return
        at = link.end()


def take_sectors(reader: Reader, hit: Hit) -> None:
    """Go on after "các Bộ Tài chính" with ", Y tế và Nội vụ", after "các Sở Tài chính" likewise."""
    if not re.search(r"các $", reader.low[max(0, hit.start - 4) : hit.start]):
        return
    if hit.kind == "ministry" and hit.name.startswith("Bộ "):
        find = reader.knowledge.grammar.sector
    elif hit.name.startswith("Sở ") and hit.own == "?":
        find = reader.knowledge.grammar.so_sector  # type: ignore[assignment]
    else:
        return
    at = hit.end
    while link := re.compile(r",? và |, ?").match(reader.text, at):
        found = find(reader.low, link.end())
        if found is None or not reader.text[link.end()].isupper():
            return
        reader.put(link.end(), found[0], found[1].name, hit.kind)
        at = found[0]


def take_named_ministries(reader: Reader, hit: Hit) -> None:
    """Read the ministries listed behind "các bộ, cơ quan:" by their fields alone."""
    if reader.text.startswith(": ", hit.end):
        _sectors(reader, hit.end + 1, hit.start)


def take_named_places(reader: Reader, hit: Hit) -> None:
    """Read the provinces listed behind "các tỉnh, thành phố trực thuộc Trung ương:"."""
    text, low = reader.text, reader.low
    link = re.compile(r" ?: ?| \(").match(text, hit.end)
    while link is not None:
        found = reader.knowledge.places.located(text, low, link.end())
        if found is None:
            return
        reader.put(link.end(), found[0], full_name(found[1]), "province")
        link = re.compile(r",? và |[,;] ?").match(text, found[0])


def take_places(reader: Reader, hit: Hit) -> bool:
    """Read "UBND các tỉnh: A, B và thành phố C": one body for each place. Return whether that was read."""
    text, low = reader.text, reader.low
    head = re.match(r"nhóm: (.+?) (?:các )?(?:tỉnh|thành phố)", hit.name)
    if head is None:
        return False
    link = re.compile(r" ?: ?| ").match(text, hit.end)
    if link is None:
        return False
    rows = []
    at = link.end()
    while True:
        found = reader.knowledge.places.located(text, low, at)
        if found is None:
            break
        rows.append((at, *found))
        more = re.compile(r",? và |[,;] ?").match(text, found[0])
        if more is None:
            break
        at = more.end()
    if not rows:
        return False
    name = head[1].replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    name = name[0].upper() + name[1:]
    for start, end, row in rows:
        reader.put(start, end, f"{name} {full_name(row)}", "province" if name.startswith(("Ủy ban", "Hội đồng")) else hit.kind)
    return True


def _title(reader: Reader, sight: Sight) -> bool:
    """Read an office without its body: the issuer's in signatures and distribution lists, a group in orders."""
    text, low, start = reader.text, reader.low, sight.start
    found = reader.knowledge.grammar.bare_title(low, start)
    if found is None:
        return False
    end, row = found
    begin, stop = _line(reader, start)
    line = text[begin:stop]
    caps = text[start:end].isupper()
    context = reader.context(start)
    issuer = reader.owner_of_line(begin, start) or context.issuer
    rest = low[end : end + 24]
    committee = None
    if row.office == "Ban " and (at := low.rfind("ban", start, end)) > start:
        committee = reader.committees.read(text, at, context.date)
    if committee is not None and committee[0] > end:
        lead = row.name.removesuffix("Ban").removesuffix("ban").strip()
        hit = Hit(start, committee[0], f"{lead} {short(committee[1])}", "person_title", "agency.title")
        reader.add(widen(text, low, hit, reader.end))
        return True
    if rest.startswith(" ban chỉ đạo") and row.name in ("Thành viên", "Ủy viên", "Ủy viên Thường trực", "Lãnh đạo"):
        committee = reader.committees.read(text, end + 1, context.date)
        if committee is not None:
            name = f"{row.name} {short(committee[1])}"
            name = f"nhóm: {name[0].lower()}{name[1:]}" if row.group else name
            reader.add(widen(text, low, Hit(start, committee[0], name, "person_title", "agency.title"), reader.end))
            return True
    if rest.startswith((" đảng ủy", " đảng uỷ")):
        hit = read_title(text, low, start, reader.knowledge, reader.party_of(start))
        if hit is not None:
            reader.add_person(widen(text, low, hit, reader.end))
            return True
    plural = re.search(r"các (?:đồng chí )?$", low[max(0, start - 14) : start]) is not None
    if row.plural and not caps and (plural or rest.startswith((", thủ trưởng", " và thủ trưởng", ", chủ tịch", " các bộ"))):
        if rest.startswith(" các bộ") and not rest[7:8].isalpha():
            end += 7
        hit = Hit(start, end, row.plural, "person_title", "agency.title", group=True)
        reader.add(widen(text, low, hit, reader.end))
        return True
    listed = _DISTRIBUTION.search(text, max(0, begin - 300), stop) is not None and line.startswith(("-", "+", "–", "•"))
    signed = caps and line.isupper() and len(line) < 90
    if not (listed or signed) and not (row.name == "Bộ trưởng" and sight.word[0].isupper() and _AFTER_ACTOR.match(text, end)):
        return False
    name = office_of_issuer(row, issuer)
    if name is None and "Đảng ủy" in row.of and (party := reader.party_of(start)) is not None:
        name = f"{row.name} {party}"
    if name is None:
        return False
    reader.add(widen(text, low, Hit(start, end, name, "person_title", "agency.title"), reader.end))
    rest_line = re.compile(r"[ ](?=[A-ZĐ])").match(text, end)
    if signed and rest_line is not None and rest_line.end() < stop:
        take(reader, Sight(rest_line.end(), rest_line.end(), text[rest_line.end() : stop].split(" ")[0], None))
    return True


def _any_title(reader: Reader, sight: Sight) -> None:
    _title(reader, sight)


def _lower_title(reader: Reader, sight: Sight) -> None:
    """Read "thủ trưởng cơ quan ngang bộ", "bí thư tỉnh ủy, thành ủy" in lower case."""
    hit = reader.knowledge.grammar.title(reader.text, reader.low, sight.start)
    last = reader.last
    joined = last is not None and last.kind == "person_title" and sight.start - last.end < 6
    if sight.word == "lãnh đạo" and reader.low.startswith(" ban chỉ đạo", sight.end):
        _standing(reader, sight)
        return
    if sight.word in ("người đứng đầu", "lãnh đạo") and not joined and not acts(reader.text, reader.low, sight.start):
        return
    if hit is not None and hit.group:
        reader.add(widen(reader.text, reader.low, hit, reader.end))
        return
    if sight.word == "bộ trưởng":
        _title(reader, sight)


def _comrade(reader: Reader, sight: Sight) -> None:
    text, end = reader.text, sight.start + 8
    hit = comrade(text, reader.low, sight.start, end, reader.knowledge, reader.party_of(sight.start))
    if hit is not None:
        reader.add(reader.with_committee_office(hit))
        return
    if reader.low.startswith((" thành viên ban", " ủy viên ban chỉ", " trưởng ban", " phó trưởng ban"), end):
        _title(reader, Sight(end + 1, end + 1, text[end + 1 : end + 2], None))
        return
    if text[sight.start] == "Đ" and re.search(r"[a-zà-ỹ] $", text[max(0, sight.start - 2) : sight.start]) and reader.persons:
        if re.match(r" [a-zà-ỹđ]", text[end : end + 2]):
            reader.put(sight.start, end, reader.persons, "person_title")


def _committee(reader: Reader, sight: Sight) -> None:
    text, start = reader.text, sight.start
    date = reader.context(start).date
    found = reader.committees.read(text, start, date)
    if found is None:
        if sight.word == "BAN" and text.startswith("BAN THƯỜNG VỤ", start):
            body = reader.party_of(start)
            if body is not None:
                reader.put(start, start + 13, f"Ban Thường vụ {body}", "party")
        return
    end, name = found
    number = re.search(r"(?<![\w/])\d+ $", text[max(0, start - 5) : start])
    if number is not None and name.startswith("Tổ "):
        owner = f" của {short(reader.committees.last)}" if reader.committees.last else ""
        reader.put(start - len(number[0]), end, f"nhóm: {number[0]}{name}{owner}", "committee")
        return
    if name == "Ban Chỉ đạo" and reader.committees.last is None:
        reader.put(start, end, name, "committee")
        return
    reader.put(start, end, _owned(reader, start, end, name), "committee")


def _owned(reader: Reader, start: int, end: int, name: str) -> str:
    """Return `name` as the committees of a group that set them up, where the sentence says so."""
    text = reader.text
    after = re.compile(r" tại (?=các bộ|các sở|bộ, ngành)").match(text, end)
    if after is not None:
        hit = reader.knowledge.groups.at(text, reader.low, after.end() + (4 if text.startswith("các ", after.end()) else 0))
        if hit is not None:
            return f"nhóm: {name} của {hit.name.removeprefix('nhóm: ')}"
    last = reader.last
    if last is not None and last.kind == "group" and start - last.end < 70:
        between = text[last.end : start]
        if re.search(r"(?:thành lập|kiện toàn)(?:, (?:thành lập|kiện toàn))? $", between):
            name = name if text[start:end].lower() != "ban chỉ đạo" else "Ban Chỉ đạo"
            return f"nhóm: {name} của {last.canonical.removeprefix('nhóm: ')}"
    return name


def _standing(reader: Reader, sight: Sight) -> None:
    """ "Cơ quan Thường trực", "Thường trực Ban Chỉ đạo": organs of the committee spoken of."""
    text, start = reader.text, sight.start
    date = reader.context(start).date
    match = re.compile(r"(?:Cơ quan [Tt]hường trực|CƠ QUAN THƯỜNG TRỰC)(?!\w)").match(text, start)
    if match is not None:
        end = match.end()
        committee = reader.committees.read(text, end + 1, date) if text[end : end + 1] == " " else None
        body = reader.standing
        if body is None and "Trung ương về phát triển khoa học" in (committee[1] if committee else reader.committees.last or ""):
            body = "Văn phòng Trung ương Đảng"
        if body is not None:
            reader.put(start, committee[0] if committee else end, body, "party" if "Đảng" in body else "ministry")
        return
    match = re.compile(r"(?:Thường trực|Tổ [Gg]iúp việc|Lãnh đạo|LÃNH ĐẠO|lãnh đạo) (?=Ban [Cc]hỉ đạo|BAN CHỈ ĐẠO)").match(text, start)
    if match is None:
        if (alone := re.compile(r"Tổ [Gg]iúp việc(?!\w)").match(text, start)) and reader.committees.last:
            reader.put(start, alone.end(), f"Tổ Giúp việc {short(reader.committees.last)}", "committee")
        elif text.startswith(("Tổ Công tác", "Tổ công tác"), start):
            _committee(reader, sight)
        else:
            _title(reader, sight)
        return
    committee = reader.committees.read(text, match.end(), date)
    if committee is None:
        return
    lead = match[0].strip()
    if lead.lower() == "lãnh đạo":
        reader.put(start, committee[0], f"nhóm: lãnh đạo {short(committee[1])}", "person_title")
    else:
        reader.put(start, committee[0], f"{lead} {short(committee[1])}", "committee")


def _party(reader: Reader, sight: Sight) -> None:
    text, start, end = reader.text, sight.start, sight.end
    if sight.word != "Đảng" or re.match(r" (?:[Vv]iên|[Ủủ]y|[Uu]ỷ|bộ|đoàn|Cộng|cộng|phí|kỳ|toàn|khóa|bộ)", text[end : end + 6]):
        return
    if _OF.search(text, max(0, start - 14), start) or re.match(r"(?:, Nhà nước| và Nhà nước|, Chính phủ| và Chính phủ)", text[end : end + 14]):
        reader.put(start, end, "Đảng Cộng sản Việt Nam", "party")


def _state(reader: Reader, sight: Sight) -> None:
    text, start = reader.text, sight.start
    if text.startswith("Nhà nước", start) and re.search(r"(?:Đảng,? và|Đảng,) $", text[max(0, start - 12) : start]):
        reader.put(start, start + 8, "Nhà nước Việt Nam", "government")


def _centre(reader: Reader, sight: Sight) -> None:
    text, start = reader.text, sight.start
    if sight.word == "TW":
        body = reader.committees.central()
        if re.match(r" giao|:", text[sight.end : sight.end + 5]) and body:
            reader.put(start, sight.end, body, "committee")
        return
    if not text.startswith("Trung ương", start):
        return
    end = start + 10
    if re.match(r", Bộ Chính trị|, Ban Bí thư|, Chính phủ", text[end : end + 15]) or (
        _RESOLUTION_OF.search(text, max(0, start - 60), start) and not text.startswith(" và địa", end)
    ):
        reader.put(start, end, "Ban Chấp hành Trung ương Đảng", "party")


def _office(reader: Reader, sight: Sight) -> None:
    """ "VĂN PHÒNG" in a letterhead, below the body it belongs to."""
    text, start = reader.text, sight.start
    begin, stop = _line(reader, start)
    line = text[begin:stop].strip()
    if line not in ("VĂN PHÒNG", "Văn phòng") or reader.last is None or start - reader.last.end > 4:
        return
    reader.put(start, start + 9, f"Văn phòng {reader.last.canonical}", reader.last.kind)


def _scholar(reader: Reader, sight: Sight) -> None:
    match = re.compile(r"(?:PGS|GS|TS|ThS)\.?(?:[ ,]*TS\.?)?[ ]?").match(reader.text, sight.start)
    stop = person(reader.text, match.end()) if match else 0
    if match is not None and stop > match.end():
        reader.put(sight.start, stop, " ".join(reader.text[sight.start : stop].split()), "person_title")


def _abroad(reader: Reader, sight: Sight) -> None:
    """ "TT Nhật Bản": the head of another government."""
    country = reader.knowledge.grammar.country(reader.text, reader.low, sight.end)
    if country is not None:
        reader.put(sight.start, country[0], f"{country[1].leader} {country[1].name}", "person_title")


def _stored(reader: Reader, sight: Sight) -> None:
    """Read the units of the filing line: "Lưu: VT, ĐCK (3)"."""
    text = reader.text
    match = re.compile(r"Lưu ?:? ?").match(text, sight.start)
    begin, stop = _line(reader, sight.start)
    if match is None or (":" not in match[0] and not text.startswith("VT", match.end())) or sight.start - begin > 6:
        return
    issuer = reader.context(sight.start).issuer
    for code in re.compile(r"(?<![\w.])(?:Vụ |Cục |Phòng )?[A-ZĐƯ][A-ZĐƯ&.]*[A-ZĐƯ](?:\w*)(?![\w])|(?<=, )\w+(?=[ .,(]|$)").finditer(text, match.end(), stop):
        row = reader.knowledge.grammar.abbreviations.get(code[0]) or next(iter(reader.knowledge.codes.get(code[0], ())), None)
        if code[0] == "VT":
            reader.put(code.start(), code.end(), "Văn thư", "department")
        elif row is not None:
            reader.put(code.start(), code.end(), row.name, row.kind)
        elif code[0].isupper():
            reader.put(code.start(), code.end(), f"Đơn vị soạn thảo {code[0]}" + (f", {issuer}" if issuer else ""), "department")


def _province(reader: Reader, sight: Sight) -> bool:
    """Read a province as an actor: in a list of localities, before a verb, after a body of the same kind."""
    text, low, start = reader.text, reader.low, sight.start
    found = reader.knowledge.places.located(text, low, start)
    if found is None:
        return False
    end, row = found
    last = reader.last
    name, kind = full_name(row), "province"
    begin = max(0, start - 60)
    listed = last is not None and 0 < start - last.end < 8 and _LIST_LINK.search(text, last.end, start) is not None
    if last is not None and listed and (head := _head_of(last.canonical)) is not None:
        if head.endswith("ủy"):
            name = name.removeprefix("tỉnh ").removeprefix("thành phố ")
        name, kind = f"{head} {name}", last.kind
    elif not (
        (last is not None and listed and last.kind == "province")
        or _PROVINCE_LIST.search(text, begin, start)
        or (_PROVINCE_NEXT.match(text, end) and _CLAUSE_BEGINS.search(text, begin, start))
        or (last is not None and last.kind == "province" and start - last.end < 40 and text.startswith(" (", end))
        or (text[start] in "Tt" and _listed_with_bodies(reader, start, end))
    ):
        return False
    reader.put(start, end, name, kind)
    return True


def _listed_with_bodies(reader: Reader, start: int, end: int) -> bool:
    """Whether "Tp. Hà Nội" stands in a list of bodies: "(Bộ Công an, Bộ Tài chính, Tp. Hà Nội)"."""
    last = reader.last
    if last is None or last.kind not in ("ministry", "province") or start - last.end > 160:
        return False
    between = reader.text[last.end : start]
    return re.search(r"[,;] $", between) is not None and re.match(r"(?: ?\([^()]*\))?[,;] $", between) is not None and (
        re.match(r"[,;.)…]| \(", reader.text[end : end + 2]) is not None
    )


def _head_of(name: str) -> str | None:
    match = re.match(r"(Ủy ban nhân dân|Hội đồng nhân dân|Thành ủy|Tỉnh ủy|Sở [^,]+?|Công an|Cục Thuế|Cục Hải quan) (?:tỉnh |[Tt]hành phố )?[A-ZĐ]", name)
    return match[1] if match else None


_RULES: dict[str, Callable[[Reader, Sight], object]] = {
    "bộ": _ministry,
    "ban": _committee,
    "bcđ": _committee,
    "tiểu": _committee,
    "cơ": _standing,
    "thường": _standing,
    "lãnh": _standing,
    "tổ": _standing,
    "đảng": _party,
    "nhà": _state,
    "trung": _centre,
    "tw": _centre,
    "tt": _abroad,
    "gs": _scholar,
    "pgs": _scholar,
    "ts": _scholar,
    "ths": _scholar,
    "văn": _office,
    "lưu": _stored,
    "đồng": _comrade,
    "đồng chí": _comrade,
    "thủ trưởng": _lower_title,
    "người đứng đầu": _lower_title,
    "lãnh đạo": _lower_title,
    "bí thư": _lower_title,
    "chủ tịch": _lower_title,
    "giám đốc": _lower_title,
    "đại biểu": _lower_title,
    "bộ trưởng": _lower_title,
}
for _word in "pcn cvp pcvp thủ thứ phó chủ giám chánh cục tổng bí thống viện trưởng ủy chi người đại thành".split():
    _RULES.setdefault(_word, _any_title)
