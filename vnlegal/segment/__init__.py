"""From the canonical text to the flow, the outline, the tables, the footnotes and the header."""

from vnlegal.segment.build import segment
from vnlegal.segment.model import Cell, Footnote, HeaderDraft, Part, Segmentation, Table, Unit

__all__ = ["Cell", "Footnote", "HeaderDraft", "Part", "Segmentation", "Table", "Unit", "segment"]
