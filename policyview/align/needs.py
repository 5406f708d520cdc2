"""What a statement asks for, as a tree that can be held against another's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policyview.align.abbreviations import written_out
from policyview.align.interval import Interval
from policyview.align.population import Population, read_population
from policyview.align.telling import telling_of
from policyview.align.vocabulary import vocabulary_of
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Indication

_AGE_WORDS = 14  # words of a criterion that only states the age
_ANNOUNCING = 9  # words; a shorter lead-in of a list asks for nothing itself
_ASKS = 2  # telling words from which a longer one does
_UNKNOWN = -1  # how many are needed is not printed


@dataclass(frozen=True)
class Need:
    """A criterion, or several of which ``least`` must hold (0: none may, -1: not printed how many).

    A list keeps its lead-in as ``criterion`` where that asks for something itself; ``about`` is the statement's own
    sentence where the list hangs on that.
    """

    criterion: Criterion | None
    parts: tuple[Need, ...] = ()
    least: int = 1
    about: str = ""

    @property
    def is_all(self) -> bool:
        return bool(self.parts) and self.least == len(self.parts)

    @property
    def text(self) -> str:
        """What it asks for, in the payer's words; of a list as far as it names something."""
        if self.criterion is not None:
            return self.criterion.text
        between = {len(self.parts): " and ", 0: " nor "}.get(self.least, " or ")
        return between.join(part.text for part in self.parts)

    def criteria(self) -> Iterator[Criterion]:
        """Its criteria, the lead-in of a list first."""
        if self.criterion is not None:
            yield self.criterion
        for part in self.parts:
            yield from part.criteria()


@dataclass(frozen=True)
class Demand:
    """A statement's needs, all of which must hold; for whom, and how severe, where it says so.

    ``text`` are its own words without the names of diseases.
    """

    needs: tuple[Need, ...]
    text: str
    people: Population
    severities: frozenset[str]

    @property
    def ages(self) -> Interval | None:
        return self.people.ages


def demand_of(indication: Indication, lexicon: Lexicon) -> Demand:
    """The needs of a statement: what its criteria ask for, beyond its disease and the age of the patients."""
    reader = _Reader(indication, lexicon)
    own = [_need(each, lexicon) for each in indication.criteria]
    together = replace(_group(own, _least(indication.logic, indication.n, len(own))), about=reader.rest)
    needs = reader.told([together, *(_need(each, lexicon) for each in indication.inherited)])
    return Demand(tuple(needs), reader.rest, reader.people, frozenset(reader.severities))


def _need(criterion: Criterion, lexicon: Lexicon) -> Need:
    if not criterion.children:
        return Need(criterion)
    lead = criterion if len(criterion.text.split()) >= _ANNOUNCING and _asks(criterion.text, lexicon) else None
    parts = [_need(child, lexicon) for child in criterion.children]
    return _group(parts, _least(criterion.logic, criterion.n, len(parts)), lead)


def _asks(lead: str, lexicon: Lexicon) -> bool:
    """Whether a lead-in names anything, rather than only announces its list."""
    return len(telling_of(lexicon).bag(vocabulary_of(lexicon).read(lead))) >= _ASKS


def _least(logic: str | None, n: int | None, count: int) -> int:
    if logic == "none":
        return 0
    if logic == "any":
        return min(n or 1, count)
    if logic == "at_least":
        return n if n and n <= count else _UNKNOWN
    return count if logic == "all" or count < 2 else _UNKNOWN


def _group(parts: Sequence[Need], least: int, lead: Criterion | None = None) -> Need:
    """The needs together; a list of one is that one, lists all of which must hold are one list."""
    if len(parts) == 1 and least == 1 and lead is None:
        return parts[0]
    if least == len(parts):
        parts = [one for part in parts for one in (part.parts if part.is_all and not part.criterion else (part,))]
        least = len(parts)
    return Need(lead, tuple(parts), least)


class _Reader:
    """Tells the criteria that restate the statement, or its patients' age, from those that ask for more."""

    def __init__(self, indication: Indication, lexicon: Lexicon) -> None:
        self._lexicon, self._vocabulary, self._telling = lexicon, vocabulary_of(lexicon), telling_of(lexicon)
        said = self._vocabulary.read(f"{indication.text} ; {indication.population} ; {'; '.join(indication.context)}")
        self._said = self._telling.bag(said).keys() | self._telling.words(said.plain)
        self._conditions = {concept.name for concept in said.concepts("condition")}
        self._text = said.plain
        own = self._vocabulary.read(f"{indication.text} ; {indication.population}")
        self.rest = own.rest
        self.people = read_population(own.rest, lexicon)
        self.severities = set(self._severities(own.plain))

    def told(self, needs: Sequence[Need]) -> Iterator[Need]:
        """The needs, those that all must hold one by one, without what is compared by itself."""
        for need in needs:
            if need.is_all and need.criterion is None:
                yield from self.told(need.parts)
            elif need.parts or (need.criterion is not None and not self._is_compared_itself(need.criterion)):
                yield need

    def _is_compared_itself(self, criterion: Criterion) -> bool:
        named = self._vocabulary.read(written_out(criterion.text, self._text, self._lexicon))
        if len(criterion.text.split()) <= _AGE_WORDS and (found := read_population(named.rest, self._lexicon)).ages:
            self.people = self.people if self.people.ages else found
            return True
        conditions = {concept.name for concept in named.concepts("condition")}
        told = self._telling.bag(named).keys()
        is_said = bool(told) and told <= self._said and conditions <= self._conditions
        if not is_said or any(map(str.isdigit, named.plain)):
            return False
        self.severities.update(self._severities(named.plain))
        return True

    def _severities(self, plain: str) -> Iterator[str]:
        entries = self._lexicon.files.get("severities", {}).values()
        return (entry.name for entry in entries if entry.regex.search(plain))
