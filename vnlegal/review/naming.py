"""How documents and files are called: in the index and the audits, in addresses, on the page, when they are saved."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_OURS = re.compile(r"(\d{1,9}) · ")


def source_of(doc: int, name: str) -> str:
    """Return the source under which a document is known."""
    return f"{doc} · {name}"


def split_source(source: str) -> tuple[int | None, str]:
    """Return the number of a document under review and its name; no number for a document from elsewhere."""
    match = _OURS.match(source)
    return (int(match[1]), source[match.end() :]) if match else (None, source)


def place_in(doc: int, start: int, end: int) -> str:
    """Return the address of a place in a document, in code points."""
    return f"/d/{doc}#s{start}-{end}"


def file_name(written: str) -> str:
    """Return the name of a file as it is shown: its last part, no control characters, not too long."""
    last = unicodedata.normalize("NFC", written.replace("\\", "/")).rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable()).strip() or "tep"
    stem, dot, suffix = clean.rpartition(".")
    return (stem[:120] + dot + suffix[:10]) if dot else clean[:120]


def sent_as(name: str) -> dict[str, str]:
    """Return the headers that make a browser save a file under a name, and never show it."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
