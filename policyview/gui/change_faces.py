"""Two versions compared, ready to be shown: every string and every place of every change, computed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from textwrap import shorten

from policyview.export import vocabulary
from policyview.export.versions import CONTRADICTED, Piece, VersionReport, redline, redline_of
from policyview.gui.beside import Beside, both_ways
from policyview.gui.board import flat
from policyview.gui.changed_words import changed_words, find_words, words_before
from policyview.gui.citation import citation
from policyview.gui.heading_words import heading
from policyview.gui.standing import Target, parts
from policyview.model import Anchor, Reading
from policyview.review import ChangeSubject
from policyview.versions import Alongside, Change, Diff, Entry, Side, Suppressed

GROUPS = ("coverage", "evidence", "administration", "history", "editorial", "suppressed")
CHANGES = frozenset({"coverage", "evidence", "administration", "editorial"})
_LONGEST_ENTRY = 160  # characters of a history entry over the list; the list and the page have all of it
UNTOLD = "not told in the history"
_NOT_THERE = "not in this version; it would stand at the mark"
_REMOVED, _ADDED = "removed words are struck through", "added words are underlined"
_NO_PLACE = "not in this version"


@dataclass(frozen=True, eq=False)
class ChangeFace:
    """A line of the list and what is shown of it. ``places`` and ``said`` are of the older and of the newer version.

    ``subject`` is what a review of it is about, None for what is no change: history entries and what was suppressed.
    ``is_loud`` for what must not be passed over.
    """

    group: str
    icon: str
    sentence: str
    about: str
    head: str
    told: str = ""
    why: str = ""
    pieces: tuple[Piece, ...] = ()
    places: tuple[Target | None, Target | None] = (None, None)
    said: tuple[str, str] = ("", "")
    sought: tuple[str, str] = ("", "")
    subject: ChangeSubject | None = None
    bears_on: str = ""
    is_moved: bool = False
    is_told: bool = True
    is_loud: bool = False

    @property
    def is_substantive(self) -> bool:
        return self.subject is not None and self.group != "editorial"


@dataclass(frozen=True, eq=False)
class ChangeBoard:
    """``groups`` holds the lines of each of ``GROUPS``, in order; ``beside`` tells which places belong together."""

    report: VersionReport
    groups: Mapping[str, tuple[ChangeFace, ...]]
    beside: tuple[Beside, Beside]

    @property
    def counts(self) -> str:
        """One line: how many changes of each weight."""
        told = ("coverage", "evidence", "administration")
        said = [f"{len(self.groups[name])} on {name}" for name in told if self.groups[name] or name != told[2]]
        said += [f"{len(self.groups[name])} {name}" for name in ("editorial", "suppressed")]
        return ", ".join(said)

    @cached_property
    def subjects(self) -> tuple[ChangeSubject, ...]:
        """All substantive changes."""
        found = (face.subject for name in GROUPS for face in self.groups[name] if face.is_substantive)
        return tuple(subject for subject in found if subject)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """The history entries by which nothing was changed, while something on coverage was."""
        return tuple(
            f"The newer version’s history says “{_short(entry.text)}”{f' ({entry.date})' if entry.date else ''}, "
            f"{CONTRADICTED}."
            for entry in self.report.diff.history if entry.is_contradicted
        )  # fmt: skip


def change_board(
    old: Reading, new: Reading, diff: Diff, alongside: Sequence[Alongside]
) -> Iterator[ChangeBoard | None]:
    """The board, as the last thing yielded; None after each change, so that the work can be left."""
    report = VersionReport(old, new, diff)
    beside = both_ways(alongside, diff.changes, (len(old.document.text), len(new.document.text)))
    groups: dict[str, list[ChangeFace]] = {name: [] for name in GROUPS}
    for face in _Faces(report, beside).all():
        groups[face.group].append(face)
        yield None
    yield ChangeBoard(report, {name: tuple(found) for name, found in groups.items()}, beside)


class _Faces:
    """Makes the faces of one comparison."""

    def __init__(self, report: VersionReport, beside: tuple[Beside, Beside]) -> None:
        self._report = report
        self._beside = beside
        self._readings = report.old, report.new
        self._sums = report.old.document.sha256, report.new.document.sha256

    def all(self) -> Iterator[ChangeFace]:
        diff = self._report.diff
        yield from map(self.of_change, diff.changes)
        yield from map(self.of_entry, diff.history)
        yield from map(of_suppressed, diff.suppressed)

    def of_change(self, change: Change) -> ChangeFace:
        is_rule = change.significance == "substantive"
        what = f"{vocabulary.word('change_kinds', change.kind)} {change.action}"
        told = "" if not is_rule else "told in the history" if change.documented else UNTOLD
        pages = " → ".join(f"p.\u00a0{side.anchor.page}" for side in (change.before, change.after)
                           if side and side.anchor.page)  # fmt: skip
        under = f"under “{heading(flat(change.section))}”" if change.section else ""
        pieces = redline(change)
        return ChangeFace(
            group=change.bears_on if is_rule else "editorial",
            icon=f"change-{change.action}",
            sentence=flat(change.summary),
            about=_joined(what, told if is_rule else f"on {change.bears_on}"),
            head=_joined(what, f"bears on {change.bears_on}" if is_rule else "editorial", under, pages),
            told=_told(change) if is_rule else "",
            why=_why(change),
            pieces=_shown(pieces),
            places=self._places(change, pieces),
            said=_said(change),
            subject=ChangeSubject(*self._sums, change.kind, *_anchors(change)),
            bears_on=change.bears_on,
            is_moved=change.action == "moved",
            is_told=not is_rule or change.documented is not None,
        )

    def of_entry(self, entry: Entry) -> ChangeFace:
        found = CONTRADICTED if entry.is_contradicted else vocabulary.word("found", entry.found)
        is_loud, date = entry.is_contradicted or entry.found == "no", entry.date or "undated"
        place = Target(self._readings[1], parts(entry.anchor), parts(entry.anchor), "", ("added", "unit"))
        return ChangeFace(
            group="history",
            icon="history-doubt" if is_loud else "history",
            sentence=flat(entry.text),
            about=_joined(date, found),
            head=_joined("Entry of the newer version’s history", date),
            told=found[:1].upper() + found[1:],
            pieces=(Piece(flat(entry.text), "same"),),
            places=(self._gap(0, entry.anchor.start), place),
            said=(_NOT_THERE, "the entry is lit"),
            is_loud=is_loud,
        )

    def _places(self, change: Change, pieces: Sequence[Piece]) -> tuple[Target | None, Target | None]:
        before, after = change.before, change.after
        return (
            self._place(0, before, pieces) if before else self._gap(0, after.anchor.start if after else 0),
            self._place(1, after, pieces) if after else self._gap(1, before.anchor.start if before else 0),
        )

    def _place(self, version: int, side: Side, pieces: Sequence[Piece]) -> Target:
        sort, style = (("old", "removed"), ("new", "added"))[version]
        reading = self._readings[version]
        words = changed_words(reading.document, side, pieces, "old" if sort == "old" else "new")
        return Target(reading, words, parts(side.anchor), "", (style, "unit"))

    def _gap(self, version: int, there: int) -> Target | None:
        """Where in one version would stand what the other has at an offset."""
        reading = self._readings[version]
        end = self._beside[1 - version].end_before(there)
        words = words_before(reading.document, end) if end is not None else None
        return Target(reading, (), (words,) if words else (), "", ("removed", "gap"))


def _said(change: Change) -> tuple[str, str]:
    """What is said over each version."""
    if change.before is None:
        return _NOT_THERE, _ADDED
    if change.after is None:
        return _REMOVED, _NOT_THERE
    is_same = change.before.text == change.after.text
    return ("the same words", "the same words") if is_same else (_REMOVED, _ADDED)


def _anchors(change: Change) -> tuple[Anchor | None, Anchor | None]:
    before, after = (side.anchor if side else None for side in (change.before, change.after))
    return before, after


def _why(change: Change) -> str:
    """The reasons as they are printed elsewhere, their signs as a person writes them."""
    why = flat("; ".join(change.why))
    for typed, printed in (("->", "→"), (">=", "≥"), ("<=", "≤")):
        why = why.replace(typed, printed)
    return why


def _short(text: str) -> str:
    return shorten(flat(text), _LONGEST_ENTRY, placeholder=" …")


def _told(change: Change) -> str:
    entry = change.documented
    return f"Told in the history: “{flat(entry.text)}”" if entry else UNTOLD[:1].upper() + UNTOLD[1:]


def of_suppressed(each: Suppressed) -> ChangeFace:
    """The line of what changes nothing; its places are sought when it is looked at, see ``placed``."""
    before, after = flat(each.before), flat(each.after)
    sentence = f"{before or 'nothing'} → {after or 'nothing'}" if before != after else after
    return ChangeFace(
        "suppressed", "suppressed", sentence, each.reason, _joined("Suppressed", each.reason),
        "Listed so that nothing vanishes: it changes no rule.", pieces=_shown(redline_of(each.before, each.after)),
        sought=(each.before, each.after),
    )  # fmt: skip


def placed(face: ChangeFace, report: VersionReport) -> ChangeFace:
    """A face with the places of what was suppressed."""
    if not any(face.sought):
        return face
    places: list[Target | None] = []
    said: list[str] = []
    for reading, text, style in zip((report.old, report.new), face.sought, ("removed", "added"), strict=True):
        found = find_words(reading.document, text)
        places.append(Target(reading, (), (found,) if found else (), "", (style, "unit")))
        said.append("" if found else "its place was not found" if text else _NO_PLACE)
    return replace(face, places=(places[0], places[1]), said=(said[0], said[1]))


def change_text(face: ChangeFace) -> str:
    """A line as text to paste elsewhere: what it is, both versions' own words, and where they stand."""
    said = [face.sentence, _joined(face.head, face.told)]
    for name, place in zip(("Older", "Newer"), face.places, strict=True):
        anchors = place.basis if place is not None and place.styles[1] == "unit" else ()
        if place is not None and anchors:
            words = " … ".join(flat(anchor.quote) for anchor in anchors)
            where = citation(place.reading, anchors[0].page, place.section)
            said.append(f"{name}: “{words}”\n— {where}")
    return "\n".join(said)


def _shown(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces fit to be shown on one line, the blanks between them kept."""
    return tuple(piece._replace(text=_flat_piece(piece.text)) for piece in pieces)


def _flat_piece(text: str) -> str:
    inner = flat(text)
    left, right = text[:1].isspace(), text[-1:].isspace() and bool(inner)
    return f"{' ' if left else ''}{inner}{' ' if right else ''}"


def _joined(*said: str) -> str:
    return " · ".join(filter(None, said))
