"""Lists that stand under the name of what is covered or not: by a line, a heading, or the sentence before them."""

from __future__ import annotations

from pathlib import Path

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of, tree

TITLE = "# Medical Policy: Toe Care\n\n"


def test_a_line_says_that_the_list_below_it_is_covered(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nToe baths are not covered for cosmetic reasons.\n\nIndications that are covered\n\n"
        "1. Toe baths that warm a cold toe\n2. Toe care after an injury\n3. Toe wigs will be reviewed case by case\n"
    ))
    assert [use.determination for use in uses[1:]] == [D.MEDICALLY_NECESSARY, D.MEDICALLY_NECESSARY, D.CONDITIONAL]
    assert uses[1].basis is not None
    assert uses[1].basis.quote == "Indications that are covered"


def test_what_a_patient_must_be_holds_for_the_statements_beside_it(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nIndications that are covered\n\n1. The member must have gout.\n"
        "2. Toe baths are covered for cold toes.\n3. Toe wraps are covered for blue toes.\n4. Benefit is limited.\n"
    ))
    assert [(use.text, [c.text for c in use.inherited]) for use in uses] == [
        ("Toe baths are covered for cold toes", ["The member must have gout"]),
        ("Toe wraps are covered for blue toes", ["The member must have gout"]),
    ]


def test_a_heading_refuses_what_a_list_below_other_statements_names(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Noncovered treatments\n\nWhatever goes with such a treatment is excluded.\n\nThose include:\n\n"
        "- Snow baths\n- Counseling that is not held medically necessary\n"
    ))
    assert [(use.text, use.determination) for use in uses[1:]] == [
        ("Snow baths", D.NOT_COVERED), ("Counseling that is not held medically necessary", D.NOT_COVERED),
    ]


def test_a_list_goes_with_the_statement_before_the_words_that_join_it(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nToe baths are medically necessary for those with a disease of the toe. These conditions "
        "are:\n\n1. Gout\n2. Warts\n   - Toe wraps are medically necessary for blue toes.\n"
        "   - Toe baths are not covered for all other conditions.\n"
    ))
    assert [(use.text, use.criteria) for use in uses] == [
        ("Toe baths: Gout", ()), ("Toe baths: Warts", ()), ("Toe wraps are medically necessary for blue toes", ()),
    ]


def test_a_list_for_all_cases_above_is_inherited_by_each(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nToe baths are covered under the following conditions:\n\n- Walkers with gout\n"
        "- Dancers with warts\n\nFor both A and B above:\n\n- A nurse is there.\n- Snow lies.\n"
    ))
    assert [tree(use.inherited) for use in uses] == [
        [["For both A and B above:", "all", ["A nurse is there", "Snow lies"]]]
    ] * 2


def test_the_uses_a_heading_announces_have_the_conditions_stated_behind_them(tmp_path: Path) -> None:
    _, facts = facts_of(tmp_path, (
        f"{TITLE}## Indications for Prior Authorization:\n\n- Chronic gout that has one of these\n"
        "    - Three flares\n    - One lump\n\nAll of the following must be met as a condition for coverage:\n\n"
        "- A nurse is there\n- Snow lies\n"
    ))
    use, = facts.indications
    assert (use.text, tree(use.criteria)) == ("Chronic gout that has", ["Three flares", "One lump"])
    assert tree(use.inherited)[0][2] == ["A nurse is there", "Snow lies"]  # type: ignore[index]


def test_what_must_be_true_is_no_use_and_holds_for_those_beside_it_and_doses_are_neither(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Covered indications\n\n- Gout\n- Chilblains\n- Young walkers must be followed by a nurse\n"
        "- Cold toes: 0.2 mg/kg/week in six doses\n- Warts refractory to 1 mg/kg/day of tea\n"
    ))
    assert [use.text for use in uses] == ["Gout", "Chilblains", "Warts refractory to 1 mg/kg/day of tea"]
    assert [(use.text, [c.text for c in use.inherited]) for use in uses[:2]] == [
        ("Gout", ["Young walkers must be followed by a nurse"]),
        ("Chilblains", ["Young walkers must be followed by a nurse"]),
    ]


def test_a_statement_whose_list_is_nowhere_is_doubted(tmp_path: Path) -> None:
    found, lost, short = sorted(indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nToe caps are medically necessary once all of the following criteria are met:\n\n"
        "Toe baths are medically necessary for warts when all of the following criteria are met:\n\n- Snow lies\n"
        "- Toes are blue\n\nToe wool is medically necessary for chilblains.\n"
    )), key=lambda use: use.text)
    assert (lost.criteria, lost.confidence) == ((), 0.6)
    assert lost.doubt is not None
    assert "list of criteria" in lost.doubt
    assert (found.doubt, short.doubt) == (None, None)


def test_a_statement_behind_a_rule_on_authorization_counts(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nAll toe baths require prior authorization by the desk and are considered medically "
        "appropriate when all the following are met:\n\n1. Snow lies\n2. Toes are blue\n"
    ))
    assert (use.logic, tree(use.criteria)) == ("all", ["Snow lies", "Toes are blue"])


