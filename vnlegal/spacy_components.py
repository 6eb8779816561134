"""vnlegal inside spaCy, and underthesea aligned to the source text. Nothing else in vnlegal imports either.

    >>> nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "vnlegal.Tokenizer.v1"}}})
    >>> nlp.add_pipe("vnlegal_citations")
    >>> doc = nlp("Căn cứ Nghị định số 88/2025/NĐ-CP;")
    >>> doc.spans["citations"][0].kb_id_
    '88/2025/NĐ-CP'

The components share one analysis, kept as JSON in the doc's user data (so that it survives `to_bytes` and
`n_process`) and given as an `Analysis` by `doc._.vnlegal`. A span of `doc.spans` covers whole tokens; exact
offsets stand in the analysis, found by the span's `id_`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from vnlegal.errors import MissingExtra
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.pipeline import analyze, as_document
from vnlegal.records import Analysis
from vnlegal.segment import segment
from vnlegal.text import clean

Place: TypeAlias = tuple[int, int]
Words: TypeAlias = Literal["syllables", "words"]

_KEY = "vnlegal"
# A document number (88/2025/NĐ-CP, 57-NQ/TW, 7260/BKHĐT-QLKTTW, 31/2024/QH15), a date, an address of the web or of
# mail, a figure, an abbreviation with its points, a syllable, anything else. A number ends where its letters end: the
# full stop after it is a token of its own.
_TOKEN = re.compile(
    r"""
    (?<![\w/]) \d+[a-zđ]?(?:\.\d+)? (?: /\d{4} )? (?: /[A-ZĐ][\wĐ&]*(?:-[A-ZĐ][\wĐ&]*)* | -[A-ZĐ][\wĐ]*/[A-ZĐ][\wĐ]* )
    | (?: https?:// | www\. ) [^\s<>"“”]*[\w/]
    | [\w.+-]+@\w[\w-]*(?:\.\w+)+
    | \d+(?:[./,:-]\d+)*
    | (?:[A-ZĐ]\.){2,} | (?:TP|Tp|GS|TS|PGS|ThS|KT|TM|TL|TUQ)\.(?=\s?\w)
    | [^\W\d_] [\w\u0300-\u036f]*
    | \S
    """,
    re.VERBOSE,
)


class Tokenizer(DummyTokenizer):
    """Cuts a text into tokens that give the text back to the last character; a document number is one token.

    `words="syllables"` cuts at blanks and marks; `words="words"` lets underthesea join syllables into words.
    """

    def __init__(self, vocab: Vocab, words: Words = "syllables") -> None:
        self.vocab = vocab
        self.words = words

    def __call__(self, text: str) -> Doc:
        """Return the doc of `text`."""
        places = word_places(text) if self.words == "words" else token_places(text)
        return Doc(self.vocab, *_with_blanks(text, places))


def create_tokenizer(words: Words = "syllables") -> Callable[[Language], Tokenizer]:
    """Return the maker of the tokenizer `vnlegal.Tokenizer.v1`."""

    def make(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, words)

    return make


def token_places(text: str) -> list[Place]:
    """Return where the tokens of `text` stand."""
    return [token.span() for token in _TOKEN.finditer(text)]


def word_places(text: str) -> list[Place]:
    """Return where the words of `text` stand, as underthesea segments them; document numbers stay whole.

    Raises `MissingExtra` without underthesea. Where its answer cannot be found again in the text, a paragraph is cut
    into syllables.
    """
    cut = _underthesea("word_tokenize")
    view = clean(text)
    places: list[Place] = []
    for paragraph in re.finditer(r"[^\n\f]+", view.text):
        tokens = [token.span() for token in _TOKEN.finditer(paragraph[0])]
        words = align(cut(paragraph[0], use_token_normalize=False), paragraph[0])
        for start, end in _joined(tokens, words) if words else tokens:
            places.append(view.span(paragraph.start() + start, paragraph.start() + end))
    return _with_the_rest(text, places)


def sentence_places(text: str, knowledge: Knowledge | None = None) -> list[Place]:
    """Return where the sentences of `text` stand, in reading order: wrapped lines joined, page furniture left out.

    Raises `MissingExtra` without underthesea.
    """
    cut = _underthesea("sent_tokenize")
    flow = segment(as_document(text), knowledge or load_knowledge()).flow
    places: list[Place] = []
    for paragraph in re.finditer(r"[^\n]+", flow.text):
        sentences = align(cut(paragraph[0]), paragraph[0])
        for start, end in [(0, len(paragraph[0]))] if sentences is None else sentences:
            places.append(flow.span(paragraph.start() + start, paragraph.start() + end))
    return places


def align(pieces: Iterable[str], text: str) -> list[Place] | None:
    """Return where `pieces` stand in `text`, matched on the characters that are no blanks; None where they differ."""
    solid = [(n, character) for n, character in enumerate(text) if not character.isspace()]
    places: list[Place] = []
    at = 0
    for piece in pieces:
        letters = "".join(piece.split())
        if not letters:
            continue
        here = solid[at : at + len(letters)]
        if "".join(character for _, character in here) != letters:
            return None
        places.append((here[0][0], here[-1][0] + 1))
        at += len(letters)
    return places if at == len(solid) else None


def _underthesea(name: str) -> Callable[..., list[str]]:
    try:
        import underthesea
    except ImportError as error:
        raise MissingExtra("không có underthesea", next_step='pip install "vnlegal[nlp]"') from error
    function: Callable[..., list[str]] = getattr(underthesea, name)
    return function


def _joined(tokens: Sequence[Place], words: Sequence[Place]) -> Iterator[Place]:
    """Join the tokens that lie in one word; what was cut as one token (a document number) is never cut again."""
    following = iter(words)
    word = next(following)
    start, end = tokens[0]
    for token_start, token_end in tokens[1:]:
        while word[1] <= token_start:
            word = next(following)
        if start >= word[0] and token_end <= word[1]:
            end = token_end
            continue
        yield start, end
        start, end = token_start, token_end
    yield start, end


def _with_the_rest(text: str, places: Sequence[Place]) -> list[Place]:
    """Add what the clean view leaves out (invisible marks), so that every character that is no blank is in a token."""
    full: list[Place] = []
    done = 0
    for first, end in [*places, (len(text), len(text))]:
        full += [(done + m.start(), done + m.end()) for m in re.finditer(r"\S+", text[done:first])]
        start = max(first, done)  # a mark without its letter may belong to the token before
        if end > start:
            full.append((start, end))
        done = max(done, end)
    return full


def _with_blanks(text: str, places: Sequence[Place]) -> tuple[list[str], list[bool]]:
    """Return spaCy's words and spaces: a single blank belongs to the token before it, other blanks are tokens."""
    words: list[str] = []
    spaces: list[bool] = []
    done = 0
    for start, end in [*places, (len(text), len(text))]:
        gap = text[done:start]
        if words and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        if end > start:
            words.append(text[start:end])
            spaces.append(False)
        done = end
    return words, spaces


def analysis_of(doc: Doc) -> Analysis | None:
    """Return the analysis that the components left in `doc`, None before the first of them has run."""
    found = doc.user_data.get(_KEY)
    return None if found is None else Analysis.model_validate_json(found)


class Component:
    """A pipeline component: analyzes the doc once, whichever component comes first, and fills one span group."""

    def __init__(self, group: Literal["citations", "agencies", "tasks"], knowledge: str | None) -> None:
        self.group = group
        self.folder = Path(knowledge) if knowledge else None

    def __call__(self, doc: Doc) -> Doc:
        """Add the span group to `doc`."""
        analysis = analysis_of(doc)
        if analysis is None:
            analysis = analyze(doc.text, knowledge=load_knowledge(self.folder))
            doc.user_data[_KEY] = analysis.model_dump_json()
        spans = []
        for start, end, label, target, name in _rows(analysis, self.group):
            span = doc.char_span(start, end, label=label, kb_id=target, span_id=name, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[self.group] = SpanGroup(doc, name=self.group, spans=spans)
        return doc


def _rows(analysis: Analysis, group: str) -> Iterator[tuple[int, int, str, str, str]]:
    """Yield place, label, knowledge-base id and id of every row of one group."""
    match group:
        case "citations":
            for c in analysis.citations:
                yield c.start, c.end, c.kind, c.target or "", c.id
        case "agencies":
            for a in analysis.agencies:
                yield a.start, a.end, a.kind, a.canonical, a.id
        case _:
            for t in analysis.tasks:
                yield t.start, t.end, t.modality, "", t.id


def doc_bin(documents: Iterable[tuple[str, Analysis]]) -> bytes:
    """Return texts with their rows as spaCy training data: a DocBin with the three span groups and the analysis."""
    tokenizer, out = Tokenizer(Vocab()), DocBin(store_user_data=True)
    for text, analysis in documents:
        doc = tokenizer(text)
        doc.user_data[_KEY] = analysis.model_dump_json()
        for group in ("citations", "agencies", "tasks"):
            doc = Component(group, None)(doc)
        out.add(doc)
    return bytes(out.to_bytes())


_ASSIGNS = ["doc.user_data", "doc._.vnlegal"]


@Language.factory("vnlegal_citations", assigns=[*_ASSIGNS, "doc.spans"], default_config={"knowledge": None})
def make_citations(nlp: Language, name: str, knowledge: str | None) -> Component:
    """Make the component that fills `doc.spans["citations"]`; `knowledge` is a folder with rows of the user's own."""
    return Component("citations", knowledge)


@Language.factory("vnlegal_agencies", assigns=[*_ASSIGNS, "doc.spans"], default_config={"knowledge": None})
def make_agencies(nlp: Language, name: str, knowledge: str | None) -> Component:
    """Make the component that fills `doc.spans["agencies"]`."""
    return Component("agencies", knowledge)


@Language.factory("vnlegal_tasks", assigns=[*_ASSIGNS, "doc.spans"], default_config={"knowledge": None})
def make_tasks(nlp: Language, name: str, knowledge: str | None) -> Component:
    """Make the component that fills `doc.spans["tasks"]`."""
    return Component("tasks", knowledge)


class Sentences:
    """A pipeline component that marks where sentences begin, by underthesea on the joined lines of the document."""

    def __init__(self, knowledge: str | None) -> None:
        self.folder = Path(knowledge) if knowledge else None

    def __call__(self, doc: Doc) -> Doc:
        """Set `is_sent_start` on every token of `doc`."""
        starts = {start for start, _ in sentence_places(doc.text, load_knowledge(self.folder))}
        for token in doc:
            token.is_sent_start = token.i == 0 or token.idx in starts
        return doc


@Language.factory("vnlegal_sentences", assigns=["token.is_sent_start"], default_config={"knowledge": None})
def make_sentences(nlp: Language, name: str, knowledge: str | None) -> Sentences:
    """Make the component that marks sentence starts."""
    return Sentences(knowledge)


if not Doc.has_extension("vnlegal"):
    Doc.set_extension("vnlegal", getter=analysis_of)
