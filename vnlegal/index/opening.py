"""From the address of an index to the database behind it, and from what a database reports to what to do about it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from vnlegal.index.dialects import Dialect
from vnlegal.index.model import IndexProblem
from vnlegal.index.postgres import Postgres
from vnlegal.index.sqlite import Sqlite

_FORMS = "viết đường dẫn tệp, sqlite:///TỆP hoặc postgresql://TÊN@MÁY/CSDL"


def dialect_for(url: str, *, create: bool) -> Dialect:
    """Return the dialect for a URL or the path of an SQLite file. Raises `IndexProblem`."""
    if "://" not in url:
        return Sqlite(Path(url), create=create)
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise IndexProblem(f"{url}: không phải địa chỉ chỉ mục", next_step=_FORMS) from error
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise IndexProblem(f"{url}: thiếu tên tệp", next_step=_FORMS)
        return Sqlite(Path(parsed.database), create=create)
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        return Postgres(parsed)
    raise IndexProblem(f"{parsed.get_backend_name()}: không dùng được loại này", next_step=_FORMS)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what a database reports into an `IndexProblem`, with what to do about it."""
    try:
        yield
    except DBAPIError as error:
        reason = _reason(error)
        raise IndexProblem(f"{name}: {reason.splitlines()[0][:300]}", next_step=_advice(str(error.orig))) from error
    except SQLAlchemyError as error:
        raise IndexProblem(f"{name}: {str(error).splitlines()[0][:300]}", next_step="xem lại địa chỉ --db") from error
    except UnicodeDecodeError as error:  # what is told of a broken file may be broken itself
        raise IndexProblem(f"{name}: dữ liệu hỏng", next_step=_BROKEN) from error
    except (OSError, struct.error) as error:  # what a driver lets through when its server goes away
        raise IndexProblem(f"{name}: mất kết nối với máy chủ ({error})", next_step=_AGAIN) from error


def _reason(error: DBAPIError) -> str:
    """Return what the database says, without what only its driver needs."""
    fields = error.orig.args[0] if error.orig and error.orig.args else ""
    words = str(fields.get("M", fields) if isinstance(fields, dict) else error.orig).partition(" (timeout is ")[0]
    return words or type(error.orig).__name__


def _advice(reason: str) -> str:
    for sign, advice in _ADVICE:
        if sign in reason:
            return advice
    return "thử lại; nếu vẫn vậy, kiểm tra bằng vnlegal index check"


_AGAIN = "đợi máy chủ chạy lại rồi làm lại, phần đã ghi vẫn còn"
_BROKEN = "tệp hỏng: xóa tệp ấy rồi tạo lại bằng vnlegal index add, văn bản gốc vẫn còn"
_ADVICE = (
    ("not a database", "tệp này không phải chỉ mục; chọn tệp khác ở --db"),
    ("malformed", _BROKEN),
    ("decode to UTF-8", _BROKEN),
    ("readonly", "tệp chỉ đọc: xin quyền ghi hoặc chọn tệp khác ở --db"),
    ("read-only", "máy chủ chỉ đọc: dùng tài khoản được ghi"),
    ("is full", "hết chỗ trên đĩa: dọn đĩa rồi chạy lại, phần đã ghi vẫn còn"),
    ("unable to open", "xem lại thư mục của --db có thật và được phép ghi"),
    ("locked", "chỉ mục đang bị giữ: đợi tiến trình kia xong rồi chạy lại"),
    ("connect", "xem máy chủ PostgreSQL có chạy và địa chỉ --db có đúng"),
    ("network", _AGAIN),
    ("terminating connection", _AGAIN),
    ("57P01", _AGAIN),
    ("password", "xem lại tên và mật khẩu trong --db"),
    ("does not exist", "tạo cơ sở dữ liệu trên máy chủ trước, ví dụ createdb"),
)
