"""Tables that a text holds in another form than bars: tabs between the cells, or the tags of a web page.

Each sign is replaced by one of the same length, so that no offset moves.
"""

from __future__ import annotations

import re

_HEADINGS = re.compile(r"^[ ]*(?:S?TT|Stt|Số TT|Số thứ tự)[ ]*\t[^\t\n]+\t", re.MULTILINE)
_TAG = re.compile(r"<(?P<name>/?(?:table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|br|p))\b[^<>]{0,400}>")


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


def bars_for_tags(text: str) -> str:
    """Return `text` with a line of cells between bars for each row of its HTML tables; the length stays.

    Tables whose rows stand on one line each are left as they are.
    """
    if "<" not in text:
        return text
    pieces: list[str] = []
    done, at = 0, text.find("<table")
    while at >= 0:
        end = text.find("</table>", at)
        if end < 0:
            break
        end += len("</table>")
        if "\n" in text[at:end].partition("<tr")[2].partition("</tr>")[0]:
            pieces += [text[done:at], _rows(text[at:end])]
            done = end
        at = text.find("<table", end)
    return "".join([*pieces, text[done:]]) if pieces else text


def _rows(table: str) -> str:
    """Return an HTML table with its rows as lines of cells between bars."""
    flat = table.replace("\n", " ")
    pieces: list[str] = []
    done = 0
    for tag in _TAG.finditer(flat):
        name, blanks = tag["name"], " " * (len(tag[0]) - 1)
        sign = "\n" if name in ("tr", "/table") else "|" if name in ("td", "th", "/tr") else " "
        pieces += [flat[done : tag.start()], sign, blanks]
        done = tag.end()
    return "".join([*pieces, flat[done:]])
