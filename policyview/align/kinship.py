"""Whether two documents are versions of one policy: what speaks for it, what against, and what is not told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from policyview.align.identity import Identity

_ALIKE = 0.5  # share of the shorter title's telling words that the other holds, from which they may be one policy's
_ONE_TEXT = 0.85  # share of words from which two documents of one date are the same version
_LINES = {"medicaid": "Medicaid", "medicare": "Medicare", "medicare_advantage": "Medicare Advantage",
          "fep": "federal employees"}  # fmt: skip
_KNOWN_ENTRIES = 2  # history entries that both hold, from which one is not a chance


@dataclass(frozen=True)
class Kinship:
    """``sort`` is one policy, a look-alike of it, or another policy; ``why`` says it in half sentences.

    ``doubts`` say what was not told. ``is_open`` where that could make them of two policies, ``is_contrary`` where
    the documents say so themselves.
    """

    sort: Literal["one", "alike", "other"]
    why: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    is_open: bool = False
    is_contrary: bool = False


def kinship(one: Identity, other: Identity) -> Kinship:
    """Judges two documents; the order in which they are given changes nothing but the order of their names."""
    against = tuple(_against(one, other))
    shared = _shared(one, other)
    if not against and _suffices(one, other, shared):
        confirmed = _confirmed(one, other)
        doubts = tuple(_doubts(one, other, bool(confirmed)))
        return Kinship("one", (_told(shared), *confirmed), doubts, is_open=_is_open(one, other))
    if "number" in shared or ("title" in shared and ("payer" in shared or not (one.payer and other.payer))):
        why = against or tuple(_wanting(one, other, shared))
        return Kinship("alike", why, is_contrary=bool(against))
    return Kinship("other", against or ("they share neither number nor title",), is_contrary=bool(against))


# --------------------------------------------------------------------------- what they share


def _shared(one: Identity, other: Identity) -> frozenset[str]:
    found = {
        "payer": bool(one.payer) and _is_one_payer(one, other),
        "number": bool(one.stem) and one.stem == other.stem,
        "title": _is_one_title(one, other),
        "topic": _is_one_topic(one, other),
    }
    return frozenset(name for name, is_shared in found.items() if is_shared)


def _is_one_payer(one: Identity, other: Identity) -> bool:
    short, long = sorted((one.payer, other.payer), key=len)
    return "".join(short) == "".join(long) or long[:len(short)] == short


def _is_one_title(one: Identity, other: Identity) -> bool:
    return bool(one.title) and "".join(one.title) == "".join(other.title)


def _is_one_topic(one: Identity, other: Identity) -> bool:
    short, long = sorted((one.about, other.about), key=len)
    return _is_one_title(one, other) or (bool(short) and len(short & long) >= _ALIKE * len(short))


def _confirmed(one: Identity, other: Identity) -> tuple[str, ...]:
    """What besides payer, number and title only versions of one policy share."""
    return tuple(_confirming(one, other))


def _confirming(one: Identity, other: Identity) -> Iterator[str]:
    first, second = one.policy.dates.original_effective, other.policy.dates.original_effective
    if first and first == second:
        yield f"both first effective {first}"
    known = len(one.told & other.told)
    if known >= _KNOWN_ENTRIES:
        yield f"{known} entries of the revision history in both"


def _suffices(one: Identity, other: Identity, shared: frozenset[str]) -> bool:
    """Whether what they share makes one policy of them, where nothing speaks against it."""
    is_number, is_title = "number" in shared, "title" in shared
    if is_number and ("payer" in shared or is_title):
        return is_title or "topic" in shared or not (one.title and other.title) or bool(_confirmed(one, other))
    if not is_title:
        return False
    is_numbered = bool(one.stem or other.stem)
    return bool(_confirmed(one, other)) if is_numbered or "payer" not in shared else _is_named_alike(one, other)


def _is_named_alike(one: Identity, other: Identity) -> bool:
    """By the title alone "Larkspur" and "Larkspur Better Health" are two."""
    return "".join(one.payer) == "".join(other.payer) or bool(_confirmed(one, other))


def _told(shared: frozenset[str]) -> str:
    """"same payer, number and title"."""
    names = [name for name in ("payer", "number", "title") if name in shared]
    return f"same {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"same {names[0]}"


# --------------------------------------------------------------------------- what speaks against it


def _against(one: Identity, other: Identity) -> Iterator[str]:
    if one.is_second_hand != other.is_second_hand or one.is_reference != other.is_reference:
        yield "one is a policy, the other tells of policies"
    if one.payer and other.payer and not _is_one_payer(one, other):
        yield f"the payers differ ({one.policy.payer}; {other.policy.payer})"
    if one.stem and other.stem and one.stem != other.stem:
        yield f"the numbers differ ({one.policy.number}; {other.policy.number})"
    if _is_for_others(one, other):
        yield f"they are for different members ({_scope(one)}; {_scope(other)})"
    if one.title and other.title and not (_is_one_topic(one, other) or _confirmed(one, other)):
        yield "the titles differ"


def _is_for_others(one: Identity, other: Identity) -> bool:
    """Whether no member can be under both: other lines of business, or other states in all that they share."""
    if not one.scope or not other.scope:
        return False
    lines = [line for line in one.scope if line in other.scope]
    return not lines or all(_are_apart(one.scope[line], other.scope[line]) for line in lines)


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


def _scope(identity: Identity) -> str:
    parts = (
        " ".join((_LINES.get(line, line), *([f"in {', '.join(sorted(states))}"] if states else [])))
        for line, states in identity.scope.items()
    )
    return ", ".join(parts)


# --------------------------------------------------------------------------- what is not told


def _is_open(one: Identity, other: Identity) -> bool:
    return bool(one.scope) != bool(other.scope) or not (one.payer and other.payer) or not (one.stem and other.stem)


def _doubts(one: Identity, other: Identity, is_confirmed: bool) -> Iterator[str]:
    nameless = [each for each in (one, other) if not each.payer]
    if nameless:
        yield f"no payer was found in {' and '.join(each.name for each in nameless)}"
    elif not is_confirmed and "".join(one.payer) != "".join(other.payer):
        yield f"the payer is named differently ({one.policy.payer}; {other.policy.payer})"
    if not (one.title and other.title):
        yield "not both have a title"
    if not is_confirmed and bool(one.scope) != bool(other.scope):
        silent = other if one.scope else one
        yield f"{silent.name} does not tell whom it is for, the other does ({_scope(one) or _scope(other)})"


def _wanting(one: Identity, other: Identity, shared: frozenset[str]) -> Iterator[str]:
    """What would have to be shared as well."""
    if "number" not in shared:
        yield "only the title is the same" if not (one.stem or other.stem) else "only one of them prints a number"
    elif "payer" not in shared:
        yield "no payer is named, and the titles differ"
    else:
        yield "only payer and number are the same"


def is_same_text(one: Identity, other: Identity) -> bool:
    """Whether two documents are one version in two files, as its PDF and its web page."""
    if one.reading.document.sha256 == other.reading.document.sha256:
        return True
    return len(one.words & other.words) >= _ONE_TEXT * len(one.words | other.words)
