"""The words around codes: which system a heading names, which group a lead-in states, what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policyview.extract.near import holds
from policyview.lexicon import Lexicon
from policyview.model import CodeGroup

LEAD_WORDS = 45  # a longer paragraph is prose about codes, no lead-in to a list of them
_STATEMENT_WORDS = 30  # of a lead-in that does not end in a colon
_LABEL_SLACK = 12  # characters that a label may have beside its words ("CPT® Codes:")
_NOT_OURS = frozenset({"NDC", "ICD-9"})
_ALONE = frozenset({"REV", "NDC", "ICD-9"})  # only a heading of their own turns the digits below into such codes
_COLUMN_HEAD = re.compile(r"(?:codes?|descriptions?|code descriptions?|[\s|®*]|CPT|HCPCS|ICD\S*)+", re.IGNORECASE)
_SPEAKS_OF_CODES = re.compile(r"\b(?:codes?|diagnos[ei]s|services?|procedures?|considered)\b", re.IGNORECASE)


@dataclass(frozen=True)
class CodeWords:
    """The lexicon's words around codes, compiled; ``labels`` holds (system, expression)."""

    labels: tuple[tuple[str, re.Pattern[str]], ...]
    groups: tuple[tuple[CodeGroup, re.Pattern[str]], ...]
    disclaimer: re.Pattern[str]
    gone: re.Pattern[str]
    residual: re.Pattern[str]
    label_needs: tuple[str, ...]  # words of which each label holds one
    residual_needs: tuple[str, ...] | None

    def system(self, text: str) -> str:
        """The code system that a line names, "" for none."""
        if not holds(text.lower(), self.label_needs):
            return ""
        named = [system for system, pattern in self.labels if system and pattern.search(text)]
        if _ALONE & set(named) and not (len(set(named)) == 1 and self.is_label(text.rstrip(" :"))):
            return ""
        return named[0] if named else ""

    def names_system(self, text: str) -> bool:
        is_near = holds(text.lower(), self.label_needs)
        return is_near and any(system and pattern.search(text) for system, pattern in self.labels)

    def is_label(self, text: str) -> bool:
        """Whether a text is hardly more than words for codes ("CPT® Codes", "Code")."""
        if not holds(text.lower(), self.label_needs) or re.search(r"\d{3}", text):
            return False
        found = (pattern.search(text) for _, pattern in self.labels)
        return any(match and len(text.strip()) <= len(match.group()) + _LABEL_SLACK for match in found)

    def may_speak_of_codes(self, text: str) -> bool:
        """False where no line of a text can say anything of codes; quick."""
        folded = text.lower()
        return holds(folded, self.label_needs) or holds(folded, self.residual_needs)

    def is_rule(self, text: str) -> bool:
        """Whether a text speaks of codes that are not listed."""
        return holds(text.lower(), self.residual_needs) and bool(self.residual.search(text))

    def is_column_head(self, text: str) -> bool:
        return bool(_COLUMN_HEAD.fullmatch(text))

    def group(self, text: str) -> CodeGroup | None:
        """What a text says codes stand for; denial is asked first, since it is built of the words of approval."""
        return next((group for group, pattern in self.groups if pattern.search(text)), None)

    def near_group(self, text: str) -> CodeGroup | None:
        """The group that the sentence just before a code states."""
        if len(text.split()) > LEAD_WORDS or self.disclaimer.search(text):
            return None
        return self.group(re.split(r"(?<=[.;])\s", text)[-1])

    def is_lead_in(self, text: str) -> bool:
        """Whether a line introduces codes: it ends in a colon, or is a short statement of its own about codes."""
        text = text.strip()
        if text.endswith(":"):
            return True
        return bool(_SPEAKS_OF_CODES.search(text)) and text[:1].isupper() and len(text.split()) <= _STATEMENT_WORDS

    def introduces(self, before: str, *, is_listing: bool) -> bool:
        """Whether a lead-in on codes ends ``before`` a code ("these codes are not covered: 99999")."""
        before = before.rstrip(" ([")
        if not before.endswith(":"):
            return False
        sentence = re.split(r"(?<=[.;])\s", before)[-1].strip()
        if len(sentence.split()) > LEAD_WORDS:
            return False
        system = self.system(sentence)
        if system in _NOT_OURS or self.gone.search(sentence):
            return False
        return bool(system) or (is_listing and bool(_SPEAKS_OF_CODES.search(sentence) or self.group(sentence)))

    def announced(self, before: str) -> str | None:
        """The system whose label ends ``before`` a code; "" where only "code" is said, None where nothing is."""
        for system, pattern in self.labels:
            ends = [match.end() for match in pattern.finditer(before)]
            if ends and re.fullmatch(r"[\s:(#,®™–-]*(?:(?:and|or|\w+:) )?", before[ends[-1]:]):
                return system
        return None


@lru_cache(maxsize=4)
def code_words(lexicon: Lexicon) -> CodeWords:
    """The words of the lexicon file ``codes``."""
    file = lexicon["codes"]

    def whole(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{file[name].regex.pattern})(?!\w)", re.IGNORECASE)

    labels = tuple((str(e.get("system")), whole(e.name)) for e in file.values() if e.get("kind") == "label")
    groups = tuple((e.get("group"), whole(e.name)) for e in file.values() if e.get("kind") == "group")
    needs = dict.fromkeys(n for e in file.values() if e.get("kind") == "label" for n in e.get("needs", ("",)))
    return CodeWords(
        labels, groups, whole("disclaimer"), whole("gone"), whole("residual"),
        tuple(needs), file["residual"].get("needs"),
    )
