"""Text of before Unicode that came over as Latin letters ("QuyÕt ®Þnh"): the flow reads it as it was meant."""

from __future__ import annotations

import re

from vnlegal.legacy import decode_tcvn3, detect, vni_pieces
from vnlegal.text import Builder, View

# Letters that only Unicode has: a text with one of them near its beginning is none of the old ones.
_UNICODE = re.compile("[ạảấầậắệếềịọỏốồộớờợụủứừựạỉẢẤẦẬẮỆẾỀỊỌỐỒỘỚỜỢỤỦỨỪỰ]")
_LOOK = 4000


def modern(raw: str) -> View:
    """Return `raw` with the letters of TCVN3 and VNI fonts as Unicode has them; any other text as it is."""
    encoding = None if _UNICODE.search(raw, 0, _LOOK) else detect(raw)
    if encoding == "tcvn3":
        return View(decode_tcvn3(raw), raw)
    if encoding != "vni":
        return View(raw, raw)
    builder, done = Builder(raw), 0
    for start, end, letter in vni_pieces(raw):
        builder.add(raw[done:start], done)
        opens = start == 0 or not raw[start - 1].isalpha()
        builder.add(letter, start if opens else end - 1)  # a span that ends here takes in both codes of the letter
        done = end
    builder.add(raw[done:], done)
    return builder.view()