def test_bullets_that_wide_blanks_set_apart_are_a_list(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        "Medical Policy: Toe Care\n\nPolicy\n\nToe baths are medically necessary for those who meet all of the "
        "following criteria:\n\n·         Snow lies; AND\n\n·         Toes are blue\n"
    ), ".txt")
    assert (use.logic, tree(use.criteria)) == ("all", ["Snow lies", "Toes are blue"])


def test_what_every_persons_needs_may_warrant_is_no_use(tmp_path: Path) -> None:
    said = "Each person's own clinical situation may warrant individual consideration, based on the records."
    assert indications_of(tmp_path, f"{TITLE}## Policy\n\n{said}\n") == []


def test_a_list_that_a_sentence_behind_a_statement_asks_for_is_its_criterion(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nToe baths are only indicated in those whose toes are cold. The cold must be due to 1 of "
        "the following:\n\n1. Snow\n2. A deep lake\n"
    ))
    assert tree(use.criteria) == [["The cold must be due to 1 of the following:", "any", ["Snow", "A deep lake"]]]


def test_what_may_be_an_indication_is_conditional(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nWhere records tell of them, these conditions may be indications for toe baths:\n\n"
        "- Severe chilblains\n- Wet gout\n"
    ))
    assert [(use.text, use.determination) for use in uses] == [
        ("Severe chilblains", D.CONDITIONAL), ("Wet gout", D.CONDITIONAL),
    ]


def test_a_condition_over_a_statement_that_and_joins_to_it_is_inherited(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nFailure of blankets for three months AND\n\nToe baths are covered for one of these "
        "conditions:\n\n1) Gout\n2) Chilblains\n"
    ))
    assert [[c.text for c in use.inherited] for use in uses] == [["Failure of blankets for three months"]] * 2


def test_clauses_that_are_headings_and_verdicts_of_a_page_state_nothing(tmp_path: Path) -> None:
    heading = f"{TITLE}## Policy\n\nWhen toe and finger bathing is covered 1.\n"
    assert indications_of(tmp_path, heading) == []
    frame = f"{TITLE}This procedure is not covered\n\n## Policy\n\nToe baths are covered for gout.\n"
    assert [use.determination for use in indications_of(tmp_path, frame)] == [D.MEDICALLY_NECESSARY]


def test_what_a_refusal_excepts_with_criteria_is_covered_and_no_exception_to_that(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{TITLE}## Policy\n\nToe baths are considered investigational except for patients with gout who meet ALL of "
        "the following criteria:\n\n- Snow lies\n- Toes are blue\n"
    ))
    assert (use.determination, use.logic, use.exceptions) == (D.MEDICALLY_NECESSARY, "all", ())


LINES = (
    "Toe Care Policy\n\nToe wraps/toe baths are generally not covered for looks, but may be covered subject to the "
    "criteria listed below:\n\nIndications that are covered\n\n1. Toe wraps:\n   The toe must be blue for a month, and "
    "all of the following criteria must be met:\n   1. Blankets failed; and\n   2. Photographs are sent; and\n"
    "   3. Snow lies.\n\nIndications that are not covered\n\n1. Toe baths, and wraps worn in bed.\n"
    "2. Any of these when worn for looks.\n"
)


def test_lines_between_blanks_head_what_is_covered_and_what_is_not(tmp_path: Path) -> None:
    covered, *refused = indications_of(tmp_path, LINES, ".txt")
    assert (covered.text, covered.determination, covered.logic) == ("Toe wraps", D.MEDICALLY_NECESSARY, "all")
    assert [c.text for c in covered.inherited] == ["The toe must be blue for a month"]
    assert [c.text for c in covered.criteria] == ["Blankets failed", "Photographs are sent", "Snow lies"]
    assert [(use.text, use.determination) for use in refused] == [
        ("Toe baths, and wraps worn in bed", D.NOT_COVERED), ("Any of these when worn for looks", D.NOT_COVERED),
    ]


def test_indications_that_do_not_meet_criteria_are_refused_each(tmp_path: Path) -> None:
    _, facts = facts_of(tmp_path, (
        f"{TITLE}## Indications for Prior Authorization\n\n- Chronic gout\n- Frostbite\n\nThe following indications do "
        "not meet the criteria for use set by the committee.\n\n- Sore toes\n- Prevention of warts\n- Any other "
        "diagnosis not listed above\n"
    ))
    assert [(use.text, use.determination) for use in facts.indications] == [
        ("Chronic gout", D.MEDICALLY_NECESSARY), ("Frostbite", D.MEDICALLY_NECESSARY),
        ("Sore toes", D.NOT_COVERED), ("Prevention of warts", D.NOT_COVERED),
    ]
    assert [clause.determination for clause in facts.catch_all] == [D.NOT_COVERED]


def test_situations_that_are_named_and_explained_are_uses(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, (
        f"{TITLE}## Conditions not recommended for approval\n\nCoverage of Warmol is not recommended in the following "
        "situations:\n\n1. Use with another warmer. None has shown that two work better.\n2. Chronic gout. Two trials "
        "showed no effect.\n"
    ))
    assert [(use.text, use.criteria) for use in uses] == [("Use with another warmer", ()), ("Chronic gout", ())]
