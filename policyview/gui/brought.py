"""What people said in another workspace whose documents were opened beside the one that is worked in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from policyview.export.said import local_time
from policyview.gui.review_steps import Saying
from policyview.model import Overrides
from policyview.review import ChangeSubject, Review, Subject, standing


@dataclass(frozen=True)
class Brought:
    """Nothing of it counts until a person takes it over; what she then says is hers, and names who said it first."""

    reviews: tuple[Review, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)

    def joined(self, reviews: Sequence[Review], overrides: Overrides) -> Brought:
        """With what one more reading brought."""
        return Brought((*self.reviews, *reviews), self.overrides.joined(overrides))

    def wanting(self, here: Sequence[Review], documents: Collection[str]) -> tuple[Saying, ...]:
        """What holds there of documents that are open, and was not said here, in its order."""
        known = {_what(each) for each in standing(here)}
        found = {_what(each): each for each in standing(self.reviews) if _is_of(each.subject, documents)}
        return tuple(_said_again(each) for what, each in found.items() if what not in known)

    def overrides_over(self, here: Overrides) -> Overrides:
        """What was said here of versions, with what was said there and is not contrary to it."""
        dated = {sha256 for sha256, _ in here.effective}
        new = {pair for pair in self.overrides.effective if pair[0] not in dated}
        same, apart = self.overrides.same - here.apart, self.overrides.apart - here.same
        return replace(here, same=here.same | same, apart=here.apart | (apart - same), effective=here.effective | new)


def _is_of(subject: Subject, documents: Collection[str]) -> bool:
    sums = (subject.old, subject.new) if isinstance(subject, ChangeSubject) else (subject.sha256,)
    return all(each in documents for each in sums)


def _what(review: Review) -> tuple[object, ...]:
    """What two reviews share that say the same, whoever said it and when; a note is told by its words."""
    said = review.text.partition(_MARK)[0] if review.action == "note" else ""
    return review.subject.identity, review.action, review.sets, said


_MARK = " (said by "


def _said_again(review: Review) -> Saying:
    by = f"said by {review.author}, {local_time(review.time)}, in another workspace"
    text = f"{review.text} ({by})" if review.text else by
    return Saying(review.action, review.subject, text, review.sets)
