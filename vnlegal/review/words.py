"""The words of the page, Vietnamese first, English beside them."""

from __future__ import annotations

from vnlegal import labels
from vnlegal.labels import DEADLINE, MODALITY, RELATION, STATUS, day
from vnlegal.office.audits import CODE
from vnlegal.office.law_audit import STATUS as COVERAGE
from vnlegal.records import Provision
from vnlegal.review.words_pages import PAGES

_LETTER: dict[str, tuple[str, str]] = {
    "documents": ("Văn bản", "Documents"),
    "search": ("Tìm kiếm", "Search"),
    "board": ("Bảng việc", "Board"),
    "history": ("Lịch sử", "History"),
    "help": ("Phím tắt", "Shortcuts"),
    "you": ("Tên bạn", "Your name"),
    "save": ("Lưu", "Save"),
    "cancel": ("Thôi", "Cancel"),
    "close": ("Đóng", "Close"),
    "other_language": ("English", "Tiếng Việt"),
    "theme": ("Sáng/tối", "Light/dark"),
    "sign_in": ("Đăng nhập", "Sign in"),
    "sign_out": ("Thoát", "Sign out"),
    "password": ("Mật khẩu hoặc mã truy cập", "Password or access token"),
    "wrong": ("Tên hoặc mật khẩu không đúng.", "Wrong name or password."),
    "skip": ("Đến nội dung chính", "Skip to content"),
    # document
    "text": ("Văn bản", "Text"),
    "list": ("Danh sách", "List"),
    "page_images": ("Ảnh trang", "Page images"),
    "reviewed": ("đã duyệt", "reviewed"),
    "of": ("trên", "of"),
    "questions": ("câu hỏi", "questions"),
    "undo": ("Hoàn tác", "Undo"),
    "redo": ("Làm lại", "Redo"),
    "sign": ("Ký duyệt", "Sign off"),
    "unsign": ("Mở lại để sửa", "Open again"),
    "signed_by": ("Đã ký duyệt bởi {who}, {at}", "Signed off by {who}, {at}"),
    "accept_sure": ("Chấp nhận các mục chắc chắn", "Accept all that is sure"),
    "accept_sure_told": ("Đã chấp nhận {count} mục", "{count} items accepted"),
    "nothing_left": ("Không còn mục nào để chấp nhận", "Nothing left to accept"),
    "add": ("Thêm mục bị sót", "Add what was missed"),
    "filter": ("Lọc danh sách", "Filter the list"),
    "only_open": ("chưa duyệt", "undecided"),
    "ask_first": ("Cần trả lời trước", "Questions first"),
    "the_rest": ("Còn lại, theo thứ tự trong văn bản", "The rest, in text order"),
    "choose_item": (
        "Chọn một mục trong danh sách, hoặc bấm vào chỗ tô màu. Phím j, k: mục sau, mục trước; ?: mọi phím tắt.",
        "Choose an item of the list, or click a mark. Keys j, k: next, previous; ?: all shortcuts.",
    ),
    "citation": ("Viện dẫn", "Citation"),
    "agency": ("Cơ quan", "Agency"),
    "task": ("Nhiệm vụ", "Task"),
    "finding": ("Điểm cần xem", "Finding"),
    "deadline": ("Thời hạn", "Deadline"),
    "accept": ("Đúng", "Accept"),
    "edit": ("Sửa", "Edit"),
    "reject": ("Bỏ", "Reject"),
    "settle_yes": ("Đúng là vấn đề", "It is a problem"),
    "settle_no": ("Không phải vấn đề", "No problem"),
    "note": ("Ghi chú", "Note"),
    "fix": ("Sửa mục {id}", "Edit item {id}"),
    "reopen": ("Chưa quyết định", "Undecided"),
    "why": ("Vì sao", "Why"),
    "rule": ("Quy tắc", "Rule"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "evidence": ("Căn cứ", "Evidence"),
    "by_reviewer": ("do người duyệt thêm", "added by a reviewer"),
    "open": ("chưa duyệt", "undecided"),
    "accepted": ("đã chấp nhận", "accepted"),
    "rejected": ("đã bỏ", "rejected"),
    "gone": ("đã rút", "withdrawn"),
    "edited": ("đã sửa", "edited"),
    "decided_by": ("{who}, {at}", "{who}, {at}"),
    "next": ("Sau", "Next"),
    "previous": ("Trước", "Previous"),
    "words_in_text": ("Chữ trong văn bản", "Words in the text"),
    "words_hint": (
        "bôi đen chữ trong văn bản, hoặc gõ đúng chữ ấy",
        "select words in the text, or type them as they stand",
    ),
    "one_a_line": ("mỗi dòng một cơ quan", "one body a line"),
    "day_hint": ("30/6/2025, 6/2025 hoặc 2025", "30/6/2025, 6/2025 or 2025"),
    "target": ("Văn bản được viện dẫn", "Cited document"),
    "number": ("Số, ký hiệu", "Number"),
    "date": ("Ngày", "Date"),
    "title": ("Tên", "Title"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "relation": ("Quan hệ", "Relation"),
    "provisions": ("Điều khoản", "Provisions"),
    "provisions_hint": ("điểm a khoản 2 Điều 5; Điều 7", "điểm a khoản 2 Điều 5; Điều 7"),
    "canonical": ("Tên đầy đủ", "Official name"),
    "today": ("Hiện nay", "Today"),
    "modality": ("Loại việc", "Kind of task"),
    "leads": ("Chủ trì", "Lead"),
    "coordinators": ("Phối hợp", "Coordinators"),
    "approvers": ("Trình, gửi", "Approver, addressee"),
    "due": ("Hạn cuối", "Last day"),
    "status": ("Tình trạng", "Status"),
    "path": ("Nằm dưới", "Stands under"),
    "legal_basis": ("Căn cứ pháp lý", "Legal basis"),
    "deliverable": ("Sản phẩm", "Deliverable"),
    "none": ("(không có)", "(none)"),
    "picked": ("Đã chọn", "Selected"),
    "add_as": ("Thêm thành", "Add as"),
    "conflict": (
        "{who} đã đổi mục này trước bạn. Không bản nào bị ghi đè: hãy chọn.",
        "{who} changed this item before you. Nothing is overwritten: choose.",
    ),
    "theirs": ("Bản đang có", "As it stands"),
    "yours": ("Bản của bạn", "Yours"),
    "keep_theirs": ("Giữ bản đang có", "Keep it as it stands"),
    "use_mine": ("Dùng bản của tôi", "Use mine"),
    "undo_conflict": (
        "Không hoàn tác được: {who} đã đổi mục {id} sau đó.",
        "Cannot be undone: {who} has changed item {id} since.",
    ),
    "nothing_to_undo": ("Không còn gì để hoàn tác", "Nothing to undo"),
    "nothing_to_redo": ("Không còn gì để làm lại", "Nothing to redo"),
    "others": ("{who} vừa đổi {count} mục", "{who} just changed {count} items"),
    "offline": (
        "Máy chủ không trả lời. Những gì bạn gõ vẫn còn ở đây; thử lại sau.",
        "The server does not answer. What you typed is kept here; try again.",
    ),
    "restored": ("Đã lấy lại những gì bạn gõ lần trước.", "What you typed last time is back."),
    "draft_older": (
        "Bạn còn chữ gõ dở trên bản trước; từ đó mục này đã đổi.",
        "You left words typed on an earlier version; the item has changed since.",
    ),
    "draft_use": ("Lấy lại chữ đã gõ", "Bring them back"),
    "saved": ("Đã lưu", "Saved"),
    "is_signed": (
        "Văn bản đã ký duyệt: mở lại rồi mới sửa được.",
        "The document is signed off: open it again to change it.",
    ),
    "q_no-target": ("Đây là văn bản nào?", "Which document is this?"),
    "q_unsure": ("Máy chưa chắc. Có đúng không?", "The machine is not sure. Is it right?"),
    "q_no-lead": ("Ai chủ trì việc này?", "Who leads this task?"),
    "q_deadline": ("Thời hạn này có đúng không?", "Is this deadline right?"),
    "q_finding": ("Có đúng là vấn đề không?", "Is this a problem?"),
    "download": ("Tải về", "Download"),
    "file": ("Tệp gốc", "Original file"),
    # shortcuts
    "key_j": ("mục sau", "next item"),
    "key_k": ("mục trước", "previous item"),
    "key_a": ("đúng, sang mục sau", "accept, go to the next"),
    "key_r": ("bỏ, sang mục sau", "reject, go to the next"),
    "key_e": ("sửa", "edit"),
    "key_u": ("hoàn tác", "undo"),
    "key_U": ("làm lại", "redo"),
    "key_m": ("thêm mục bị sót (chữ đang chọn)", "add what was missed (the selected words)"),
    "key_w": ("vì sao", "why"),
    "key_p": ("ảnh trang, văn bản (PDF, bản chụp)", "page images, text (PDF, scans)"),
    "page_hint": (
        "Kéo chuột trên ảnh để chọn chữ: thêm mục bị sót, hoặc sửa chữ của mục đang mở.",
        "Draw a box on the picture to choose words: for a missed item, or for the item being edited.",
    ),
    "page_number": ("Trang {number}", "Page {number}"),
    "key_slash": ("lọc danh sách", "filter the list"),
    "key_question": ("bảng này", "this table"),
    "key_esc": ("đóng, thôi sửa", "close, stop editing"),
    "key_save": ("lưu khi đang sửa", "save while editing"),
}
_WORDS = {**_LETTER, **PAGES}
_ENGLISH = {
    "event": "after an event",
}  # where the name itself, its underscores as blanks, is not good enough
_VIETNAMESE = {**STATUS, **MODALITY, **RELATION, **DEADLINE}
LANGUAGES = ("vi", "en")
LAW = "law-"  # begins what the page calls the coverage of a clause, beside the codes of the other audits
MODALITIES, STATUSES, RELATIONS = tuple(MODALITY), tuple(STATUS), tuple(RELATION)
# How a rule found what it found, by the beginning of its name.
_RULES: tuple[tuple[str, str, str], ...] = (
    ("number", "đọc được số, ký hiệu của văn bản trong câu", "the number of a document stands in the sentence"),
    ("alias", "tên này đã được dùng hoặc định nghĩa cho một văn bản", "this name stands for a document known here"),
    ("named", "tên của một luật, văn bản đã biết", "the title of a known law or document"),
    ("law", "tên của một luật, văn bản đã biết", "the title of a known law or document"),
    ("short", "tên rút gọn của văn bản đã nêu trước đó", "short for a document named before"),
    ("backref", "cụm từ chỉ lại văn bản đã nêu (… này, … nêu trên)", "words that point back to a document"),
    ("work", "tên của một chương trình, đề án đã biết", "the title of a known programme"),
    ("planned", "văn bản còn đang xây dựng", "a document still to be written"),
    ("prose", "câu có từ giao việc (giao, chủ trì, yêu cầu …)", "the sentence has words that hand out work"),
    ("table", "dòng của bảng nhiệm vụ", "a row of a table of tasks"),
    ("list", "mục trong danh sách giao việc", "an item of a list of tasks"),
    ("reported", "câu báo cáo việc đã, đang làm", "a sentence that reports work"),
    ("reviewer", "do người duyệt thêm", "added by a reviewer"),
)


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "vi"
        self._at = LANGUAGES.index(self.language)

    def __call__(self, key: str, **parts: object) -> str:
        """Return the words for a key, its places filled in."""
        words = _WORDS[key][self._at]
        return words.format(**parts) if parts else words

    def value(self, name: str | None) -> str:
        """Return the word for a value of a record."""
        if not name or name not in _VIETNAMESE:
            return name or ""
        return _ENGLISH.get(name, name.replace("_", " ")) if self.language == "en" else _VIETNAMESE[name]

    def code(self, name: str) -> str:
        """Return what the code of an audit's row says."""
        coverage = name.removeprefix(LAW)
        if self.language == "en":
            return coverage.replace("-", " ").replace("_", " ")
        return COVERAGE.get(coverage, coverage) if coverage != name else CODE.get(name, name)

    def rule(self, name: str) -> str:
        """Return in words how the rule of that name found what it found."""
        for begin, *said in _RULES:
            if name.startswith(begin):
                return said[self._at]
        return ""


def field_day(value: str | None) -> str:
    """Return a date as a form shows it: what `forms.day` reads back as the same."""
    return day(value) if value and "T" not in value and "/" not in value else value or ""


def provision(parts: dict[str, str | None]) -> str:
    """Return a pinpoint in words: điểm a khoản 2 Điều 5."""
    return labels.provision(Provision.model_validate(parts))
