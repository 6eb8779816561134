"""What is known of a document's structure: section markers, and the words that show what a line is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.errors import BadKnowledge
from vnlegal.knowledge.documents import DocumentType
from vnlegal.knowledge.files import read_toml
from vnlegal.knowledge.patterns import one_of
from vnlegal.text import LOWER, UPPER, fold, fold_tone

# Roles of a line, in the order they are tried.
LINE_ROLES = (
    "motto", "number", "subject", "addressees", "recipients", "basis", "signature", "annex", "attached", "resolves",
    "panel", "gazette", "imprint", "web_head", "web_tail",
)  # fmt: skip
Role = Literal[
    "motto", "number", "subject", "addressees", "recipients", "basis", "signature", "annex", "attached", "resolves",
    "panel", "gazette", "imprint", "web_head", "web_tail", "secrecy", "urgency", "remark", "joiner", "namer",
    "dashed", "signer_title", "issuer", "letter_opening", "type",
]  # fmt: skip


# How many letters of a line are looked at first; most lines show there that they play no role.
_OPENING = 6

# A pinpoint that a line break cut off from what it points into ("khoản 3, khoản 4", "điểm a").
_CUT_PIN = r"(?:khoan|dieu) \d{1,3}[a-z]?(?:, \d{1,3}[a-z]?)*|diem [a-z](?:, [a-z])*"


class MarkerRule(BaseModel):
    """A row of section_markers.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    pattern: str
    rank: int
    unit: Literal["heading", "article", "item"]
    counts: Literal["word", "roman", "number", "decimal", "letter", "none"]
    example: str


class StructureWords(BaseModel):
    """A row of structure_words.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class StructureKnowledge:
    """Section markers and structure words, compiled.

    `marker` matches at a line's beginning; its group names are the keys of `rules`. The other patterns match folded
    text: `line` at a line's beginning (group names are roles), `motto` anywhere in a line of capitals, `joiner` and
    `namer` the end of a line no paragraph ends with (`joining`: the joining words as written), `dashed` a name that a
    line break cuts before its dash, `signer_title` at the
    beginning of a signer's title, `issuer` at that of who issues a document, below its title, `letter_opening` at that
    of a letter's first sentence, `secrecy` and `urgency` a whole line, `remark` a transcriber's
    words. `types` are the folded names of kinds of documents, `type_names` matches one at a line's beginning;
    `openings` are the first letters, six at most, of all that `line` and `types` know.
    """

    rules: dict[str, MarkerRule]
    marker: re.Pattern[str]
    line: re.Pattern[str]
    motto: re.Pattern[str]
    joiner: re.Pattern[str]
    joining: frozenset[str]
    namer: re.Pattern[str]
    dashed: re.Pattern[str]
    signer_title: re.Pattern[str]
    issuer: re.Pattern[str]
    letter_opening: re.Pattern[str]
    secrecy: re.Pattern[str]
    urgency: re.Pattern[str]
    remark: re.Pattern[str]
    openings: frozenset[str]
    types: frozenset[str]
    type_names: re.Pattern[str]

    def type_length(self, words: str) -> int:
        """Return the length of the name of a kind of document that a line begins with, 0 without.

        The name ends with its word, or is in capitals and glued to a capital ("LUẬTNuôi con nuôi").
        """
        found = self.type_names.match(fold(words[:48]))
        if found is None:
            return 0
        size = found.end()
        following = words[size : size + 1]
        glued = following.isupper() and words[:size].isupper()
        return size if glued or not following.isalpha() else 0

    def cuts_name(self, above: str, words: str) -> bool:
        """Whether a line that begins with a dash goes on a name above ("Sở Lao động⏎- Thương binh và Xã hội")."""
        return self.dashed.search(fold(f"{above[-24:]}\n{words[:24]}")) is not None

    def is_type(self, words: str) -> bool:
        """Whether a line is nothing but the name of a kind of document ("KẾ HOẠCH", "THÔNG TƯ1")."""
        if len(words) >= 40 or not _opens(words[:_OPENING], self.openings):
            return False
        return fold(words).rstrip("0123456789*()[]:. ") in self.types

    def is_signers_title(self, words: str) -> bool:
        """Whether a line begins with a signer's title in capitals ("PHÓ CHỦ TỊCH")."""
        return words[:5].isupper() and self.signer_title.match(fold(words[:40])) is not None

    def is_post(self, words: str) -> bool:
        """Whether a line begins with a signer's title, in capitals or not ("Phó Chủ tịch")."""
        return words[:1].isupper() and self.signer_title.match(fold(words[:40])) is not None

    def opens_letter(self, words: str) -> bool:
        """Whether a line below the addressees begins the letter's first sentence ("Trả lời công văn …")."""
        return words[0].isupper() and self.letter_opening.match(fold(words[:24])) is not None

    def dangles(self, words: str) -> bool:
        """Whether a line ends with a word no paragraph ends with ("số", "của", "khoản 2", "Nghị định")."""
        tail = words[-24:]
        folded = fold(tail)
        joining = self.joiner.search(folded)
        if joining and (joining[1] is None or self._is_joiner(tail, joining.start(1))):
            return True
        named = self.namer.search(folded)
        return named is not None and tail[named.start(1)].isupper() and not words.isupper()

    def _is_joiner(self, tail: str, at: int) -> bool:
        """Whether the last word of a line, from `at` on, is a joining word and not one that only folds to it.

        "đầu tư" does not end in "từ", nor "Việt Nam" in "năm". In a line that has lost its diacritics either may.
        """
        return fold_tone(tail[at:].lower()) in self.joining or fold(tail) == tail.lower()

    def role(self, words: str) -> str | None:
        """Return the role that a line's first words show, None for most lines."""
        found = self.line.match(fold(words[:48])) if _opens(words[:_OPENING], self.openings) else None
        if found and not (found.lastgroup == "basis" and words[:12].isupper()):
            return found.lastgroup
        return "motto" if words[:4].isupper() and self.motto.search(fold(words[:130])) else None


