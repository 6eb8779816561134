"""How a clause opens: who is told, in what role, with whom, and where the action begins."""

from __future__ import annotations

import pytest

from vnlegal.agencies import find_agencies
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import segment
from vnlegal.tasks.clauses import Passage, clauses, passage, sentences
from vnlegal.tasks.named import bodies_only, whole_group
from vnlegal.tasks.roles import Opening, Openings
from vnlegal.text import fold


def words_of(text: str, knowledge: Knowledge) -> Passage:
    """Return the passage of one sentence, with its agencies."""
    segmentation = segment(Document(text=text), knowledge)
    flow = segmentation.flow.text
    return passage(flow, 0, len(flow), find_agencies(segmentation, knowledge))


def opened(text: str, knowledge: Knowledge) -> tuple[Opening, str]:
    """Return the opening of a sentence and the words from the action on."""
    words = words_of(text, knowledge)
    openings = Openings(words, knowledge.tasks)
    opening = openings.read(0, words.end, group=True)
    return opening, words.text[openings.glue(opening.action, words.end) :]


OPENINGS = [
    pytest.param(
        "Giao Bộ Tài chính chủ trì, phối hợp với Bộ Y tế rà soát quy định.",
        ["Bộ Tài chính"], ["Bộ Y tế"], "assigned", "rà soát", id="assign-lead-support",
    ),
    pytest.param(
        "Bộ Y tế có trách nhiệm báo cáo kết quả.", ["Bộ Y tế"], [], None, "báo cáo", id="modal",
    ),
    pytest.param(
        "Đề nghị Bộ Nội vụ gửi báo cáo.", ["Bộ Nội vụ"], [], "requested", "gửi", id="request",
    ),
    pytest.param(
        "Bộ Tư pháp, Bộ Công an và Bộ Nội vụ rà soát hồ sơ.",
        ["Bộ Tư pháp", "Bộ Công an", "Bộ Nội vụ"], [], None, "rà soát", id="list-of-bodies",
    ),
    pytest.param(
        "Bộ Tài chính theo chức năng, nhiệm vụ được giao hướng dẫn địa phương.",
        ["Bộ Tài chính"], [], None, "hướng dẫn", id="scope-is-cut",
    ),
    pytest.param(
        "Bộ Y tế đồng chủ trì với Bộ Nội vụ, phối hợp với Bộ Công an xây dựng đề án.",
        ["Bộ Y tế"], ["Bộ Nội vụ", "Bộ Công an"], None, "xây dựng", id="lead-with-another",
    ),
    pytest.param(
        "Bộ Y tế chủ trì, phối hợp tổ chức thực hiện đề án.", ["Bộ Y tế"], [], None, "tổ chức", id="helps-nobody-named",
    ),
    pytest.param(
        "Đảng đoàn Hội đồng nhân dân thành phố Huế và Đảng ủy Bộ Y tế lãnh đạo việc rà soát.",
        ["Đảng đoàn Hội đồng nhân dân thành phố Huế", "Đảng ủy Bộ Y tế"], [], None, "lãnh đạo", id="party-in-a-body",
    ),
    pytest.param(
        "Các huyện ủy, ban cán sự đảng, đảng ủy cơ sở và các đoàn thể chính trị - xã hội quán triệt Chỉ thị.",
        ["nhóm: các huyện ủy, ban cán sự đảng, đảng ủy cơ sở", "nhóm: các đoàn thể chính trị - xã hội"], [], None,
        "quán triệt", id="party-committees",
    ),
    pytest.param(
        "Bộ Công an: (1) Xây dựng hệ thống điều phối.", ["Bộ Công an"], [], None, "Xây dựng", id="number-in-text",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "leads", "partners", "modality", "action"), OPENINGS)
def test_an_opening_says_who_is_told_and_where_the_action_begins(
    text: str, leads: list[str], partners: list[str], modality: str | None, action: str, knowledge: Knowledge
) -> None:
    opening, rest = opened(text, knowledge)
    assert [a.canonical for a in opening.leads] == leads
    assert [a.canonical for a in opening.coordinators] == partners
    assert opening.modality == modality
    assert rest.startswith(action)


