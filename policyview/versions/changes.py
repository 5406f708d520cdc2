"""Judges each unit and its pair: what changed, how much it matters, and what is only print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.anchor import anchor_at
from policyview.model import Determination, Reading, Role, Unit
from policyview.versions.bearing import TAIL, bearing, is_history, is_letterhead, is_rule, joint_of, kind, says_more
from policyview.versions.facts_at import FactsAt
from policyview.versions.joined import Joined, joined
from policyview.versions.matching import Matching
from policyview.versions.meaning import Difference
from policyview.versions.model import Action, Change, Noise, Side, Significance, Suppressed
from policyview.versions.order import elsewhere, runs
from policyview.versions.pointers import pointed_at
from policyview.versions.standing import Standing, logic, makes_alternatives, says_any
from policyview.versions.summary import ALTERNATIVE, summary

_OPPOSED = {"supports_coverage", "not_covered"}  # groups of codes
_FIELD = 6  # words that name what is printed beside them, at most


class Judge:
    """``changes`` with their place in the newer version, and all that was ``suppressed``."""

    def __init__(self, old: Reading, new: Reading, matching: Matching) -> None:
        self.changes: list[tuple[float, Change]] = []
        self.suppressed: list[Suppressed] = []
        self._documents = old.document, new.document
        self._facts = FactsAt(old.facts), FactsAt(new.facts)
        self._m, self._words, self._standing = matching, matching.words, Standing(matching)
        units = (*matching.old, *matching.new)
        self._furniture = {self._words.key(unit.text) for unit in units if unit.kind == "furniture"}
        self._told: tuple[set[int], set[int]] = (set(), set())  # units that are told of with another
        self._moves: dict[tuple[int, int], list[tuple[int, int]]] = {}  # pairs, by what they stood and stand under
        self._elsewhere, self._carried = elsewhere(matching), list[tuple[int, int]]()  # pairs that only went elsewhere
        for each in joined(matching):
            self._joined(each)
        self._pairs()
        self._moved_together()
        self._moved_as_they_are()
        self._singles()

    def _pairs(self) -> None:
        for j, i in enumerate(self._m.old_of):
            if i < 0 or i in self._told[0] or j in self._told[1]:
                continue
            if self._standing.is_moved(i, j) and self._move(i, j):
                continue
            if self._m.keys[0][i] == self._m.keys[1][j]:
                self._same_words(i, j)
            elif not self._is_passed_over(self._m.old[i], self._m.new[j]):
                self._modified(i, j)

    def _singles(self) -> None:
        for version, partner in ((1, self._m.old_of), (0, self._m.new_of)):
            for at, other in enumerate(partner):
                if other < 0 and at not in self._told[version]:
                    self._single(version, at)

    # ------------------------------------------------------------------ joined to one, or split

    def _joined(self, each: Joined) -> None:
        """Units that became one, or one that became several, are judged together."""
        m = self._m
        one, other = self._side(0, each.olds), self._side(1, each.news)
        self._told[0].update(each.olds)
        self._told[1].update(each.news)
        units = [m.old[at] for at in each.olds] + [m.new[at] for at in each.news]
        if each.is_edited:
            sides = (m.old, each.olds), (m.new, each.news)
            texts = [" ".join(version[k].text for k in places) for version, places in sides]
            changed = self._words.difference(*texts)  # without the labels
            significance: Significance = "substantive" if says_more(units, changed) else "editorial"
            self._add(each.news[0], units, "modified", significance, one, other, changed.why)
            return
        if not each.changed or not any(map(is_rule, units)):
            self.suppressed.append(Suppressed("reflow", one.text, other.text))
            return
        lead = each.lead
        units_there = m.old if each.version == 0 else m.new
        is_regrouped = each.changed == {"or"} and lead >= 0 and says_any(units_there[lead])
        if is_regrouped:
            self._settle(each.version, lead)
        telling = self._words.telling(each.changed)
        why = tuple(f"word changed: {word}" for word in sorted(telling))
        if is_regrouped:
            why = ("alternatives printed as one item",)
        is_editorial = is_regrouped or not telling
        self._add(each.news[0], units, "modified", "editorial" if is_editorial else "substantive", one, other, why)

    def _settle(self, version: int, lead: int) -> None:
        """A lead-in over a list that has one item in one of the versions need not say how many must hold."""
        pair = (lead, self._m.new_of[lead]) if version == 0 else (self._m.old_of[lead], lead)
        if min(pair) < 0 or self._m.keys[0][pair[0]] == self._m.keys[1][pair[1]] or pair[1] in self._told[1]:
            return
        before, after = self._m.old[pair[0]], self._m.new[pair[1]]
        changed = self._words.difference(before.text, after.text)
        if not self._words.content((*changed.gained, *changed.lost)):
            self._told[0].add(pair[0])
            self._told[1].add(pair[1])
            sides = self._side(0, [pair[0]]), self._side(1, [pair[1]])
            self._add(pair[1], (before, after), "modified", "editorial", *sides, ("its list has one item",))

    # ------------------------------------------------------------------ pairs

    def _same_words(self, i: int, j: int) -> None:
        before, after = self._m.old[i], self._m.new[j]
        if why := (*self._turned(i, j), *self._regrouped(i, j), *self._points_elsewhere(i, j)):
            self._add(j, (before, after), "modified", "substantive", self._side(0, [i]), self._side(1, [j]), why)
        elif self._is_elsewhere(i, j) and not self._standing.is_joint(before):
            self._carried.append((i, j))
        elif before.label != after.label:
            self.suppressed.append(Suppressed("renumbering", before.printed, after.printed))
        elif reason := self._words.noise(before.text, after.text):
            self.suppressed.append(Suppressed(reason, before.printed, after.printed))
        elif "furniture" in {before.kind} ^ {after.kind}:
            self.suppressed.append(Suppressed("page furniture", before.printed, after.printed))
        elif j in self._elsewhere or self._standing.is_nested_otherwise(i, j):
            self.suppressed.append(Suppressed("reflow", before.printed, after.printed))

    def _is_elsewhere(self, i: int, j: int) -> bool:
        return j in self._elsewhere and not self._standing.is_in_its_list(i, j)

    def _turned(self, i: int, j: int) -> tuple[str, ...]:
        """How the determination of what a unit names changed, be its own words the same."""
        was = self._facts[0].determination(self._m.old[i])
        now = self._facts[1].determination(self._m.new[j])
        if was is None or now is None or was == now or Determination.UNCLEAR in (was, now):
            return ()
        return (f"determination: {was.value.replace('_', ' ')} -> {now.value.replace('_', ' ')}",)

    def _regrouped(self, i: int, j: int) -> tuple[str, ...]:
        """Which codes of a unit that went elsewhere support coverage now and did not, or the other way round."""
        if j not in self._elsewhere:
            return ()
        was, now = ({code[:3]: code[3] for code in facts.codes(unit)} for facts, unit in (
            (self._facts[0], self._m.old[i]), (self._facts[1], self._m.new[j])
        ))
        turned = sorted(code for code in was.keys() & now.keys() if {was[code], now[code]} == _OPPOSED)
        words = {code: [each[code].replace("_", " ") for each in (was, now)] for code in turned}
        return tuple(f"code {code[1]}: {words[code][0]} -> {words[code][1]}" for code in turned)

    def _points_elsewhere(self, i: int, j: int) -> tuple[str, ...]:
        """Whether a reference to items by their labels means other items now."""
        lexicon = self._words.lexicon
        before, after = pointed_at(self._m.old, i, lexicon), pointed_at(self._m.new, j, lexicon)
        pairs = zip(before, after, strict=False)
        is_other = any(one and other and {self._m.new_of[at] for at in one} != set(other) for one, other in pairs)
        return ("the items it refers to by their numbers are others now",) if is_other else ()

    def _recoded(self, i: int, j: int) -> tuple[str, ...] | None:
        """Which codes came and went in a unit that lists codes; None where it lists none."""
        was, now = self._facts[0].codes(self._m.old[i]), self._facts[1].codes(self._m.new[j])
        if not was and not now:
            return None
        changes = [("code lost", was - now), ("code gained", now - was)]
        shown = [(change, "-".join(filter(None, code[1:3]))) for change, codes in changes for code in sorted(codes)]
        return tuple(f"{change}: {code}" for change, code in shown)

    def _is_passed_over(self, before: Unit, after: Unit) -> bool:
        """Whether a changed unit is no rule and no statement: page furniture, letterhead, a date."""
        undated = self._words.undated(after.text)
        is_dated, rules = self._words.undated(before.text) == undated, is_rule(before) or is_rule(after)
        rules = rules and (before.fact, after.fact) != ("metadata", "metadata")  # its dates are told of by themselves
        if after.kind == "furniture":
            self.suppressed.append(Suppressed("page furniture", before.printed, after.printed))
        elif self._words.is_citation(before.text) and self._words.is_citation(after.text) and not before.label:
            self.suppressed.append(Suppressed("citation", before.printed, after.printed))
        elif is_letterhead(before) and is_letterhead(after):
            self.suppressed.append(Suppressed("date" if is_dated else "letterhead", before.printed, after.printed))
        elif is_dated and not (rules and undated) and not is_history(before, after):
            reason: Noise = "citation" if Role.REFERENCES in (before.role, after.role) else "date"
            self.suppressed.append(Suppressed(reason, before.printed, after.printed))
        else:
            return False
        return True

    def _modified(self, i: int, j: int) -> None:
        before, after = self._m.old[i], self._m.new[j]
        changed = self._words.difference(TAIL.sub("", before.text), TAIL.sub("", after.text))
        joint = self._joint(i, j)
        reason = self._words.noise(before.text, after.text)
        if not joint and (reason or not (changed.lost or changed.gained)):
            self.suppressed.append(Suppressed(reason or "punctuation", before.printed, after.printed))
            return
        turned, recoded = self._turned(i, j), self._recoded(i, j)
        is_description = recoded == () and {before.kind, after.kind} == {"row"}  # of a code: it decides nothing
        changed = replace(changed, why=(*turned, *(recoded or changed.why), *joint))
        is_title = before.kind == after.kind == "heading" and not is_rule(before) and not is_rule(after)
        is_telling = says_more((before, after), changed) and not is_title and not is_description
        is_substantive = is_telling and (turned or not self._only_leads(i, j, changed))
        self._add(j, (before, after), "modified", "substantive" if is_substantive else "editorial",
                  self._side(0, [i]), self._side(1, [j]),
                  (*changed.why, *(("it stands elsewhere as well",) if self._is_elsewhere(i, j) else ())))

    def _joint(self, i: int, j: int) -> tuple[str, ...]:
        """How the word changed that joins an item of a rule to the next ("…; or"); the last of a list needs none."""
        if not (is_rule(self._m.old[i]) or is_rule(self._m.new[j])):
            return ()
        was, now = (joint_of(unit.text) for unit in (self._m.old[i], self._m.new[j]))
        if was == now or {was, now} == {"", "and"}:
            return ()
        if not (was and now) and self._standing.is_last(0 if not was else 1, i if not was else j):
            return ()
        return (f"joined to the next by: {was or 'nothing'} -> {now or 'nothing'}",)

    def _only_leads(self, i: int, j: int, changed: Difference) -> bool:
        """Whether a unit only came to lead in a list, or no longer does: what stands in it is told of by itself."""
        has_list = any(unit.parent == j for unit in self._m.new[j + 1 : j + 2])
        had_list = any(unit.parent == i for unit in self._m.old[i + 1 : i + 2])
        words = changed.gained if has_list else changed.lost
        others = changed.lost if has_list else changed.gained
        return has_list != had_list and not others and not self._words.content(words)

    # ------------------------------------------------------------------ moves

    def _move(self, i: int, j: int) -> bool:
        """Tells of a move where it may change a rule; False where it is of print alone."""
        before, after = self._m.old[i], self._m.new[j]
        if not is_rule(before) and not is_rule(after):
            return False
        over, under = before.parent, after.parent
        if self._standing.is_joint(before) and self._standing.is_joint(after):
            return False
        if over < 0 and under < 0:
            if self._standing.is_denied(before) == self._standing.is_denied(after):
                return False
            why: tuple[str, ...] = ("it stands in another section",)
            self._add(j, (before, after), "moved", "substantive", self._side(0, [i]), self._side(1, [j]), why)
            return True
        lead, heads = self._m.old[over] if over >= 0 else None, self._m.new[under] if under >= 0 else None
        if self._standing.says_nothing(lead) and self._standing.says_nothing(heads) and logic(lead) == logic(heads):
            return False
        if self._standing.is_case(0, i, j) or self._standing.is_case(1, i, j):
            why = ("it became a case of what stood beside it",)
            self._add(j, (before, after), "moved", "editorial", self._side(0, [i]), self._side(1, [j]), why)
            return True
        self._moves.setdefault((over, under), []).append((i, j))
        return True

    def _moved_together(self) -> None:
        """Items that went from one lead-in to another are one change."""
        for (over, under), pairs in self._moves.items():
            befores, afters = [self._m.old[i] for i, _ in pairs], [self._m.new[j] for _, j in pairs]
            one = self._side(0, [*([over] if over >= 0 else []), *(i for i, _ in pairs)])
            other = self._side(1, [*([under] if under >= 0 else []), *(j for _, j in pairs)])
            texts = zip(befores, afters, strict=True)
            more = dict.fromkeys(why for a, b in texts for why in self._words.difference(a.text, b.text).why)
            who = "it stands" if len(pairs) == 1 else "they stand"
            why = (f"{who} under another condition", *more)
            self._add(pairs[0][1], (*befores, *afters), "moved", "substantive", one, other, why)

    def _moved_as_they_are(self) -> None:
        """Text that only stands elsewhere decides nothing else, but a reader finds it where it went."""
        for run in runs(self._carried):
            olds, news = [i for i, _ in run], [j for _, j in run]
            units = [*(self._m.old[i] for i in olds), *(self._m.new[j] for j in news)]
            sides = self._side(0, olds), self._side(1, news)
            self._add(news[0], units, "moved", "editorial", *sides, ("it stands elsewhere, as it was",))

    # ------------------------------------------------------------------ added and removed

    def _single(self, version: int, at: int) -> None:
        unit = (self._m.old, self._m.new)[version][at]
        action: Action = "added" if version else "removed"
        if reason := self._passed_over_alone(unit):
            self.suppressed.append(Suppressed(reason, *(("", unit.printed) if version else (unit.printed, ""))))
            return
        places = self._standing.read_with(version, at, self._told[version])
        self._told[version].update(places)
        told = [(self._m.old, self._m.new)[version][here] for here in places]
        is_telling = bearing(told) != "administration" and not all(map(self._is_bare, told))
        significance: Significance = "substantive" if is_telling else "editorial"
        side = self._side(version, places)
        place = float(at) if version else self._place(at)
        before, after = (None, side) if version else (side, None)
        over = told[0].parent
        is_one_of_several = over >= 0 and makes_alternatives((self._m.old, self._m.new)[version][over])
        self._add(place, told, action, significance, before, after, (ALTERNATIVE,) if is_one_of_several else ())

    def _is_bare(self, unit: Unit) -> bool:
        """Whether a unit that came or went says nothing without others."""
        return unit.kind == "heading" or self._standing.says_nothing(unit) or self._standing.is_joint(unit)

    def _passed_over_alone(self, unit: Unit) -> Noise | None:
        """Why a unit that only one version has says nothing, None where it may."""
        if unit.kind == "furniture" or self._words.key(unit.text) in self._furniture:
            return "page furniture"
        if not self._words.tokens(unit.text):
            return "punctuation"
        if self._words.is_citation(unit.text) and not unit.label and unit.kind == "sentence":
            return "citation"
        if unit.fact == "metadata" and len(self._words.undated(unit.text).split()) <= _FIELD < len(unit.text):
            return "date"  # it is told of by itself
        return "letterhead" if is_letterhead(unit) else None

    def _place(self, i: int) -> float:
        """Where a removed unit would stand in the newer version."""
        return 0.5 + next((at for at in reversed(self._m.new_of[:i]) if at >= 0), -1)

    # ------------------------------------------------------------------ what is told

    def _side(self, version: int, places: Sequence[int]) -> Side:
        units, document = (self._m.old, self._m.new)[version], self._documents[version]
        places = sorted(places)
        anchors = [anchor_at(document, *span) for at in places for span in units[at].spans]
        first, *rest = anchors
        text = " ".join(units[at].printed for at in places)
        return Side(text, replace(first, continues=tuple(rest)), tuple(self._standing.over(version, places[0])))

    def _add(
        self, place: float, units: Sequence[Unit], action: Action, significance: Significance, before: Side | None,
        after: Side | None, why: tuple[str, ...],
    ) -> None:
        told = summary(action, before.text if before else "", after.text if after else "", why)
        self.changes.append((place, Change(
            kind(units, why), action, significance, bearing(units), before, after, told, why,
            section=units[-1].headings[-1] if units[-1].headings else "",
        )))
