"""What the parts of `bench_index` share: the seed, how a figure is printed, a fresh index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SEED = 20251122


def line(name: str, value: str) -> None:
    """Print one figure."""
    print(f"{name:<64}{value}", flush=True)


def percentile(times: Sequence[float], share: float) -> float:
    """Return the value below which `share` of `times` lie, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def fresh(path: Path) -> Path:
    """Remove an index file with its log."""
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        (path.parent / name).unlink(missing_ok=True)
    return path
