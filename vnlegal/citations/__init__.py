"""Citations: find every mention of a document, then resolve which document is meant."""

from vnlegal.citations.find import find_citations
from vnlegal.citations.mentions import Mention

__all__ = ["Mention", "find_citations"]
