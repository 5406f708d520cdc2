"""What a text names: conditions, services and settings of the lexicon, and the words that remain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from policyview.lexicon import Entry, Lexicon

Kind = Literal["condition", "service", "setting"]

_FILES: tuple[tuple[str, Kind], ...] = (
    ("conditions", "condition"), ("procedures", "service"), ("drugs", "service"), ("settings", "setting"),
)
RELATED = {"same": 1.0, "near": 0.8, "wider": 0.55, "narrower": 0.55, "": 0.0}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,40}>|[®™©†‡§*]+")
_SPECIAL = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"), **dict.fromkeys(map(ord, "‘’‚‛′ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "\u00ad\ufffe\u200b\u200c\u200d\u2060\ufeff"), None),
}
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_PREFIXES = frozenset([
    "anti", "co", "extra", "hyper", "inter", "intra", "micro", "multi", "neo", "non", "para", "peri", "post", "pre",
    "re", "semi", "sub", "supra", "trans", "vaso",
])
_NEGATIONS = frozenset(["without", "no", "not", "non", "except", "excluding", "absence", "nor"])
_NEGATION_REACH = 6  # words from "without" to what it denies: "without oedema or a history of stroke"
_NEGATION_END = frozenset(["with", "in", "for", "who", "when", "but", "if", "unless"])
_REMEMBERED = 5_000  # texts, most of them headings and statements that are asked for again
_SPELLINGS = (("aemi", "emi"), ("oedema", "edema"), ("apnoea", "apnea"), ("oesoph", "esoph"), ("haem", "hem"),
              ("tumour", "tumor"), ("paedi", "pedi"), ("isation", "ization"), ("diarrhoea", "diarrhea"))


@dataclass(frozen=True)
class Concept:
    """Something the lexicon knows by several names. ``wider`` are all concepts of which it is a kind.

    Settings of one ``axis`` exclude each other (screening, staging, follow-up). ``treats`` are conditions that a
    service takes for granted.
    """

    name: str
    kind: Kind
    wider: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    population: str = ""
    is_broad: bool = False
    axis: str = ""
    treats: frozenset[str] = frozenset()
    label: str = ""
    is_drug: bool = False


class Token(NamedTuple):
    """A word as compared, and where it stands in the folded text."""

    stem: str
    start: int
    end: int


class Mention(NamedTuple):
    """A concept where a text names it."""

    concept: Concept
    start: int
    end: int
    is_denied: bool


class Said(NamedTuple):
    """A word that is no filler, where it stands, and the concept it is part of."""

    stem: str
    start: int
    concept: Concept | None


@dataclass(frozen=True)
class Named:
    """All that a text names: ``mentions`` in order, ``words`` (stems) that no concept and no filler took.

    ``plain`` is the folded text, ``rest`` the same with the mentions blanked, ``said`` all words but fillers.
    """

    plain: str
    rest: str
    mentions: tuple[Mention, ...]
    words: tuple[str, ...]
    said: tuple[Said, ...] = ()

    def concepts(self, kind: Kind, *, denied: bool = False) -> tuple[Concept, ...]:
        """The concepts of one kind in the order of their first mention."""
        found = (m.concept for m in self.mentions if m.concept.kind == kind and m.is_denied == denied)
        return tuple(dict.fromkeys(found))


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    concept: Concept | None = None


def plain(text: str) -> str:
    """The text folded for comparison: as ``wording.fold``, without its map and many times faster; no markup."""
    text = _TAG.sub(" ", text).translate(_SPECIAL)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold()
        text = "".join(map(_bare, text))
    return " ".join(text.lower().split())


@lru_cache(maxsize=2_000)
def _bare(letter: str) -> str:
    """A letter without its accent ("ç", "é"); what is no accented letter of ours stays."""
    return unicodedata.normalize("NFD", letter)[0] if letter.isalpha() and not letter.isascii() else letter


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without plural, possessive, -ly and British spelling, as it is compared."""
    word = word.removesuffix("'s").replace("'", "")
    for british, american in _SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    if len(word) > 6 and word.endswith("ly"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def tokens(folded: str) -> list[Token]:
    """The words of a folded text; a prefix that stands alone joins what follows ("post-operative")."""
    found: list[Token] = []
    pending: Token | None = None
    for match in _WORD.finditer(folded):
        token = Token(stem(match.group()), match.start(), match.end())
        if pending is not None:
            if token.start - pending.end <= 1 and not token.stem.isdigit():
                token = Token(pending.stem + token.stem, pending.start, token.end)
            else:
                found.append(pending)
            pending = None
        if token.stem in _PREFIXES:
            pending = token
        else:
            found.append(token)
    return [*found, pending] if pending else found


def stems(text: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(plain(text)))


@dataclass(eq=False)
class Vocabulary:
    """The lexicon's names as a tree of words, so that a text is read once whatever the lexicon's size."""

    lexicon: Lexicon
    _root: _Node = field(default_factory=_Node)
    _remembered: dict[str, Named] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    generic: frozenset[str] = frozenset()  # names that have kinds

    def __post_init__(self) -> None:
        entries = [(file, kind, e) for file, kind in _FILES for e in self.lexicon.files.get(file, {}).values()]
        parents = {entry.name: frozenset(entry.get("wider", ())) for *_, entry in entries}
        self.generic = frozenset(name for names in parents.values() for name in names)
        for file, kind, entry in entries:
            concept = _concept(kind, entry, parents, is_drug=file == "drugs")
            self.concepts[concept.name] = concept
            for pattern in entry.patterns:
                self._plant(stems(pattern), concept)

    def _plant(self, phrase: tuple[str, ...], concept: Concept) -> None:
        node = self._root
        for word in phrase:
            node = node.children.setdefault(word, _Node())
        if phrase and node.concept is None:
            node.concept = concept

    @cached_property
    def fillers(self) -> frozenset[str]:
        entries = self.lexicon.files.get("fillers", {}).values()
        return frozenset(word for entry in entries for pattern in entry.patterns for word in stems(pattern))

    def read(self, text: str) -> Named:
        """What the text names; texts that were read lately are remembered."""
        found = self._remembered.pop(text, None) or self._read(text)
        self._remembered[text] = found
        if len(self._remembered) > _REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        return found

    def _read(self, text: str) -> Named:
        folded = plain(text)
        words = tokens(folded)
        mentions, said = list[Mention](), list[Said]()
        at = 0
        while at < len(words):
            concept, length = self._longest(words, at)
            taken = words[at : at + max(length, 1)]
            said.extend(Said(t.stem, t.start, concept) for t in taken if self._tells(t.stem))
            if concept is not None:
                mentions.extend(self._coordinated(words, at, length))
                mentions.append(Mention(concept, words[at].start, taken[-1].end, _is_denied(words, at)))
            at += len(taken)
        rest = folded
        for mention in mentions:
            rest = rest[: mention.start] + " " * (mention.end - mention.start) + rest[mention.end :]
        return Named(folded, rest, tuple(mentions), tuple(w.stem for w in said if w.concept is None), tuple(said))

    def _tells(self, stem: str) -> bool:
        return stem not in self.fillers and len(stem) > 1 and not stem[0].isdigit()

    def _longest(self, words: list[Token], at: int) -> tuple[Concept | None, int]:
        node, best, length = self._root, None, 0
        for offset in range(at, len(words)):
            following = node.children.get(words[offset].stem)
            if following is None:
                break
            node = following
            if node.concept is not None:
                best, length = node.concept, offset - at + 1
        return best, length

    def _coordinated(self, words: list[Token], at: int, length: int) -> list[Mention]:
        """What "episodic" names in "episodic or chronic migraine"."""
        if at < 2 or length < 2 or words[at - 1].stem not in ("or", "and"):
            return []
        phrase = [words[at - 2], *words[at + 1 : at + length]]
        concept, held = self._longest(phrase, 0)
        if concept is None or held != length:
            return []
        return [Mention(concept, words[at - 2].start, words[at - 2].end, _is_denied(words, at - 2))]

    def related(self, one: str, other: str) -> Literal["same", "near", "wider", "narrower", ""]:
        """What ``one`` is to ``other``: "wider" where other is a kind of one."""
        if one == other:
            return "same"
        first, second = self.concepts.get(one), self.concepts.get(other)
        if first is None or second is None:
            return ""
        if other in first.near or one in second.near:
            return "near"
        if one in second.wider:
            return "wider"
        return "narrower" if other in first.wider else ""

    def labels(self, names: Iterable[str]) -> str:
        """Names of concepts as a person reads them; what is no concept stands as it is."""
        found = ((name, self.concepts.get(name)) for name in names)
        return ", ".join(concept.label if concept else name.replace("_", " ") for name, concept in found)

    def likest(self, ones: Collection[str], others: Collection[str]) -> float:
        """The closest relation between two sets of names, 0-1."""
        return max((RELATED[self.related(a, b)] for a in ones for b in others), default=0.0)


def _is_denied(words: list[Token], at: int) -> bool:
    before = [token.stem for token in words[max(0, at - _NEGATION_REACH) : at]]
    for place in range(len(before) - 1, -1, -1):
        if before[place] in _NEGATIONS or before[place : place + 2] == ["other", "than"]:
            return True
        if before[place] in _NEGATION_END:
            return False
    return False


def _concept(kind: Kind, entry: Entry, parents: Mapping[str, frozenset[str]], *, is_drug: bool) -> Concept:
    return Concept(
        entry.name, kind, frozenset(_ancestors(entry.name, parents)), frozenset(entry.get("near", ())),
        str(entry.get("population", "")), bool(entry.get("broad", False)), str(entry.get("axis", "")),
        frozenset(entry.get("treats", ())), entry.patterns[0] if entry.patterns else entry.name, is_drug,
    )


def _ancestors(name: str, parents: Mapping[str, frozenset[str]]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(parents.get(name, ()))
    while waiting:
        parent = waiting.pop()
        if parent not in seen:
            seen.add(parent)
            waiting.extend(parents.get(parent, ()))
    return iter(sorted(seen))


@lru_cache(maxsize=4)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    return Vocabulary(lexicon)
