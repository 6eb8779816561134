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