def test_work_already_done_is_no_order(knowledge: Knowledge) -> None:
    assert opened("Bộ Tài chính đã ban hành Thông tư.", knowledge)[0].past


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Chủ tịch Ủy ban nhân dân các tỉnh: Đắk Lắk, Gia Lai tiếp tục rà soát.",
            ["Chủ tịch Ủy ban nhân dân tỉnh Đắk Lắk", "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai"],
            id="chairmen-by-place",
        ),
        pytest.param(
            "Ủy ban nhân dân các thành phố: Hà Nội, Cần Thơ thực hiện nghiêm chỉ đạo.",
            ["Ủy ban nhân dân Thành phố Hà Nội", "Ủy ban nhân dân thành phố Cần Thơ"],
            id="committees-by-place",
        ),
    ],
)
def test_bodies_called_by_their_places_are_one_each(text: str, names: list[str], knowledge: Knowledge) -> None:
    assert [a.canonical for a in opened(text, knowledge)[0].leads] == names


def test_a_group_that_a_role_describes_is_told_what_follows(knowledge: Knowledge) -> None:
    text = "Các bộ, cơ quan chủ trì xây dựng các văn bản pháp luật tiếp tục rà soát hồ sơ."
    opening, rest = opened(text, knowledge)
    assert rest.startswith("tiếp tục rà soát")
    assert opening.role == ""


@pytest.mark.parametrize("text", ["Hướng dẫn này có hiệu lực từ ngày ký.", "Quy định số 178-QĐ/TW của Bộ Chính trị."])
def test_the_name_of_a_document_is_no_verb(text: str, knowledge: Knowledge) -> None:
    assert not Openings(words_of(text, knowledge), knowledge.tasks).is_verb(0)


@pytest.mark.parametrize("text", ["Sở Tài chính", "Giao Sở Nội vụ:", "Bộ Công an, Bộ Quốc phòng:"])
def test_a_heading_may_only_name_who_is_told(text: str, knowledge: Knowledge) -> None:
    assert bodies_only(words_of(text, knowledge), knowledge.tasks, 0, frozenset()) is not None


def test_a_sentence_is_more_than_a_name(knowledge: Knowledge) -> None:
    assert bodies_only(words_of("Sở Tài chính rà soát dự toán.", knowledge), knowledge.tasks, 0, frozenset()) is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        pytest.param("Các đơn vị có thủ tục hành chính", True, id="group"),
        pytest.param("Một số lưu ý trong việc xử lý văn bản", False, id="plural-of-a-thing"),
        pytest.param("Các địa phương chủ động rà soát:", False, id="group-with-an-order"),
    ],
)
def test_a_whole_group_holds_no_order(text: str, group: bool, knowledge: Knowledge) -> None:
    assert (whole_group(words_of(text, knowledge), knowledge.tasks, 0) is not None) is group


def test_phrases_spelled_alike_match_as_written(knowledge: Knowledge) -> None:
    openings = Openings(words_of("cung cấp dữ liệu", knowledge), knowledge.tasks)
    assert openings.match("body_tail", 0) < 0
    assert openings.match("verb", 0) > 0


def test_sentences_end_before_a_capital_and_not_inside_a_number() -> None:
    text = "Chi 1.500 đồng theo TP. Hà Nội. Bộ Y tế báo cáo."
    found = [text[a:b] for a, b in sentences(text, 0, len(text))]
    assert found == ["Chi 1.500 đồng theo TP. Hà Nội.", "Bộ Y tế báo cáo."]


def test_clauses_do_not_end_in_brackets() -> None:
    text = "Rà soát (luật; nghị định); báo cáo"
    assert [text[a:b] for a, b in clauses(text, 0, len(text))] == ["Rà soát (luật; nghị định)", "báo cáo"]


def test_every_row_of_cues_has_words_that_stand_in_its_patterns(knowledge: Knowledge) -> None:
    for role, words in knowledge.tasks.words.items():
        for word in words:
            found = knowledge.tasks.patterns[role].match(fold(word))
            assert found is not None, (role, word)
            assert found.end() == len(word), (role, word)
