"""PDF streams that unpack to far more than a document needs, found before the file is opened.

pdfium unpacks a page's content whole and draws what it says: one megabyte of zeros can keep it busy for minutes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from vnlegal.errors import UnreadableFile
from vnlegal.readers.limits import MAX_PIXELS

_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_BEST_RATIO = 1_000  # deflate packs no better than 1:1032
_MAX_CONTENT = 64 * 2**20
_MAX_IMAGE = 4 * MAX_PIXELS
_PIECE = 2**16
_LOOK_BACK = 2_000


def check_streams(data: bytes, *, name: str) -> None:
    """Raise `UnreadableFile` for a PDF with a stream over the limits: 64 MB of content, 4 bytes a pixel of a picture.

    Looks only at streams long enough to reach a limit, and unpacks them piece by piece.
    """
    if _TWICE.search(data):
        raise UnreadableFile(f"{name}: PDF nén hai lần (bom nén)", next_step="kiểm tra lại nguồn của tệp")
    for start, end, most in _large(data):
        if _unpacked(data, start, end, most) > most:
            raise UnreadableFile(
                f"{name}: PDF có phần giải nén ra quá {most // 2**20} MB", next_step="kiểm tra lại nguồn của tệp"
            )


def _large(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, limit) of the deflated streams that might unpack to more than their limit."""
    for found in _STREAM.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        end = data.find(b"endstream", found.end())
        end = end if end >= 0 else len(data)
        if (end - found.end()) * _BEST_RATIO <= _MAX_CONTENT:
            continue
        told = data[max(0, found.start() - _LOOK_BACK) : found.start()]
        told = told[told.rfind(b"obj") :]
        if b"/Fl" in told:
            yield found.end(), end, _MAX_IMAGE if b"/Image" in told else _MAX_CONTENT


def _unpacked(data: bytes, start: int, end: int, most: int) -> int:
    """Return how many bytes a stream unpacks to, counting no further than a little over `most`."""
    unpack = zlib.decompressobj()
    count = 0
    rest = b""
    try:
        while count <= most and not unpack.eof:
            if not rest:
                rest = data[start : min(end, start + _PIECE)]
                start += len(rest)
                if not rest:
                    break
            count += len(unpack.decompress(rest, 2**20))
            rest = unpack.unconsumed_tail
    except zlib.error:
        pass  # broken or encrypted: pdfium unpacks no more of it
    return count
