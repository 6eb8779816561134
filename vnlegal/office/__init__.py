"""What offices open: sheets as CSV and Excel files."""

from vnlegal.office.sheet import Column, Sheet, csv_text, xlsx_bytes

__all__ = ["Column", "Sheet", "csv_text", "xlsx_bytes"]
