"""Words by which a clause supposes something, or names a measure, before it orders anything."""

from __future__ import annotations

import re

SUPPOSED = re.compile(r"(?:đối với|trường hợp|khi|nếu|trong trường hợp)(?!\w)", re.IGNORECASE)
THEN = re.compile(r"(?<!\w)thì[ \n]")
TROUBLE = re.compile(  # the first letter stands before the look behind it, for the engine to skip from one to the next
    r"[vkb](?<!\w.)(?:(?<=v)ướng[ \n]mắc|(?<=k)hó[ \n]khăn|(?<=b)ất[ \n]cập|(?<=v)ấn[ \n]đề[ \n]phát[ \n]sinh)"
    r"(?:,?[ \n](?:phát[ \n]sinh|mới|cần[ \n](?:xử[ \n]lý|điều[ \n]chỉnh|sửa[ \n]đổi|bổ[ \n]sung)"
    r"(?:,[ \n](?:điều[ \n]chỉnh|sửa[ \n]đổi|bổ[ \n]sung))*)){0,2}"
    r"(?:[ \n]*\([^()]{1,60}\))?,?[ \n](?!vướng|khó|bất|hoặc|và|cần|về|trong|của|phát)"
)
# "xây dựng cơ chế đặt hàng, | giao nhiệm vụ cho doanh nghiệp": what the measure is
MEASURE = re.compile(r"(?<!\w)(?:cơ[ \n]chế|hình[ \n]thức|phương[ \n]thức)[ \n][^,;.:]{2,40},[ \n]$")
# "căn cứ (nhiệm vụ được giao tại) Kế hoạch này |", and what may stand beside it up to the verb
BY_THIS = re.compile(
    r"(?:[Cc]ăn[ \n]cứ|[Tt]rên[ \n]cơ[ \n]sở|[Bb]ám[ \n]sát|[Tt]heo)[ \n][^.;:,]{0,90}?"
    r"(?:[Kk]ế[ \n]hoạch|[Qq]uyết[ \n]định|[Nn]ghị[ \n]quyết|[Kk]ết[ \n]luận|[Cc]hỉ[ \n]thị|[Cc]hương[ \n]trình"
    r"|[Cc]ông[ \n](?:văn|điện)|[Hh]ướng[ \n]dẫn|[Đđ]ề[ \n]án|[Pp]hụ[ \n]lục|[Qq]uy[ \n](?:chế|định))[ \n]này(?!\w)"
)
# "Trên cơ sở ý kiến của | Bộ Chính trị, Đảng ủy Chính phủ hoàn thiện …"; not "…, Thủ tướng xem xét, quyết định"
OWNED_GROUNDS = re.compile(
    r"(?:[Tt]rên[ \n]cơ[ \n]sở|[Cc]ăn[ \n]cứ|(?:[Nn]gay[ \n])?[Ss]au[ \n]khi)[ \n][^,;.:]{0,120}[ \n]của[ \n]"
)
BESIDE_THIS = re.compile(r"[ \n]và[ \n][^.;:,]{0,120}")
