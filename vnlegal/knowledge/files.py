"""Opening the knowledge files: TOML for rules, TSV for long lists, every row typed at the door.

A bad row names its file, its line or table, the value, and what was expected.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from vnlegal.errors import BadKnowledge

Row = TypeVar("Row", bound=BaseModel)


def _texts(name: str, extra: Path | None) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of the package's file and of the user's file of the same name, if there is one."""
    yield f"vnlegal/data/{name}", (files("vnlegal") / "data" / name).read_text(encoding="utf-8")
    if extra is not None and (extra / name).is_file():
        try:
            yield str(extra / name), (extra / name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BadKnowledge(f"{extra / name}: {error}", next_step="lưu tệp bằng mã UTF-8") from error


def unknown_files(extra: Path) -> tuple[str, ...]:
    """Return the names of knowledge files in the folder `extra` that no rule asks for: misspelled, most likely."""
    ours = {entry.name for entry in (files("vnlegal") / "data").iterdir()}
    suffixes = (".toml", ".tsv", ".jsonl")
    return tuple(sorted(p.name for p in extra.iterdir() if p.suffix in suffixes and p.name not in ours))


def _typed(row: dict[str, Any], kind: type[Row], where: str) -> Row:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise BadKnowledge(
            f"{where}: {place}: {first['msg']} (got {first.get('input')!r})",
            next_step="sửa dòng này trong tệp tri thức",
        ) from error


def read_tsv(name: str, kind: type[Row], extra: Path | None = None) -> tuple[Row, ...]:
    """Read a tab-separated file with a heading line; an empty cell takes the row type's default."""
    out: list[Row] = []
    for label, text in _texts(name, extra):
        reader = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        heads = next(reader, [])
        for cells in reader:
            if not any(cells) or cells[0].startswith("#"):
                continue
            if len(cells) > len(heads):
                raise BadKnowledge(
                    f"{label}:{reader.line_num}: {len(cells)} cells under {len(heads)} headings",
                    next_step="mỗi dòng có đúng số cột như dòng đầu, cách nhau bằng phím Tab",
                )
            row = {head: cell for head, cell in zip(heads, cells, strict=False) if cell}
            out.append(_typed(row, kind, f"{label}:{reader.line_num}"))
    return tuple(out)


@lru_cache(maxsize=32)
def _toml_tables(text: str) -> dict[str, Any]:
    """Return the parsed file: one file may hold the tables of several row types."""
    return tomllib.loads(text)


def read_toml(name: str, table: str, kind: type[Row], extra: Path | None = None) -> tuple[Row, ...]:
    """Read the array of tables `[[table]]` of a TOML file."""
    out: list[Row] = []
    for label, text in _texts(name, extra):
        try:
            rows = _toml_tables(text).get(table, [])
        except tomllib.TOMLDecodeError as error:
            raise BadKnowledge(f"{label}: {error}", next_step="xem cú pháp TOML ở dòng đó") from error
        out.extend(_typed(row, kind, f"{label}: {table}[{n}]") for n, row in enumerate(rows))
    return tuple(out)
