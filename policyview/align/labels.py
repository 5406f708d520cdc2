"""What a row is called and under which head it stands: the condition, in the payers' plainest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyview.align.population import NEWBORN
from policyview.align.profiles import Profile
from policyview.align.telling import telling_of
from policyview.align.use import Ground
from policyview.align.vocabulary import vocabulary_of
from policyview.lexicon import Lexicon

LONGEST = 90  # characters of a label; longer ones are cut at a word
_COMFORTABLE = 60  # a name beyond this length is hard to read in a row's head
_SHORTEST = 3  # characters that can be a name
_CONTINUED = re.compile(r"continu|re-?auth|renew|maint", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z]+>|\*+|[®™©†‡]")
_EDGES = " ,;:.-–—•"


@dataclass(frozen=True)
class _Costs:
    """What makes a name a bad label, in characters that it would have to be longer to be as bad."""

    service: int = 30  # it names the service, which all rows share
    policy_word: int = 30
    unnamed: int = 60  # it does not name what the row is on
    form: int = 25  # it does not say "chronic" where all members do
    digit: int = 8
    cut: int = 25


_COSTS = _Costs()


class Labels:
    """Names the rows of one topic; no two rows of one head and stage have the same name if their words differ."""

    def __init__(self, ground: Ground, lexicon: Lexicon) -> None:
        self.ground, self.lexicon = ground, lexicon
        self.vocabulary, self.telling = vocabulary_of(lexicon), telling_of(lexicon)
        self._taken: set[tuple[str, str]] = set()

    def label(self, row: Sequence[Profile], head: str) -> str:
        """A short neutral label that is not given yet under this head, if the row has one."""
        names = [self._finished(name, row) for name in self._names(row)]
        label = next((name for name in names if (head, name.lower()) not in self._taken), names[0])
        self._taken.add((head, label.lower()))
        return label

    def _names(self, row: Sequence[Profile]) -> list[str]:
        """Possible names, the plainest first."""
        found: dict[str, tuple[float, str]] = {}
        for profile in row:
            for name in self._of(profile):
                if len(name) >= _SHORTEST:
                    found.setdefault(name, (self._cost(name, row), name.lower()))
        for name in self._composed(row):
            found.setdefault(name, (self._cost(name, row) + _COSTS.policy_word, name.lower()))
        return sorted(found, key=lambda name: found[name]) or ["Use not named"]

    def _of(self, profile: Profile) -> Iterator[str]:
        """The names one statement and its headings offer."""
        text = self._tidy(profile.use.indication.text)
        for part in (*self._parts(text), text):
            yield self._core(part)
            yield self._whole(part)
        for heading in reversed((*profile.use.indication.context, profile.use.indication.section)):
            plain = self._tidy(heading)
            if self._names(profile_words := plain, profile) if False else self._says(plain, profile):
                yield self._core(plain)
            del plain

    def _says(self, heading: str, profile: Profile) -> bool:
        """Whether a heading names the statement's use: by its condition or all of the words that name it."""
        named = self.vocabulary.read(heading)
        if profile.main is not None:
            return any(c.name == profile.main for c in named.concepts("condition"))
        said = self.telling.words(heading)
        return bool(profile.names) and profile.names <= said or (not profile.names and bool(_CONTINUED.search(heading)))
