"""The stored rows: JSON lines in compressed blocks of `BLOCK` rows."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Sequence
from typing import Any

from vnlegal.errors import MissingExtra
from vnlegal.index.model import IndexProblem
from vnlegal.index.schema import BLOCK

try:
    import zstandard
except ImportError as error:
    raise MissingExtra("chỉ mục cần thư viện zstandard", next_step="pip install 'vnlegal[index]'") from error

_LEVEL = 1  # of compression: more costs more time than it saves room (3: eight bytes a row)
_TEXT = b'"text":"'  # the first of a row is its own, those of its parts come later
# What most rows hold: a block of few rows is a tenth smaller for knowing it. Another text is another schema version.
_COMMON = (
    '"inherited":true}],"path":["I.","II.","III."],"deliverable":{"start":,"end":,"text":"","result":{"start":,'
    '"rule":"table:row","rule":"item","confidence":0.9}\n{"id":"t1","start":,"end":,"text":"Ủy ban nhân dân tỉnh, '
    "thành phố trực thuộc trung ương, xây dựng, ban hành, tổ chức thực hiện nhiệm vụ, giải pháp theo quy định của "
    "pháp luật, phối hợp với các bộ, ngành, địa phương và các cơ quan, đơn vị có liên quan, báo cáo Thủ tướng "
    'Chính phủ","modality":"requested","modality":"proposed","modality":"reported","modality":"assigned","leads":'
    '[{"start":0,"end":1,"text":"Bộ","canonical":"Bộ Tài chính"}],"coordinators":[{"start":0,"end":1,"text":"Bộ ",'
    '"canonical":"Ủy ban nhân dân "}],"approvers":[{"start":,"deadline":{"start":0,"end":1,"text":"20","kind":'
    '"by_date","due":"2025-"},"status":"in_progress","status":"overdue","status":"not_started","status":"done",'
    '"rule":"prose:verb","confidence":0.6}\n{"id":"t1","start":'
).encode()
_FRAME = zstandard.FRAME_HEADER
_WINDOW = -15  # of a bare stream of zlib, as version 2 of the schema wrote them


class _Press(threading.local):
    """One pair of compressors a thread: they may not be shared."""

    def __init__(self) -> None:
        common = zstandard.ZstdCompressionDict(_COMMON, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        common.precompute_compress(level=_LEVEL)
        self.pack = zstandard.ZstdCompressor(level=_LEVEL, dict_data=common, write_checksum=False).compress
        self.unpack = zstandard.ZstdDecompressor(dict_data=common).decompress


_press = _Press()


def packed(lines: Sequence[bytes]) -> list[bytes]:
    """Return JSON lines as compressed blocks of `BLOCK` lines."""
    pack = _press.pack
    return [pack(b"\n".join(lines[at : at + BLOCK])) for at in range(0, len(lines), BLOCK)]


def unpacked(block: bytes) -> list[bytes]:
    """Return the lines of one block. Raises `IndexProblem` for bytes that are none."""
    try:
        if block.startswith(_FRAME):
            return _press.unpack(block).split(b"\n")
        return zlib.decompressobj(_WINDOW, _COMMON).decompress(block).split(b"\n")
    except (zstandard.ZstdError, zlib.error) as error:
        raise _broken() from error


def line_of(block: Sequence[bytes], number: int) -> dict[str, Any]:
    """Return the fields of the row `number`, which stands in `block`. Raises `IndexProblem`."""
    try:
        fields: dict[str, Any] = json.loads(block[number % BLOCK])
    except (IndexError, ValueError) as error:
        raise _broken() from error
    return fields


def text_of(block: Sequence[bytes], number: int) -> str:
    """Return the text of the row `number`, which stands in `block`, without reading its other fields."""
    line = block[number % BLOCK] if number % BLOCK < len(block) else b""
    first = line.find(_TEXT) + len(_TEXT)
    last = line.find(b'"', first)
    if first < len(_TEXT) or b"\\" in line[first:last]:
        return str(line_of(block, number)["text"])
    return line[first:last].decode("utf-8", "replace")


def _broken() -> IndexProblem:
    return IndexProblem(
        "chỉ mục hỏng: một khối dòng không đọc được", next_step="tạo lại chỉ mục bằng vnlegal index add"
    )
