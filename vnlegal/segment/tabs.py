"""Tables pasted from a sheet or a word processor: one row a line, a tab between its cells."""

from __future__ import annotations

import re

_HEADINGS = re.compile(r"^[ ]*(?:S?TT|Stt|Số TT|Số thứ tự)[ ]*\t[^\t\n]+\t", re.MULTILINE)


def bars_for_tabs(text: str) -> str:
    """Return `text` with a bar for each tab in the tables below headings that begin with a counter; the length stays.

    A table ends before the first line that holds words and no tab.
    """
    if "\t" not in text:
        return text
    pieces: list[str] = []
    done = 0
    for headings in _HEADINGS.finditer(text):
        if headings.start() < done:
            continue
        end = start = headings.start()
        while end < len(text):
            stop = text.find("\n", end) + 1 or len(text)
            if "\t" not in text[end:stop] and text[end:stop].strip():
                break
            end = stop
        pieces += [text[done:start], text[start:end].replace("\t", "|")]
        done = end
    return "".join([*pieces, text[done:]])
