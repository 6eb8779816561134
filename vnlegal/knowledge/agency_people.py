"""Personal names behind titles: "Phó Thủ tướng Chính phủ Nguyễn Văn An", in capitals too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnlegal.knowledge.agency_places import Places
from vnlegal.text import LOWER, UPPER

_FOREIGNER = re.compile(r"[A-Z][a-z]+(?:[ ][A-Z][a-z]+){1,3}(?!\w)")
# Words that go on a title line in capitals: "… NGUYỄN VĂN AN TẠI CUỘC HỌP VỀ …".
_NO_NAME = r"(?!(?:TẠI|VỀ|VÀ|TRONG|KHI|ĐI|DỰ|LÀM|CHỦ|THĂM)(?!\w))"


class People:
    """The shapes of personal names."""

    def __init__(self, surnames: Sequence[str], places: Places) -> None:
        """Compile the names that begin with one of `surnames`; a place in `places` is none."""
        self._places = places
        self._small = re.compile(rf"(?:{'|'.join(surnames)})(?:[ ][{UPPER}][{LOWER}]+){{1,3}}(?!\w)")
        capitals = "|".join(surname.upper() for surname in surnames)
        self._capitals = re.compile(rf"(?:{capitals})(?:[ ]{_NO_NAME}[{UPPER}]+){{1,3}}(?!\w)")

    def end(self, text: str, start: int) -> int:
        """Return where the personal name ends that begins at `start`, `start` if there is none."""
        match = self._small.match(text, start) or _FOREIGNER.match(text, start)
        return match.end() if match else start

    def end_in_capitals(self, text: str, low: str, start: int) -> int:
        """Return where the personal name in capitals ends that begins at `start`, `start` if there is none."""
        match = self._capitals.match(text, start)
        return match.end() if match and self._places.located(text, low, start) is None else start

    def is_vietnamese(self, text: str, start: int) -> bool:
        """Whether the personal name at `start` is a Vietnamese one."""
        return self._small.match(text, start) is not None
