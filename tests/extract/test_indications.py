"""Statements of coverage: sentences, lists of uses, lists of criteria, headings, tables, residual clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of, tree

TITLE = "# Medical Policy: Limb Warming\n\n## Policy\n\n"


@pytest.mark.parametrize(
    ("sentence", "determination", "stated"),
    [
        (
            "Limb warming is considered medically necessary for frozen toes.",
            D.MEDICALLY_NECESSARY,
            "medically necessary",
        ),
        (
            "Limb warming for frozen toes meets the definition of medical necessity.",
            D.MEDICALLY_NECESSARY,
            "meets the definition",
        ),
        (
            "Limb warming is reasonable and necessary for frozen toes.",
            D.MEDICALLY_NECESSARY,
            "reasonable and necessary",
        ),
        (
            "Limb warming for frozen toes meets primary coverage criteria.",
            D.MEDICALLY_NECESSARY,
            "primary coverage criteria",
        ),
        ("Limb warming will be approved for frozen toes in adults.", D.MEDICALLY_NECESSARY, "will be approved"),
        (
            "Limb warming is not considered medically necessary for warm toes.",
            D.NOT_MEDICALLY_NECESSARY,
            "not considered medically necessary",
        ),
        (
            "Limb warming does not meet the definition of medical necessity in gout.",
            D.NOT_MEDICALLY_NECESSARY,
            "does not meet",
        ),
        (
            "Limb warming is unproven and not medically necessary for gout.",
            D.INVESTIGATIONAL,
            "unproven and not medically necessary",
        ),
        (
            "Limb warming for gout is experimental or investigational.",
            D.INVESTIGATIONAL,
            "experimental or investigational",
        ),
        ("Limb warming is not covered for gout.", D.NOT_COVERED, "is not covered"),
        ("Limb warming for gout is generally excluded from coverage.", D.NOT_COVERED, "excluded from coverage"),
        ("Limb warming for gout is covered only in an approved clinical trial.", D.CONDITIONAL, "clinical trial"),
    ],
)
def test_a_sentence_states_a_determination_in_the_payers_words(
    tmp_path: Path, sentence: str, determination: D, stated: str
) -> None:
    document, facts = facts_of(tmp_path, TITLE + sentence)
    (indication,) = facts.indications
    assert indication.determination == determination
    assert stated in indication.stated
    assert indication.basis is not None
    assert document.text[indication.basis.start : indication.basis.end] == indication.basis.quote
    assert document.text[indication.anchor.start : indication.anchor.end] == indication.anchor.quote


@pytest.mark.parametrize(
    "sentence",
    [
        "A nurse reviews the chart to determine whether limb warming is medically necessary.",
        "Please contact the plan about services that are not covered.",
        "This policy describes when limb warming is medically necessary.",
        "The evidence is insufficient to draw conclusions on limb warming in gout.",
    ],
)
def test_a_sentence_that_decides_nothing_is_no_indication(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, TITLE + sentence) == []


def test_background_states_nothing(tmp_path: Path) -> None:
    text = (
        TITLE
        + "Limb warming is covered for frozen toes.\n\n## Background\n\nLimb warming is investigational for gout.\n"
    )
    assert [i.determination for i in indications_of(tmp_path, text)] == [D.MEDICALLY_NECESSARY]


def test_each_item_of_a_list_of_conditions_is_a_use(tmp_path: Path) -> None:
    text = TITLE + "Limb warming is covered for the treatment of:\n\n- frozen toes; or\n- stiff fingers.\n"
    found = indications_of(tmp_path, text)
    assert [(i.text, i.determination.value) for i in found] == [
        ("frozen toes", "medically_necessary"),
        ("stiff fingers", "medically_necessary"),
    ]
    assert found[0].basis == found[1].basis


def test_a_list_of_criteria_belongs_to_one_use(tmp_path: Path) -> None:
    text = TITLE + (
        "Limb warming is considered medically necessary for frozen toes when all of the following criteria are met:\n\n"
        "1. The member is a grown person; and\n2. One of the following:\n"
        "    a. Pain at rest; or\n    b. Absent pulse; and\n"
        "3. Prescribed by or in consultation with a vascular specialist.\n"
    )
    (indication,) = indications_of(tmp_path, text)
    assert indication.logic == "all"
    assert tree(indication.criteria) == [
        "The member is a grown person",
        ["One of the following:", "any", ["Pain at rest", "Absent pulse"]],
        "Prescribed by or in consultation with a vascular specialist",
    ]
    assert [c.kind for c in indication.criteria] == ["other", "other", "prescriber"]
    assert [c.label for c in indication.criteria] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("lead", "logic", "n"),
    [
        ("when any of the following criteria are met:", "any", None),
        ("when both of the following criteria are met:", "all", None),
        ("when at least two of the following criteria are met:", "at_least", 2),
        ("when none of the following are present:", "none", None),
        ("when the following criteria are met:", "all", None),
    ],
)
def test_the_lead_in_says_how_many_criteria_must_hold(tmp_path: Path, lead: str, logic: str, n: int | None) -> None:
    text = (
        TITLE
        + f"Limb warming is medically necessary for frozen toes {lead}\n\n- Member has pain\n- Member has no pulse\n"
    )
    (indication,) = indications_of(tmp_path, text)
    assert (indication.logic, indication.n) == (logic, n)


def test_items_tied_by_or_are_alternatives_where_the_lead_in_says_nothing(tmp_path: Path) -> None:
    text = TITLE + "Limb warming is medically necessary if the member has:\n\n- pain at rest; or\n- an absent pulse.\n"
    (indication,) = indications_of(tmp_path, text)
    assert indication.logic == "any"


STAGES = """Limb Warming

