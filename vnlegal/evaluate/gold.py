"""Reading gold: which documents a folder holds, their rows, their texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnlegal.errors import BadGold

PARTS = ("citations", "tasks", "agencies", "outline")
_TEXT_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document with its gold rows; a part without a gold file is None. `text` is where its text stands."""

    name: str
    text: Path | None
    rows: dict[str, list[dict[str, Any]] | None]
    header: dict[str, Any] | None


def load_gold(folder: Path, texts: Sequence[Path] = ()) -> list[GoldDocument]:
    """Return the documents of a gold folder by name, or those that `texts` (files, folders or names) pick out.

    Raises `BadGold` where the folder holds no gold, a row is broken, or a named document has none.
    """
    try:
        files = {path.name: path for path in folder.iterdir() if path.name.endswith(".jsonl")}
    except OSError as error:
        raise BadGold(f"{folder}: không mở được ({error.strerror})", next_step="xem lại --gold") from error
    headers = {_document_name(row): row for row in _rows(files.get("headers.jsonl")) or ()}
    names = sorted({name.split(".")[0] for name in files if name.split(".")[1:-1] and name.split(".")[1] in PARTS})
    if not names:
        raise BadGold(f"{folder}: không có tệp *.citations.jsonl, *.tasks.jsonl …", next_step="xem lại --gold")
    places = _texts(texts) if texts else {}
    unknown = sorted(set(places) - set(names))
    if unknown:
        raise BadGold(f"{folder}: không có bản đánh dấu cho {', '.join(unknown)}", next_step="bỏ tên đó đi")
    documents = []
    for name in names:
        if places and name not in places:
            continue
        rows = {part: _rows(files.get(f"{name}.{part}.jsonl") or _outline_beside(folder, name, part)) for part in PARTS}
        text = places.get(name) or _text_beside(folder, name)
        documents.append(GoldDocument(name, text, rows, headers.get(name)))
    return documents


def _document_name(row: dict[str, Any]) -> str:
    return str(row.get("doc") or row.get("name") or row.get("slug"))


def _rows(path: Path | None) -> list[dict[str, Any]] | None:
    """Return the rows of a JSONL file, None where there is no file."""
    if path is None:
        return None
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadGold(f"{path}:{number}: {error}", next_step="mỗi dòng là một đối tượng JSON") from error
        if not isinstance(row, dict):
            raise BadGold(f"{path}:{number}: không phải đối tượng JSON", next_step="mỗi dòng là một đối tượng JSON")
        rows.append(row)
    return rows


def _texts(texts: Sequence[Path]) -> dict[str, Path | None]:
    """Return the texts by document name; a bare name stands for the text beside the gold (None)."""
    places: dict[str, Path | None] = {}
    for path in texts:
        if path.is_dir():
            places |= {one.stem: one for one in sorted(path.iterdir()) if one.suffix in _TEXT_SUFFIXES}
        else:
            places[path.stem if path.suffix in _TEXT_SUFFIXES else path.name] = path if path.is_file() else None
    return places


def _outline_beside(folder: Path, name: str, part: str) -> Path | None:
    """Return the gold outline of a document where outlines have a folder of their own, in or beside the gold."""
    if part != "outline":
        return None
    candidates = (place / "outline" / f"{name}.outline.jsonl" for place in (folder, folder.parent))
    return next((path for path in candidates if path.is_file()), None)


def _text_beside(folder: Path, name: str) -> Path | None:
    """Return the text of a document: beside its gold, in the folder above, or in a sibling of the gold folder."""
    places = (folder, folder.parent, folder.parent / "raw", folder.parent / "normative")
    candidates = (place / f"{name}{suffix}" for place in places for suffix in _TEXT_SUFFIXES)
    return next((path for path in candidates if path.is_file()), None)
