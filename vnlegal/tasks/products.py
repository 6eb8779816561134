"""What a task brings forth: the document, system or list that an action must produce, and how far its name goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.bodies import BodyReader
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.groups import BLANK, skip


def _wrapped(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern in which each space stands for a space or the end of a line."""
    return re.compile(pattern.replace(" ", r"[ \n]"), flags)


# What may end the name of a product: a sign, a purpose, the next verb, whom it is for, until when. `part`: what does
# not, "hợp tác công tư (PPP)", "Luật Viên chức (sửa đổi)".
_EDGE = _wrapped(
    r"(?P<part>“[^”]{1,200}”| \((?:(?-i:[A-ZĐ][A-ZĐ&-]{1,11})|sửa đổi(?:, bổ sung)?)\))"
    r"| *(?:[;:()]|\.(?!\d)|(?P<comma>,))"
    r"| (?P<to>về|đến|tới|cho|lên)(?!\w)"
    r"| (?:để|nhằm|(?<!chương )(?<!lộ )(?<!quy )(?<!công )(?<!tiến )(?<!hành )(?<!tờ )trình(?! độ| về)|gửi|theo"
    r"|(?<!trở về )trước|báo cáo|căn cứ|(?:bao )?gồm|đặt tại|đưa vào"
    r"|bảo đảm|đảm bảo|(?<!không )(?<!chưa )phù hợp(?!,? đối với)|(?:ngay )?(?:sau )?khi(?! nhà nước)"
    r"|(?<!phù hợp )đối với|thay thế|chậm nhất|hoàn thành|tại(?! doanh nghiệp)|trên cơ sở"
    r"|trong (?:\d|đó|quý|năm|tháng|tuần|ngày|thời gian|thời hạn|quá trình|phạm vi|vòng|giai đoạn|trường hợp)"
    r"|(?:và|hoặc) (?:triển khai|tổ chức(?! bộ máy)|thực hiện|chủ động|tích cực|báo cáo|gửi|trình|có"
    r"|hướng dẫn(?! về)|đẩy mạnh|tiếp tục|bố trí|chỉ đạo|lồng ghép|tham gia|tham mưu|phổ biến|công khai|đưa vào"
    r"|đăng tải|niêm yết|tiến hành|phối hợp|đôn đốc|bảo đảm|(?:\w+ ){1,2}việc))(?!\w)",
    re.IGNORECASE,
)
# "danh sách cho các đơn vị có nhu cầu": whom it is for
_PERSONS = _wrapped(
    r" (?:các |một số |những )?(?:cán bộ|người|doanh nghiệp|đơn vị|cơ quan|tổ chức|hộ|học sinh|cộng đồng)(?!\w)",
    re.IGNORECASE,
)
# "chính sách ưu đãi |cho Trung tâm": what the product is about goes to them, not the product.
_FAVOURS = _wrapped(r"(?:ưu đãi|hỗ trợ|thẩm quyền|trợ cấp|phân cấp|cho vay|dành|bồi thường) cho$", re.IGNORECASE)
# After a comma: words that begin another clause, whatever stands before them.
_FURTHER = _wrapped(
    r", (?:(?:và|đồng thời|sau đó) )?(?:trình|báo cáo|gửi|tham mưu|bảo đảm|đảm bảo|hoàn thành|triển khai"
    r"|tổ chức (?:thực hiện|triển khai|tập huấn|hội)|trong|nhất là|đặc biệt|(?:bao )?gồm|đáp ứng|phù hợp|làm|nhằm"
    r"|để|theo|trước|tạo|góp phần|khắc phục|đưa|không(?! gian)|coi|lấy|gắn|chú trọng|cụ thể|như|kèm|có|đồng thời"
    r"|phát huy|tham gia|phối hợp|cung cấp|quy định|hướng tới|hướng đến|qua đó|từ đó|từng bước|phân công|trên cơ sở"
    r"|tại|xong|chậm nhất|nơi|kịp thời|chủ động|tiếp tục|sớm|phấn đấu|đẩy mạnh|tăng cường|trường hợp|nếu|khi|sau khi"
    r"|do|vì|phải|cần|tuy nhiên|thay thế|trừ|kể cả|hạn|thời hạn|thời gian)(?!\w)",
    re.IGNORECASE,
)
# Do so unless a verb stands before them: "chính sách hỗ trợ |, khuyến khích doanh nghiệp".
_ALSO = _wrapped(r", (?:và )?(?:thu hút|ưu tiên|khuyến khích)(?!\w)", re.IGNORECASE)
# Words before a verb that is said of what stands before them: "công tác xây dựng chính sách".
_FREE = _wrapped(r"(?:^|[,;:.()–-]|(?<!\w)(?:và|hoặc|để|liên quan|địa phương|đơn vị|cơ quan|ngành)) *$")
# Verbs whose product may stand behind further verbs: "xây dựng và triển khai Chương trình …"
_MAKES = _wrapped(r"xây dựng|nâng cấp|ban hành|hoàn thiện|lập|biên soạn|soạn thảo|bổ sung|cập nhật", re.IGNORECASE)
_HANDS = _wrapped(r"trình|gửi|đề xuất|tham mưu", re.IGNORECASE)
_BY_RIGHT = _wrapped(r"theo (?:thẩm quyền|quy định) ", re.IGNORECASE)
# Verbs that bring forth nothing where a system or a plan stands behind them: "cập nhật | cơ sở dữ liệu".
_BETTERS = _wrapped(
    r"(?:hoàn thiện|nâng cấp|cập nhật|bổ sung|chuẩn hóa|tích hợp|phát triển|rà soát|duy trì)(?!\w)", re.IGNORECASE
)
_BUILDS = _wrapped(r"(?<!\w)(?:xây dựng|thiết lập)(?:,|(?:, [^\W\d_]+ [^\W\d_]+)+,| và) $", re.IGNORECASE)
_JOINT = _wrapped(r"(?:, (?:và )?| và | )")
# Begin with a verb and yet name a thing.
_THINGS = _wrapped(
    r"(?:chuyển đổi số|đổi mới sáng tạo|cải cách hành chính|quản lý nhà nước|đầu tư công|chống)(?!\w)", re.IGNORECASE
)
# End with a verb's word and yet name a thing: "chương trình |xây dựng luật".
_NO_VERB = _wrapped(r"(?<!\w)(?:chương|lộ|quy|công|tiến|hành|tờ|quá|giáo) $", re.IGNORECASE)
# What is done on another occasion: "trách nhiệm trong công tác xây dựng, |ban hành văn bản".
_WITHIN = _wrapped(r"[Tt](?<!\w.)(?i:rong (?:(?:công tác|việc|hoạt động) )?)")
# A body that did so long ago: "Quyết định số 5/QĐ-TTg ngày 3/2/2025 của Chính phủ ban hành kế hoạch".
_PAST = _wrapped(r"\d của $")
_NO_DOER = frozenset({"province", "foreign", "group"})
# What is done to a draft that another body writes: "thẩm định | dự thảo Quyết định"
_JUDGES = _wrapped(r"(?<!\w)(?:thẩm định|thẩm tra|góp ý|ý kiến|vào|về|đối với) $", re.IGNORECASE)
_WHEN = _wrapped(r"(?<!\w)(?:khi|nếu|trường hợp)(?!\w)[^.;,()]{0,60}$", re.IGNORECASE)
_DECIDES = "quyết định"
_GIVES = _wrapped(r"(?:gửi|xây dựng|lập|hoàn thiện|có|chuẩn bị)", re.IGNORECASE)
# Words that are cited, not said: "sửa đoạn “… hoàn thiện phương án …”".
_QUOTED = re.compile(r"“[^“”]*”")
_SYLLABLE = re.compile(r"\w+")
_ARTICLES = _wrapped(r"(?:(?:các|một số|những|một|bộ|dự thảo|\d{1,3}) ){1,2}", re.IGNORECASE)
_REPORT = _wrapped(r"báo cáo$", re.IGNORECASE)
# "tổng hợp báo cáo tình hình thực hiện" names a report, "tổng hợp báo cáo Ủy ban nhân dân tỉnh" does not.
_ABOUT = _wrapped(r" (?:tình hình|kết quả|về|của|đánh giá|chung|sơ kết|tổng kết)(?!\w)", re.IGNORECASE)
# No name of a body is longer than this many characters, and no name of a product that is told by its words alone.
_LONGEST_NAME = 160
_LONGEST_PRODUCT = 300


