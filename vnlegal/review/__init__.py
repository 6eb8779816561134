"""The review page: people check what was found in a document, correct it, and sign it off."""

from __future__ import annotations

from vnlegal.errors import MissingExtra

try:
    import fastapi  # noqa: F401
    import jinja2  # noqa: F401
    import sqlalchemy  # noqa: F401
    import uvicorn  # noqa: F401
except ImportError as error:
    raise MissingExtra("trang duyệt cần thư viện web", next_step="pip install 'vnlegal[review]'") from error
