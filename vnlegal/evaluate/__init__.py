"""Results against gold: spans, fields, links, tasks with actors and dates, headers, outlines; gains and losses."""

from vnlegal.evaluate.gold import GoldDocument, load_gold
from vnlegal.evaluate.report import Change, Report, changes, figure, read_bars, under
from vnlegal.evaluate.results import Results, fresh_results, results_of_revision, saved_results

__all__ = [
    "Change",
    "GoldDocument",
    "Report",
    "Results",
    "changes",
    "figure",
    "fresh_results",
    "load_gold",
    "read_bars",
    "results_of_revision",
    "saved_results",
    "under",
]