def deliverable(words: Passage, cues: TaskKnowledge, start: int, end: int) -> tuple[int, int] | None:
    """Return the document, system or list that the action `start`..`end` must produce, None where none is named."""
    reader = BodyReader(words, cues)
    quoted = [found.span() for found in _QUOTED.finditer(words.text, start, end)]
    for verb in cues.finders["product_verb"].finditer(words.low, start - words.start, end - words.start):
        at = verb.start() + words.start
        if any(begin <= at < stop for begin, stop in quoted):
            continue
        after = reader.match("product_verb", at)
        if after < 0 or not _orders(reader, start, at):
            continue
        kind = _kind(reader, at, after)
        for place in _places(reader, at, after, end):
            named = _named(reader, kind, place, end)
            if named is None:
                continue
            if _BETTERS.match(words.text, at, end) and _is_there(reader, place) and not _built(words.text, start, at):
                continue
            if _REPORT.search(words.text, place, named) and _to_a_body(reader, named):
                if _GIVES.match(words.text, at, end):
                    return place, named
                continue
            return place, _product_end(reader, named, end)
    return None


def _kind(reader: BodyReader, at: int, after: int) -> str:
    """Return the role of the words that may name what the verb at `at` brings forth."""
    for verb, product in (("run_verb", "system"), ("study_verb", "proposal"), ("gather_verb", "report")):
        if reader.match(verb, at) == after:
            return product
    return "product"


