"""What a document says of which policy it is, ready to be compared with another's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from policyview.align.vocabulary import plain, stems, vocabulary_of
from policyview.lexicon import Lexicon
from policyview.model import Policy, Reading

_TELLING = 3  # letters from which a title's word tells something


@dataclass(frozen=True, eq=False)
class Identity:
    """Everything is folded, and empty where the document does not say it.

    ``stem`` is the number without what names the version in it. ``about`` is what the title names: services, conditions
    and its telling words. ``scope`` gives the states of each line of business.
    """

    reading: Reading
    payer: tuple[str, ...]
    stem: str
    title: tuple[str, ...]
    about: frozenset[str]
    scope: Mapping[str, frozenset[str]]

    @property
    def policy(self) -> Policy:
        return self.reading.facts.policy

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePath(self.reading.file).name

    @property
    def is_second_hand(self) -> bool:
        """Whether it tells of a policy rather than being one."""
        return self.policy.authority == "third_party" or self.policy.kind == "coverage_bulletin"

    @property
    def is_reference(self) -> bool:
        return self.policy.authority == "reference" or self.policy.kind == "clinical_reference"

    @cached_property
    def told(self) -> frozenset[tuple[str, str]]:
        """The dated entries of its revision history, by date and words."""
        entries = self.reading.facts.history
        return frozenset((entry.date, _bare(entry.text)) for entry in entries if entry.date)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the document."""
        return frozenset(re.findall(r"\w+", self.reading.document.text.lower()))


def identity_of(reading: Reading, lexicon: Lexicon) -> Identity:
    """Reads payer, number, title and lines of business for comparison."""
    policy = reading.facts.policy
    stem = _stem(policy.number or "", lexicon)
    title = _title(policy, lexicon)
    named = vocabulary_of(lexicon).read(" ".join(title))
    concepts = (*named.concepts("service"), *named.concepts("condition"))
    words = (word for word in stems(_without_kind(" ".join(title), lexicon)) if len(word) >= _TELLING)
    about = frozenset((*(concept.name for concept in concepts), *words))
    scope: dict[str, frozenset[str]] = {}
    for each in policy.applies_to:
        scope[each.line] = scope.get(each.line, frozenset()) | frozenset(each.states)
    return Identity(reading, _payer(policy.payer, lexicon), stem, title, about, scope)


def _payer(name: str | None, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a payer's name without its legal form; one name where the lexicon knows several."""
    if not name:
        return ()
    for entry in lexicon.entries("editions"):
        if entry.get("payer") and entry.regex.fullmatch(name.strip()):
            return _words(str(entry.get("payer")))
    form, bare = lexicon["editions"]["payer_form"].regex, name.strip(" ,.")
    while (shorter := form.sub(" ", bare).strip(" ,.")) not in (bare, ""):
        bare = shorter
    return _words(bare) or _words(name)


def _stem(number: str, lexicon: Lexicon) -> str:
    """A number without what names the version in it; the whole number where nothing telling would remain."""
    entries = lexicon["editions"]
    bare = entries["counted"].regex.sub("", number.strip())
    undated = entries["dated"].regex.sub("", bare).strip()
    if undated != bare:
        undated = entries["revision"].regex.sub("", undated)
    return _spaced(next((each for each in (undated, bare) if re.search(r"\d", each)), number))


def _title(policy: Policy, lexicon: Lexicon) -> tuple[str, ...]:
    """The title's words without number, payer and version."""
    title = plain(policy.title or "")
    for known in (policy.number, policy.payer):
        if known:
            title = re.sub(rf"(?<!\w){re.escape(plain(known))}(?!\w)", " ", title)
    return _words(lexicon["editions"]["counted"].regex.sub("", title.strip()))


def _without_kind(title: str, lexicon: Lexicon) -> str:
    for entry in lexicon.entries("titles"):
        title = entry.regex.sub(" ", title)
    return title


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", plain(text)))


def _spaced(text: str | None) -> str:
    """Letters and digits, a blank for whatever stands between."""
    return re.sub(r"[\W_]+", " ", plain(text or "")).strip()


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