Policy/Criteria

I. It is the policy of Larkspur Mutual that limb warming is covered when meeting the following:
A. Beginning to warm, initial course, both of the following:
1. A nurse applies the device;
2. One of the following indications:
a. Frozen toes with all:
i. Pain at rest;
ii. Absent pulse;
b. Stiff fingers;
B. Continuation of warming:
1. The limb is warmer than before.
"""


def test_a_list_of_indications_inside_criteria_gives_the_uses_and_what_stands_beside_it_is_inherited(
    tmp_path: Path,
) -> None:
    first, second, third = indications_of(tmp_path, STAGES, ".txt")
    assert [first.text, second.text, third.text] == ["Frozen toes", "Stiff fingers", "Continuation of warming"]
    assert [first.label, second.label, third.label] == ["I.A.2.a", "I.A.2.b", "I.B"]
    assert [first.stage, second.stage, third.stage] == ["initial", "initial", "continuation"]
    assert tree(first.criteria) == ["Pain at rest", "Absent pulse"]
    assert [c.text for c in first.inherited] == ["A nurse applies the device"]
    assert first.context[-2:] == (
        "Beginning to warm, initial course, both of the following:",
        "One of the following indications:",
    )


def test_a_residual_clause_has_its_scope_and_names_its_examples(tmp_path: Path) -> None:
    text = TITLE + (
        "Limb warming is covered for frozen toes.\n\n"
        "All other uses of limb warming are considered investigational, including but not limited to:\n\n"
        "- gout\n- warts\n"
    )
    document, facts = facts_of(tmp_path, text)
    (clause,) = facts.catch_all
    assert clause.determination == D.INVESTIGATIONAL
    assert clause.scope == "All other uses of limb warming"
    assert document.text[clause.anchor.start : clause.anchor.end] == clause.anchor.quote
    assert [(i.text, i.determination) for i in facts.indications][1:] == [
        ("gout", D.INVESTIGATIONAL),
        ("warts", D.INVESTIGATIONAL),
    ]


def test_examples_inside_a_residual_sentence_are_uses_of_their_own(tmp_path: Path) -> None:
    text = TITLE + (
        "Limb warming is not medically necessary for any other use such as gout (except as noted above), "
        "children < 4 years of age, or warts because its safety has not been shown."
    )
    _, facts = facts_of(tmp_path, text)
    assert [i.text for i in facts.indications] == ["gout (except as noted above)", "children < 4 years of age", "warts"]
    assert facts.indications[0].exceptions[0].text == "except as noted above"
    assert [c.text for c in facts.catch_all] == ["Limb warming is not medically necessary for any other use"]
    assert facts.catch_all[0].exceptions == ("except as noted above",)


def test_several_procedures_in_one_subject_each_get_the_determination(tmp_path: Path) -> None:
    text = TITLE + "Toe warming, finger warming, and ear warming are not covered when the criteria above are not met."
    assert [i.text for i in indications_of(tmp_path, text)] == ["Toe warming", "finger warming", "ear warming"]


def test_a_heading_gives_its_determination_to_the_conditions_below_it(tmp_path: Path) -> None:
    text = (
        "# Limb Warming\n\n# Coverage Criteria\n\nAll of the following:\n\n"
        "## Frozen Toes\n\n- Member is 18 years of age or older\n- Pain at rest\n"
    )
    (indication,) = indications_of(tmp_path, text)
    assert indication.text == "Frozen Toes"
    assert indication.determination == D.MEDICALLY_NECESSARY
    assert indication.stated == "Coverage Criteria"
    assert indication.confidence < 0.8
    assert indication.doubt


def test_an_indication_that_does_not_name_its_condition_takes_it_from_the_headings(tmp_path: Path) -> None:
    text = (
        "# Medical Policy: Warmol\n\n## Coverage Criteria\n\n### Frozen Toes\n\n#### Reauthorization\n\n"
        "Warmol will be approved based on the following criteria:\n\n- Member has responded\n"
    )
    (indication,) = indications_of(tmp_path, text)
    assert indication.text.startswith("Frozen Toes: Reauthorization: Warmol")
    assert indication.anchor.quote.startswith("Warmol")
    assert indication.stage == "continuation"


def test_rows_of_a_status_table_are_uses(tmp_path: Path) -> None:
    text = (
        TITLE
        + "| Indication | Status |\n|---|---|\n"
        + "| Frozen toes | Covered |\n| Gout | Not covered |\n| Warts | see below |\n"
    )
    assert [(i.text, i.determination, i.stated) for i in indications_of(tmp_path, text)] == [
        ("Frozen toes", D.MEDICALLY_NECESSARY, "Covered"),
        ("Gout", D.NOT_COVERED, "Not covered"),
    ]


def test_a_number_at_the_end_stays_with_its_words(tmp_path: Path) -> None:
    (indication,) = indications_of(
        tmp_path, TITLE + "Limb warming is covered for members with a cold index exceeding 25."
    )
    assert indication.text.endswith("exceeding 25")


def test_approval_periods_are_limits_and_no_criteria(tmp_path: Path) -> None:
    text = TITLE + (
        "Warmol will be approved based on the following criteria:\n\n- Member has frozen toes\n\n"
        "Authorization of 12 months may be granted for Warmol in members with gout.\n"
    )
    found = indications_of(tmp_path, text)
    assert [[limit.kind for limit in i.limits] for i in found] == [[], ["approval_period"]]
    assert tree(found[0].criteria) == ["Member has frozen toes"]


def test_bullets_that_lost_their_indentation_hang_under_their_lead_in(tmp_path: Path) -> None:
    text = TITLE + (
        "Limb warming is covered under the following situations:\n\n"
        "- The member has had a positive:\n\n- cold test; or\n\n"
        "- damp test.\n\n- A nurse is there.\n"
    )
    (indication,) = indications_of(tmp_path, text)
    assert tree(indication.criteria) == [
        ["The member has had a positive:", "any", ["cold test", "damp test"]],
        "A nurse is there",
    ]


def test_a_table_without_a_head_whose_rows_end_in_a_status_gives_uses(tmp_path: Path) -> None:
    table = "  Frozen toes      Covered\n  Gout             Not covered\n"
    text = f"Limb Warming\n\nWhat is covered at a glance\n\n{table}\nThe end.\n"
    found = indications_of(tmp_path, text, ".txt")
    assert [(i.text, i.determination) for i in found] == [
        ("Frozen toes", D.MEDICALLY_NECESSARY),
        ("Gout", D.NOT_COVERED),
    ]


def test_a_condition_inside_a_sentence_is_a_criterion(tmp_path: Path) -> None:
    text = TITLE + "A new warmer is covered when the old one is broken or when its alarm warns of a failure to come."
    (indication,) = indications_of(tmp_path, text)
    assert indication.logic == "any"
    assert tree(indication.criteria) == ["the old one is broken", "its alarm warns of a failure to come"]
    assert indications_of(tmp_path, TITLE + "A new warmer is not covered when the above criteria are not met.") == []


def test_what_is_to_be_learned_is_no_condition(tmp_path: Path) -> None:
    said = "A warmer is covered for gout where one must learn if the toe is white too."
    use, = indications_of(tmp_path, TITLE + said)
    assert use.criteria == ()


APPROVALS = """1. Frozen toes. Approve for the duration that the table gives if ONE of these holds (A or B):
   - A) Initial Therapy. Approve for 3 winters if BOTH of these hold (i and ii):
      - i. Patient has ten toes; AND
      - ii. Patient owns no stove.
   - B) Patient is Currently Receiving Limb Warming. Approve for 2 winters if BOTH of these hold:
      - i. The toes are warmer; AND
      - ii. The bill was paid.