def _places(reader: BodyReader, at: int, after: int, end: int) -> Iterator[int]:
    """Yield where the name of a product may begin: behind the verb at `at`, or what stands between the two."""
    text = reader.words.text
    place = skip(BLANK, text, after, end)
    yield place
    right = _BY_RIGHT.match(text, place, end)
    if right is not None:
        yield right.end()
    agency = reader.words.by_start.get(place)
    if agency is not None and agency.end < end and _HANDS.match(text, at, end):
        yield skip(BLANK, text, agency.end, end)
    if _MAKES.match(text, at, end):
        yield _past_verbs(reader, after, end)


def _named(reader: BodyReader, kind: str, place: int, end: int) -> int | None:
    """Return the end of the word that says what kind of product stands at `place`, None where there is none."""
    role = "product" if kind == "report" else kind
    # "bộ chỉ số", not "Bộ | Kế hoạch và Đầu tư"
    articles = None if place in reader.words.by_start else _ARTICLES.match(reader.words.text, place, end)
    named = max(reader.match(role, place), reader.match(role, articles.end()) if articles else -1)
    if not 0 < named <= end:
        return None
    if kind == "report":
        text = reader.words.text
        return named if _REPORT.search(text, place, named) and _ABOUT.match(text, named, end) else None
    if reader.words.text[place:named].replace("\n", " ") == _DECIDES and not reader.words.text[named:end].strip(
        " \n.,;"
    ):
        return None
    return named


def _is_there(reader: BodyReader, place: int) -> bool:
    """Whether `place` names what is there already, to be made better: a system without a name of its own, a plan."""
    articles = _ARTICLES.match(reader.words.text, place, reader.words.end)
    at = articles.end() if articles else place
    if articles and "dự thảo" in articles[0].lower():  # still to be written
        return False
    unnamed = reader.match("system", at) > 0 and reader.words.text[at].islower()
    return unnamed or reader.words.lows(at, at + 9) == "ke hoach "


def _built(text: str, start: int, at: int) -> bool:
    """Whether a verb of building stands in the chain of verbs that ends at `at`: "xây dựng, quản lý, | cập nhật"."""
    return _BUILDS.search(text, max(start, at - 40), at) is not None


def _to_a_body(reader: BodyReader, at: int) -> bool:
    """Whether a body stands right behind `at`: "báo cáo | Ủy ban nhân dân tỉnh"."""
    return skip(BLANK, reader.words.text, at, reader.words.end) in reader.words.by_start


def _past_verbs(reader: BodyReader, at: int, end: int) -> int:
    """Return the place after the verbs that go on from one at `at`: "xây dựng | và triển khai"."""
    joint = _JOINT.match(reader.words.text, at, end)
    place = joint.end() if joint else end
    while (after := reader.match("verb", place)) > 0:
        place = skip(BLANK, reader.words.text, after, end)
    return place