@lru_cache(maxsize=1 << 13)
def _opens(letters: str, openings: frozenset[str]) -> bool:
    """Whether the first `letters` of a line, or fewer of them, are one of `openings`; many lines begin alike."""
    folded = fold(letters)
    return any(folded[:size] in openings for size in range(1, _OPENING + 1))


def _pattern(rule: MarkerRule) -> str:
    return rule.pattern.replace("{U}", UPPER).replace("{L}", LOWER)


def _check(rules: Sequence[MarkerRule]) -> None:
    """Raise BadKnowledge for a pattern of the user's that is no regular expression."""
    for rule in rules:
        try:
            re.compile(_pattern(rule))
        except re.error as error:
            raise BadKnowledge(
                f"section_markers.toml: {rule.key}: {error}", next_step="sửa biểu thức trong trường pattern"
            ) from error


def load_structure(extra: Path | None) -> StructureKnowledge:
    """Read the files on structure."""
    rows = read_toml("section_markers.toml", "marker", MarkerRule, extra)
    rules = tuple({rule.key: rule for rule in rows}.values())  # a row of the user's replaces ours of the same key
    if extra is not None:
        _check(rules)
    words: dict[str, list[str]] = {}
    openings: set[str] = set()
    joining: set[str] = set()
    types = [fold(row.name) for row in read_toml("document_types.toml", "type", DocumentType, extra)]
    for row in read_toml("structure_words.toml", "words", StructureWords, extra):
        if row.role == "type":
            types.extend(fold(w) for w in row.words)
        if row.role in LINE_ROLES:
            openings.update(fold(w)[:_OPENING] for w in row.words)
        if row.role == "joiner":
            joining.update(fold_tone(w.lower()) for w in row.words)
        words.setdefault(row.role, []).extend(map(fold, row.words))
    any_of = {role: f"(?:{one_of(found)})" for role, found in words.items()}
    return StructureKnowledge(
        rules={rule.key: rule for rule in rules},
        marker=re.compile("|".join(f"(?P<{rule.key}>{_pattern(rule)})" for rule in rules)),
        line=re.compile("|".join(f"(?P<{role}>{any_of[role]})" for role in LINE_ROLES)),
        # the second form: what scanners and old typing tables make of "cộng hòa xã hội chủ nghĩa"
        motto=re.compile(any_of["motto"] + r"|c.ng h.{1,4} x. ?h.i ch. ngh"),
        joiner=re.compile(rf"(?:^|[ (])({any_of['joiner']})$|(?:{_CUT_PIN})$"),
        joining=frozenset(joining),
        namer=re.compile(rf"(?:^|[ (])({any_of['namer']})$"),
        dashed=re.compile(rf"(?:^|[ (:]){any_of['dashed']}".replace(r"\ \-\ ", r"\n[-–] ?")),
        signer_title=re.compile(any_of["signer_title"]),
        issuer=re.compile(any_of["issuer"]),
        letter_opening=re.compile(any_of["letter_opening"] + r"(?!\w)"),
        secrecy=re.compile(rf"(?:do mat ?: ?)?({any_of['secrecy']})$"),
        urgency=re.compile(rf"(?:do khan ?: ?)?({any_of['urgency']})$"),
        remark=re.compile(any_of["remark"]),
        openings=frozenset([*openings, *(name[:_OPENING] for name in types)]),
        types=frozenset(types) - {"van ban"},  # a heading of web pages, of no document
        type_names=re.compile("|".join(re.escape(name) for name in sorted(set(types), key=len, reverse=True))),
    )
