"""A law by its name is the one in being on the day it is cited; a draft is the law it became."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.works.resolve import Resolver

# Days of adoption as Công báo gives them; a law is cited by its name from the day it is passed.
NAMED = {
    "luat:dau-tu": {"2006-01-01": "59/2005/QH11", "2019-05-01": "67/2014/QH13", "2023-05-01": "61/2020/QH14",
                    "2026-02-01": "143/2025/QH15"},
    "luat:doanh-nghiep": {"2003-01-01": "13/1999/QH10", "2010-01-01": "60/2005/QH11", "2016-01-01": "68/2014/QH13",
                          "2023-01-01": "59/2020/QH14"},
    "luat:dat-dai": {"2010-01-01": "13/2003/QH11", "2020-01-01": "45/2013/QH13", "2025-01-01": "31/2024/QH15"},
    "luat:dau-thau": {"2010-01-01": "61/2005/QH11", "2020-01-01": "43/2013/QH13", "2024-06-01": "22/2023/QH15"},
    "luat:bao-hiem-xa-hoi": {"2010-01-01": "71/2006/QH11", "2020-01-01": "58/2014/QH13",
                             "2025-01-01": "41/2024/QH15"},
    "luat:lao-dong": {"2015-01-01": "10/2012/QH13", "2022-01-01": "45/2019/QH14"},
    "luat:xay-dung": {"2010-01-01": "16/2003/QH11", "2020-01-01": "50/2014/QH13", "2026-06-01": "135/2025/QH15"},
    "luat:bao-ve-moi-truong": {"2010-01-01": "52/2005/QH11", "2018-01-01": "55/2014/QH13",
                               "2023-01-01": "72/2020/QH14"},
    "luat:dien-luc": {"2010-01-01": "28/2004/QH11", "2025-03-01": "61/2024/QH15"},
    "luat:ngan-sach-nha-nuoc": {"2010-01-01": "01/2002/QH11", "2020-01-01": "83/2015/QH13",
                                "2026-01-01": "89/2025/QH15"},
    "luat:quan-ly-thue": {"2010-01-01": "78/2006/QH11", "2021-01-01": "38/2019/QH14", "2026-06-01": "108/2025/QH15"},
    "luat:cong-doan": {"2020-01-01": "12/2012/QH13", "2025-09-01": "50/2024/QH15"},
    "luat:nha-o": {"2010-01-01": "56/2005/QH11", "2018-01-01": "65/2014/QH13", "2024-06-01": "27/2023/QH15"},
    "luat:giao-dich-dien-tu": {"2010-01-01": "51/2005/QH11", "2024-06-01": "20/2023/QH15"},
}  # fmt: skip
DRAFTS = [
    ("draft:luat:chuyen-doi-so", "2025-06-01", "148/2025/QH15"),
    ("draft:luat:du-lieu", "2024-06-01", "60/2024/QH15"),
    ("draft:luat:dat-dai-sua-doi", "2023-06-01", "31/2024/QH15"),
    ("draft:luat:vien-chuc-sua-doi", "2025-09-01", "129/2025/QH15"),
]
OPEN = [
    ("luat:dat-dai", "1995-01-01"),  # the law of 1993 has no number
    ("luat:khong-co-luat-nay", "2023-05-01"),
    ("luat:dau-tu@1999", "2023-05-01"),
    ("luat:dau-tu", None),  # four laws, no day
    ("draft:luat:du-lieu", None),
    ("draft:luat:du-lieu", "2015-06-01"),  # nine years before
    ("draft:luat:dat-dai-sua-doi", "2019-06-01"),
]


@pytest.mark.parametrize(
    ("key", "on", "number"), [(key, on, number) for key, days in NAMED.items() for on, number in days.items()]
)
def test_a_law_by_name(key: str, on: str, number: str, knowledge: Knowledge) -> None:
    found = Resolver([], knowledge).resolve(key, on)
    assert found.key == number
    assert on in found.why


@pytest.mark.parametrize(("key", "on", "number"), DRAFTS)
def test_a_draft_is_the_law_it_became(key: str, on: str, number: str, knowledge: Knowledge) -> None:
    assert Resolver([], knowledge).resolve(key, on).key == number


@pytest.mark.parametrize(("key", "on"), OPEN)
def test_what_nothing_decides_stays_open(key: str, on: str | None, knowledge: Knowledge) -> None:
    found = Resolver([], knowledge).resolve(key, on)
    assert found.key == key
    assert found.why.startswith("open")