def _orders(reader: BodyReader, start: int, at: int) -> bool:
    """Whether the verb at `at` says what is to be done: it begins the action or a part of it, or another verb leads."""
    words = reader.words
    if at == start:
        return True
    if _within(reader, start, at):
        return False
    if _FREE.search(words.text, max(start, at - 16), at):
        return True
    left = words.text[max(start, at - 40) : at].rstrip()
    edge = max(start, at - 40) + len(left)
    if words.text.startswith("dự thảo", at) and _JUDGES.search(words.text, max(start, at - 16), at):
        return False
    has = words.text.startswith("có", at)
    if has and _WHEN.search(words.text, max(words.start, at - 80), at):
        return False
    before_verb = (a for a in words.within(max(words.start, edge - _LONGEST_NAME), edge) if a.end == edge)
    for agency in before_verb:
        if _PAST.search(words.text, max(start, agency.start - 8), agency.start):
            return False
        if not (has and agency.kind in _NO_DOER):
            return True
    if has:
        return False
    before = [edge - len(left) + found.start() for found in _SYLLABLE.finditer(left)][-4:]
    before = [place for place in before if not _NO_VERB.search(words.text, max(start, place - 8), place)]
    # "dự thảo | Quyết định ban hành Quy chế" names one
    before = [place for place in before if place == start or not words.text.startswith("Quyết", place)]
    return any(reader.match(role, place) == edge for place in before for role in ("adverb", "verb"))


def _within(reader: BodyReader, start: int, at: int) -> bool:
    """Whether the verb at `at` is said of work done on another occasion: "trong xây dựng, | ban hành văn bản"."""
    for found in _WITHIN.finditer(reader.words.text, max(start, at - 60), at):
        place = found.end()
        while place < at and (after := reader.match("verb", place)) > 0:
            joint = _JOINT.match(reader.words.text, after, at)
            place = joint.end() if joint else after
        if place == at:
            return True
    return False


def _product_end(reader: BodyReader, start: int, end: int) -> int:
    """Return where the name of a product ends whose kind ends at `start`."""
    verbs = False
    for edge in _EDGE.finditer(reader.words.text, start, min(end, start + _LONGEST_PRODUCT)):
        if edge["part"] is not None:
            continue
        if edge["to"] is not None and not _goes_to(reader, edge.end("to"), edge["to"].lower()):
            continue
        if edge["comma"] is not None:
            listed = _listed(reader, start, edge.start("comma"), end, verbs=verbs)
            if listed:
                verbs = verbs or listed == "verbs"
                continue
        return edge.start()
    return end


def _goes_to(reader: BodyReader, at: int, word: str) -> bool:
    """Whether `word`, which ends at `at`, says whom the product goes to."""
    if word == "cho" and _FAVOURS.search(reader.words.text, max(reader.words.start, at - 16), at):
        return False
    if _to_a_body(reader, at):
        return True
    return word == "cho" and _PERSONS.match(reader.words.text, at) is not None


def _listed(reader: BodyReader, start: int, comma: int, end: int, *, verbs: bool) -> str:
    """Say what a comma inside the name joins: "things", "verbs" ("kế hoạch bảo trì, nâng cấp"), "" another clause.

    `verbs`: the name has listed verbs before.
    """
    words = reader.words
    place = skip(BLANK, words.text, comma + 1, end)
    if words.text.startswith("và ", place):
        place += 3
    if place >= end or _FURTHER.match(words.text, comma, end):
        return ""
    ends = _ends_with_verb(reader, start, comma)
    if _ALSO.match(words.text, comma, end) and not ends:
        return ""
    if place in words.by_start:
        return "things" if any(agency.end == comma for agency in words.within(start, comma)) else ""
    if reader.match("product", place) > 0 or _THINGS.match(words.text, place, end) or not reader.is_verb(place):
        return "things"
    return "verbs" if verbs or ends else ""


def _ends_with_verb(reader: BodyReader, start: int, at: int) -> bool:
    """Whether the words before `at` end with a verb: "kế hoạch bảo trì |, nâng cấp"."""
    before = [found.start() for found in _SYLLABLE.finditer(reader.words.text, max(start, at - 24), at)][-3:]
    return any(reader.match("verb", place) == at for place in before)
