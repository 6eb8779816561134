"""Where the results come from that are held against gold: this code, saved files, or another revision of the code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from vnlegal.errors import BadGold, VnlegalError
from vnlegal.evaluate.gold import GoldDocument
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze, outline
from vnlegal.readers import read

Results: TypeAlias = dict[str, Mapping[str, Any]]


def fresh_results(documents: Sequence[GoldDocument], knowledge: Knowledge) -> Results:
    """Analyze the texts of the gold documents with the code at hand."""
    results: Results = {}
    for document in documents:
        text = read(_text(document))
        result = analyze(text, knowledge=knowledge).model_dump(mode="json")
        if document.rows["outline"] is not None:
            result["outline"] = outline(text, knowledge=knowledge).model_dump(mode="json")["units"]
        results[document.name] = result
    return results


def saved_results(path: Path) -> Results:
    """Read results from a folder of DOC.json, or from one JSON or JSONL file (documents by their source's stem)."""
    results: Results = {}
    try:
        if path.is_dir():
            for file in sorted(path.glob("*.json")):
                results[file.stem] = json.loads(file.read_text(encoding="utf-8"))
            return results
        text = path.read_text(encoding="utf-8")
        rows = [json.loads(line) for line in text.splitlines() if line.strip()] if path.suffix == ".jsonl" else None
        rows = json.loads(text) if rows is None else rows
    except (OSError, ValueError) as error:
        raise BadGold(f"{path}: {error}", next_step="lưu bằng vnlegal extract … --format json --out DIR") from error
    for row in rows if isinstance(rows, list) else [rows]:
        results[Path(row["document"]["source"]).stem] = row
    return results


def results_of_revision(revision: str, documents: Sequence[GoldDocument]) -> Results:
    """Analyze the texts with the code of a git revision of the repository this package lies in."""
    repository = Path(__file__).resolve().parents[2]
    archived = subprocess.run(
        ["git", "-C", str(repository), "archive", "--format=tar", revision, "vnlegal"], capture_output=True, check=False
    )
    if archived.returncode:
        reason = archived.stderr.decode("utf-8", "replace").strip().splitlines()
        raise VnlegalError(
            f"--against {revision}: {reason[-1] if reason else 'git archive'}",
            next_step="đưa một tên nhánh, thẻ hoặc mã commit của kho mã này, hoặc một thư mục kết quả đã lưu",
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
            archive.extractall(folder, filter="data")
        texts = [str(_text(document).resolve()) for document in documents]
        command = [sys.executable, "-m", "vnlegal", "extract", "--format", "json", "--out", "results", *texts]
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        if not (folder / "results").is_dir():
            reason = run.stderr.decode("utf-8", "replace").strip().splitlines()
            raise VnlegalError(
                f"--against {revision}: {reason[-1] if reason else 'không có kết quả'}", next_step="chọn bản khác"
            )
        found = saved_results(folder / "results")
    return {document.name: found.get(_text(document).stem, {}) for document in documents}


def _text(document: GoldDocument) -> Path:
    if document.text is None:
        raise BadGold(f"{document.name}: không thấy văn bản {document.name}.txt", next_step="đặt cạnh tệp đánh dấu")
    return document.text