2. Gout. Approve for 6 weeks if the patient meets the following (A and B):
   - A) One of the following conditions is seen in the toe:
      - i. Patient has tried one oral drug; OR
      - ii. Patient has an allergy to oral drugs; AND
   - B) A nurse is there.
"""


def test_the_name_before_a_statement_names_the_stages_below_it(tmp_path: Path) -> None:
    found = indications_of(tmp_path, TITLE + "### FDA-Approved Indications\n\n" + APPROVALS)
    assert [(i.text.split(". Approve")[0].split(": Approve")[0], i.stage, len(i.criteria)) for i in found] == [
        ("Frozen toes: Initial Therapy", "initial", 2),
        ("Frozen toes: Patient is Currently Receiving Limb Warming", "continuation", 2),
        ("Gout", None, 2),
    ]


def test_what_a_patient_has_is_no_use_even_where_it_is_called_a_condition(tmp_path: Path) -> None:
    *_, gout = indications_of(tmp_path, TITLE + APPROVALS)
    either, nurse = gout.criteria
    assert [c.text for c in either.children] == [
        "Patient has tried one oral drug", "Patient has an allergy to oral drugs",
    ]
    assert nurse.text == "A nurse is there"


def test_a_list_before_a_lead_in_is_not_its_criteria_and_names_no_use(tmp_path: Path) -> None:
    products = "The plan asks for a request before use.\n\n- Toasty\n- Warmly\n\n"
    lead = "is(are) covered as medically necessary in the following labeled indication(s) (if applicable):\n\n"
    refused = "\n## Conditions Not Covered\n\n1. Use together with a stove. It may burn.\n"
    found = indications_of(tmp_path, TITLE + products + lead + "### FDA-Approved Indications\n\n" + APPROVALS + refused)
    assert [i.determination for i in found] == [D.MEDICALLY_NECESSARY] * 3 + [D.NOT_COVERED]


def test_the_unit_of_an_approval_is_no_coverage(tmp_path: Path) -> None:
    text = TITLE + "In cases where an approval is authorized in fortnights, a fortnight has 14 days.\n"
    assert indications_of(tmp_path, text) == []


def test_a_drug_policys_statement_below_a_condition_is_of_that_condition(tmp_path: Path) -> None:
    text = "# Oakstat\n\n## Coverage Criteria\n\n" + "".join(
        f"### {name}\n\n#### Initial Authorization\n\n"
        f"a. Oakstat will be approved under all of these criteria:\n\n"
        f"   (1) Seen by a cooper\n\n   -AND-\n\n   (2) Barrel {n}\n\nAuthorization will be issued for 12 months.\n\n"
        "#### Reauthorization\n\n"
        "a. Oakstat will be approved under all of these criteria:\n\n"
        "   (1) Still seen\n\n   -AND-\n\n   (2) Still dry\n\nAuthorization will be issued for 12 months.\n\n"
        for n, name in enumerate(("Plaque Psoriasis", "Ulcerative Colitis"), 1)
    )
    found = indications_of(tmp_path, text)
    assert [(i.text.split(":")[0], [c.text for c in i.criteria]) for i in found] == [
        ("Plaque Psoriasis", ["Seen by a cooper", "Barrel 1"]), ("Plaque Psoriasis", ["Still seen", "Still dry"]),
        ("Ulcerative Colitis", ["Seen by a cooper", "Barrel 2"]), ("Ulcerative Colitis", ["Still seen", "Still dry"]),
    ]


def test_uses_beside_one_with_circumstances_of_its_own_are_no_conditions_of_it(tmp_path: Path) -> None:
    hall, low, before = indications_of(tmp_path, (
        "# Policy\n\n## Policy\n\nOak considers toe imaging medically necessary for the following indications:\n\n"
        "A. To rule out frozen bone, with any of the following indications:\n\n   1. Toe pain\n   2. White toes\n\n"
        "B. Frost of low grade\n\nC. Before a walk in snow\n"
    ))
    assert [c.text for c in hall.criteria] == ["Toe pain", "White toes"]
    assert [use.inherited for use in (hall, low, before)] == [(), (), ()]
