"""What the words of a heading tell: the role of its section, and how it is set."""

from __future__ import annotations

import re
from functools import lru_cache

from policyview.lexicon import Entry, Lexicon
from policyview.model import POLICY_ROLES, Passage, Role
from policyview.segment.labels import split_label

LABELLED_WORDS = 12  # behind a label; more are the text of its section
TITLE_CASE_SHARE = 0.7
_SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "over", "per", "the",
    "to", "under", "with", "without", "vs", "via",
})
_MARKS = re.compile(r"(?<=[a-z])[a-e](?=:?$)|[\d*†‡§¹²³,\s-]+$")
_NUMBERED = re.compile(
    r"^(?:section |part )?(?:\d{1,2}(?:\.\d{1,2})+|[ivx]{1,5}|[a-z]|\d{1,2})(?:[:.)]| -| –)?\s+(?=[A-Z])"
)
CAPTION_WORDS = re.compile(r"(?:table|figure|exhibit|chart)\s+(?:\d+|[A-Z])\b", re.IGNORECASE)


def named_role(text: str, lexicon: Lexicon) -> Role | None:
    """The role that a heading's words name, if any."""
    entry = role_entry(text, lexicon)
    return Role(entry.get("role")) if entry else None


@lru_cache(maxsize=4096)
def role_entry(text: str, lexicon: Lexicon) -> Entry | None:
    """The lexicon's entry whose words a heading is, without its label, number and footnote marks."""
    passage = Passage(text, range(len(text)))
    label, rest = split_label(passage)
    plain = CAPTION_WORDS.sub("", text).lstrip(" .:–-") if CAPTION_WORDS.match(text) else ""
    plain = plain or _NUMBERED.sub("", rest.text if label and not label.is_bullet else text).strip().rstrip(":").strip()
    for candidate in (plain, _MARKS.sub("", plain).strip()):
        folded = candidate.casefold().replace("®", "").replace("™", "").replace("\u2019", "'")
        if _any_role(lexicon).fullmatch(folded):
            return next((entry for entry in lexicon.entries("roles") if entry.regex.fullmatch(folded)), None)
    return labelled_entry(text, lexicon)


def labelled_entry(text: str, lexicon: Lexicon) -> Entry | None:
    """The entry of a label in capitals before a few words of its own ("INDICATIONS: Requires authorization by …")."""
    label, _, words = text.partition(":")
    if not words.strip() or len(words.split()) > LABELLED_WORDS or words.rstrip().endswith((".", ";", ",", ":")):
        return None
    entry = role_entry(label, lexicon) if is_caps(label) else None
    return entry if entry and Role(entry.get("role")) in POLICY_ROLES else None


@lru_cache(maxsize=4)
def _any_role(lexicon: Lexicon) -> re.Pattern[str]:
    """What the words of any role match: most lines are asked once, not role by role."""
    return re.compile("|".join(f"(?:{entry.regex.pattern})" for entry in lexicon.entries("roles")), re.IGNORECASE)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’/-]*", text)


def is_title_case(text: str) -> bool:
    """Most words that carry meaning begin with a capital."""
    words = [w for w in _words(re.sub(r"\([^)]*\)", "", text)) if w.lower() not in _SMALL_WORDS]
    return bool(words) and words[0][0].isupper() and sum(w[0].isupper() for w in words) >= TITLE_CASE_SHARE * len(words)


@lru_cache(maxsize=4096)
def is_caps(text: str) -> bool:
    """Whether a text is set in capitals."""
    letters = sum(map(str.isalpha, text))
    return letters >= 4 and sum(map(str.isupper, text)) >= 0.85 * letters
