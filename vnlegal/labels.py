"""The words people see for the fixed English names of the records."""

from __future__ import annotations

from vnlegal.records import Header, Provision

STATUS = {
    "done": "hoàn thành",
    "in_progress": "đang thực hiện",
    "overdue": "quá hạn",
    "not_started": "chưa thực hiện",
}
MODALITY = {"assigned": "giao", "requested": "đề nghị", "proposed": "kiến nghị", "reported": "báo cáo"}
SEVERITY = {"info": "lưu ý", "warning": "cần xem", "error": "sai"}
RELATION = {
    "issued_under": "căn cứ",
    "implements": "quy định chi tiết",
    "guides": "hướng dẫn",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "executes": "thực hiện",
    "assigned_by": "được giao tại",
    "attaches": "ban hành kèm",
    "replies_to": "trả lời",
    "corrects": "đính chính",
    "consolidates": "hợp nhất",
    "cites": "viện dẫn",
}
DEADLINE = {"recurring": "định kỳ", "event": "theo sự kiện", "relative": "tính từ mốc khác"}


def day(value: str | None) -> str:
    """Return an ISO date as people here write it: 2025-06-30 → 30/6/2025, 2025-06 → 6/2025; intervals with a dash."""
    if not value:
        return ""
    return " – ".join(_one_day(part) for part in value.split("/"))


def day_named(value: str | None) -> str:
    """Return an ISO date with its name: "ngày 30/6/2025", "tháng 6/2025", "năm 2025"; "" without one."""
    if not value:
        return ""
    precision = value.split("/", 1)[0].partition("T")[0].count("-")
    return f"{('năm', 'tháng', 'ngày')[min(precision, 2)]} {day(value)}"


def _one_day(value: str) -> str:
    date, _, time = value.partition("T")
    parts = date.split("-")
    numbers = [parts[0], *(part.lstrip("0") for part in parts[1:])]
    words = "/".join(reversed(numbers))
    return f"{time[:5]} ngày {words}" if time else words


def header_rows(header: Header, kinds: dict[str, str]) -> list[tuple[str, str]]:
    """Return what the head of a document says, as label and words; what is missing has no row."""
    signer = header.signer
    signed = " – ".join(part for part in (signer.title, signer.name) if part) if signer else ""
    urgency = ", ".join(part for part in (header.secrecy, header.urgency) if part)
    place = ", ".join(part for part in (header.place, day_named(header.date)) if part)
    rows = (
        ("Loại văn bản", kinds.get(header.kind or "", header.kind or "")),
        ("Số, ký hiệu", header.number or ""),
        ("Ngày", place),
        ("Cơ quan ban hành", header.issuer or ""),
        ("Độ mật, độ khẩn", urgency),
        ("Trích yếu", header.subject or ""),
        ("Kính gửi", "; ".join(header.recipients)),
        ("Nơi nhận", "; ".join(header.copies)),
        ("Người ký", signed),
    )
    return [(label, words) for label, words in rows if words]


def work_words(key: str | None) -> str:
    """Return how people call the work of a key: 57-NQ/TW@2024 → 57-NQ/TW (2024); "" for one without a number."""
    if not key or ":" in key:
        return ""
    number, _, year = key.partition("@")
    return f"{number} ({year})" if year and year != "?" else number


_PINPOINT = (
    ("phan", "Phần"), ("chuong", "Chương"), ("muc", "Mục"), ("diem", "điểm"), ("khoan", "khoản"), ("dieu", "Điều"),
    ("phu_luc", "Phụ lục"), ("mau", "Mẫu"),
)  # fmt: skip


def provision(pinpoint: Provision) -> str:
    """Return a pinpoint in words: điểm a khoản 2 Điều 5."""
    parts = [f"{label} {value}" for name, label in _PINPOINT if (value := getattr(pinpoint, name)) is not None]
    return " ".join(parts)
