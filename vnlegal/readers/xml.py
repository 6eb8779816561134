"""Parsing XML that somebody else wrote: no entities, no network, no huge trees by accident."""

from __future__ import annotations

from typing import Any

from lxml import etree

from vnlegal.errors import UnreadableFile


def check_entities(data: bytes, *, name: str) -> None:
    """Raise `UnreadableFile` for XML with a document type or entities."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableFile(f"{name}: XML có khai báo thực thể, không đọc", next_step="kiểm tra lại nguồn của tệp")


def parse(data: bytes, *, name: str) -> Any:
    """Return the root element of `data`.

    Raises `UnreadableFile` for broken XML and for XML with a document type (entities are never expanded).
    """
    check_entities(data, name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"{name}: XML hỏng ({error.msg})", next_step="xin lại tệp gốc") from error
