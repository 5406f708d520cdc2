"""Which sentences state a determination, and which only use its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.model import Determination as D
from tests.extract.reading import facts_of, indications_of, tree

HEAD = "# Medical Policy: Warmol\n\n## Policy\n\n"


@pytest.mark.parametrize(
    ("sentence", "determination", "ground"),
    [
        ("Warmol remains non-covered for toeitis.", D.NOT_COVERED, "benefit"),
        ("Warmol would not be covered for toeitis.", D.NOT_COVERED, "benefit"),
        ("No plan payment may be made for warm tea.", D.NOT_COVERED, "benefit"),
        ("Payment will not be made for warm tea.", D.NOT_COVERED, "benefit"),
        ("Warm tea is not payable.", D.NOT_COVERED, "benefit"),
        ("Warm tea is denied as not reasonable and necessary.", D.NOT_MEDICALLY_NECESSARY, "necessity"),
        ("Coverage of warm tea is at the discretion of the contractor.", D.CONDITIONAL, "discretion"),
        ("Contractors may determine coverage of warm tea.", D.CONDITIONAL, "discretion"),
        ("Warmol is covered when furnished in the context of a clinical trial.", D.CONDITIONAL, "study_only"),
        ("Warmol is covered for the routine costs of a clinical study.", D.CONDITIONAL, "study_only"),
        ("Warmol will be renewed for those who walk in snow.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Reimbursement for Warmol will be limited to toeitis.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Warmol is indicated for toeitis under the criteria of this text.", D.MEDICALLY_NECESSARY, "necessity"),
        ("Warmol is recommended for coverage for toeitis.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Warmol is considered a medically accepted indication for toeitis.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Warm tea is considered standard of care and medically necessary.", D.MEDICALLY_NECESSARY, "necessity"),
        ("Covered: warm tea for toeitis.", D.MEDICALLY_NECESSARY, "benefit"),
        ("Non-covered: warm tea for frost.", D.NOT_COVERED, "benefit"),
        ("Warm tea is considered a plan exclusion.", D.NOT_COVERED, "benefit"),
        ("Warm tea is contractually excluded for frost.", D.NOT_COVERED, "benefit"),
        ("Payment for warm tea in frost will not be made.", D.NOT_COVERED, "benefit"),
        ("Warm tea for frost is considered not proven.", D.INVESTIGATIONAL, "evidence"),
        ("There is no medical necessity for warm tea in frost.", D.NOT_MEDICALLY_NECESSARY, "necessity"),
    ],
)
def test_a_payers_determination(tmp_path: Path, sentence: str, determination: D, ground: str) -> None:
    (use,) = indications_of(tmp_path, HEAD + sentence)
    assert (use.determination, use.ground) == (determination, ground)


@pytest.mark.parametrize(
    "sentence",
    [
        "“Medically necessary” means a service that warms.",
        "Medically necessary is defined as those services that warm.",
        "Investigational: services that no study has looked at.",
        "Services that are not covered are listed on the wall.",
        "Warmol is approved for up to 12 months.",
        "Warmol is approved for six months at a time.",
        "Warmol (in the valley below it is not covered) comes in tubes.",
        "Charges for a lost tube are not covered.",
        "A maximum of two tubes is covered.",
        "In order to be covered, tubes are counted.",
        "An experimental device was lent to the shepherds; it is an investigational new drug.",
        "Coverage is limited to two tubes.",
        "Coverage will be provided under the pharmacy benefit.",
        "This program covers the costs of tea.",
        "Warmol is indicated for toeitis.",
        "Warmol is indicated for toeitis by the FDA label under the following criteria.",
        "Notes that show the tubes were medically necessary must be kept.",
        "Herbalists must tell the member beforehand that a tube is not covered.",
        "Warm tea will be a covered benefit only where the treatment is found medically necessary.",
        "Investigational procedures or services are not covered by Wool Health.",
        "The “reasonable and necessary” criteria follow from the law of the valley.",
        'Besides the "reasonable and necessary" rules of this text there are rules of payment.',
        "See Plan policy, Medically Necessary (policy number 3.14), for how the term is used.",
    ],
)
def test_words_of_a_determination_that_decide_nothing(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, HEAD + sentence) == []


@pytest.mark.parametrize(
    ("sentence", "is_stated"),
    [
        ("Warm tea will be approved for toeitis.", True),
        ("Warm tea is covered for toeitis.", True),
        ("Warm tea is not covered for toeitis.", True),
        ("Warm tea is considered investigational for toeitis.", True),
        ("Warm tea is approved for toeitis.", False),
        ("Warm tea is not authorized for toeitis.", False),
        ("Warm tea is not covered for toeitis, please call the herbalist.", False),
    ],
)
def test_outside_the_policy_sections_only_what_a_payer_alone_says_counts(
    tmp_path: Path, sentence: str, is_stated: bool
) -> None:
    text = f"{HEAD}Warmol is covered for toeitis.\n\n## Comments\n\n{sentence}\n"
    assert len(indications_of(tmp_path, text)) == 1 + is_stated


def test_a_case_covered_otherwise_stands_among_criteria_without_being_one(tmp_path: Path) -> None:
    use, study = indications_of(tmp_path, HEAD + (
        "Warmol is medically necessary for toeitis when all are met:\n\n- Toes are white\n- Snow lies\n"
        "- Warmol is covered only in a clinical trial in which:\n    - A nurse counts the toes\n"
    ))
    assert tree(use.criteria) == ["Toes are white", "Snow lies"]
    assert (study.determination, tree(study.criteria)) == (D.CONDITIONAL, ["A nurse counts the toes"])


def test_a_list_not_covered_for_the_following_gives_uses_and_a_residual_clause(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + (
        "Warmol is not covered for the following:\n\n- Patient is tired\n- Member has toeitis\n- Any other use\n"
    ))[1]
    assert [(i.text, i.determination) for i in facts.indications] == [
        ("Patient is tired", D.NOT_COVERED), ("Member has toeitis", D.NOT_COVERED),
    ]
    assert [clause.scope for clause in facts.catch_all] == ["Any other use (Warmol)"]


def test_a_statement_decides_on_what_the_sentence_before_names(tmp_path: Path) -> None:
    found = indications_of(tmp_path, HEAD + (
        "The trials do not support the use of Warmol for toeitis, cold ears, snow eczema and nightcap syndrome. "
        "Requests for these indications will be denied.\n"
    ))
    conditions = ["toeitis", "cold ears", "snow eczema", "nightcap syndrome"]
    assert [i.text for i in found] == [f"Warmol for {condition}" for condition in conditions]
    assert [i.anchor.quote for i in found] == ["Warmol for toeitis", *conditions[1:]]
    assert {(i.determination, i.stated) for i in found} == {(D.NOT_COVERED, "will be denied")}


def test_named_criteria_that_are_not_met_make_no_residual_clause(tmp_path: Path) -> None:
    text = "Warmol is not covered for the treatment of toeitis when these criteria are not met."
    facts = facts_of(tmp_path, HEAD + text)[1]
    assert (len(facts.indications), facts.catch_all) == (1, ())


LIST = "\n\n- Toes are white\n- Snow lies\n"


@pytest.mark.parametrize(
    ("lead", "determination"),
    [
        ("Larkspur will cover limb warming when all of the following are met:", D.MEDICALLY_NECESSARY),
        ("Larkspur may cover limb warming when all of the following are met:", D.MEDICALLY_NECESSARY),
        ("Patients may receive limb warming if:", D.MEDICALLY_NECESSARY),
        ("To apply for coverage, you must fulfill the following criteria:", D.MEDICALLY_NECESSARY),
        ("In order to qualify for limb warming, the member must meet all of the following:", D.MEDICALLY_NECESSARY),
        ("For cold toes to receive continued coverage, a nurse must:", D.MEDICALLY_NECESSARY),
        ("For coverage beyond 30 days, the following criteria must be met:", D.MEDICALLY_NECESSARY),
        ("Limb warming is considered reconstructive when all of the following are met:", D.MEDICALLY_NECESSARY),
        ("Limb warming is only considered medical necessary when all of these are met:", D.MEDICALLY_NECESSARY),
        ("Limb warming is medically appropriate if ANY ONE of the following:", D.MEDICALLY_NECESSARY),
        ("Limb warming may be approvable when all of the following are met:", D.MEDICALLY_NECESSARY),
        ("Limb warming is covered in patients with BOTH the following:", D.MEDICALLY_NECESSARY),
        ("Limb warming is a benefit when all of the following are met:", D.MEDICALLY_NECESSARY),
    ],
)
def test_lead_ins_that_cover_under_criteria(tmp_path: Path, lead: str, determination: D) -> None:
    use, = indications_of(tmp_path, HEAD + lead + LIST)
    assert (use.determination, tree(use.criteria)) == (determination, ["Toes are white", "Snow lies"])


@pytest.mark.parametrize(
    ("lead", "determination"),
    [
        ("Approve for the following conditions:", D.MEDICALLY_NECESSARY),
        ("Deny for the following conditions:", D.NOT_COVERED),
        ("Contraindicated for these conditions:", D.CONTRAINDICATED),
    ],
)
def test_lead_ins_over_conditions(tmp_path: Path, lead: str, determination: D) -> None:
    found = indications_of(tmp_path, f"{HEAD}{lead}\n\n- Toeitis\n- Snow eczema\n")
    assert [(i.text, i.determination) for i in found] == [("Toeitis", determination), ("Snow eczema", determination)]


@pytest.mark.parametrize(
    ("sentence", "determination"),
    [
        ("The plan shall cover limb warming for toeitis.", D.MEDICALLY_NECESSARY),
        ("Limb warming is payable for toeitis.", D.MEDICALLY_NECESSARY),
        ("Toeitis is an accepted indication for limb warming.", D.MEDICALLY_NECESSARY),
        ("Limb warming is an eligible service for toeitis.", D.MEDICALLY_NECESSARY),
        ("Benefits are provided for limb warming of white toes.", D.MEDICALLY_NECESSARY),
        ("Payment may be made for limb warming of white toes.", D.MEDICALLY_NECESSARY),
        ("Larkspur does not reimburse limb warming for sprains.", D.NOT_COVERED),
        ("The plan does not cover the cost of limb warming.", D.NOT_COVERED),
        ("Larkspur considers limb warming for smooth skin cosmetic.", D.NOT_COVERED),
        ("Sprains are not an accepted indication for limb warming.", D.NOT_COVERED),
        ("The medical necessity of limb warming for sprains has not been established.", D.NOT_MEDICALLY_NECESSARY),
        ("Larkspur does not approve limb warming for sprains.", D.NOT_COVERED),
        ("Limb warming for smooth skin is considered cosmetic.", D.NOT_COVERED),
        ("Limb warming is not recommended for coverage in sprains.", D.NOT_COVERED),
        ("Limb warming is considered cosmetic and not medically necessary.", D.NOT_MEDICALLY_NECESSARY),
        ("Limb warming for sprains will be denied as investigational.", D.INVESTIGATIONAL),
        ("Limb warming for sprains is considered investigative.", D.INVESTIGATIONAL),
    ],
)
def test_other_wordings_of_payers(tmp_path: Path, sentence: str, determination: D) -> None:
    use, = indications_of(tmp_path, HEAD + sentence)
    assert use.determination == determination


@pytest.mark.parametrize(
    "sentence",
    [
        "These services may or may not be covered by your plan.",
        "Limb warming is covered depending on the member's plan.",
        "Limb warming may not be a covered benefit under all benefit plans.",
        "Limb warming may be done for both medically necessary and cosmetic reasons.",
        "The medically necessary warming of limbs is described here.",
        "Medically necessary services are those that a nurse orders.",
        "Limb warming is used when medically necessary.",
        "Limb warming must be medically necessary.",
        "Documentation must show that limb warming is medically necessary.",
        "Limb warming may be medically necessary and still not be covered.",
        "Children may receive limb warming if it is needed under EPSDT; limb warming is covered.",
        "Warmol is covered under the pharmacy benefit.",
        "Limb warming services that are not medically necessary will be denied.",
        "For any item to be covered by the program, it must be reasonable and necessary.",
        "Coverage will remain available for limb warming of other toes not included in this LCD.",
        "No more than two tubes are covered.",
        "In order to be eligible for reimbursement, providers must use the following codes:",
        "Members may receive a copy of the criteria if they ask for it.",
        "Patients may receive 45 mg if they weigh less than a sheep.",
        "The member will pay for a larger tube.",
        "The request will be reviewed by a medical director.",
        "Warm tea is contraindicated in members with sand allergy.",
        "COVERAGE WITH EVIDENCE DEVELOPMENT (CED)",
        "The indications below including those of the label are considered a covered benefit.",
    ],
)
def test_sentences_on_plans_scope_and_claims_state_nothing(tmp_path: Path, sentence: str) -> None:
    assert indications_of(tmp_path, HEAD + sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Limb warming is covered for toeitis in patients enrolled in an approved registry.",
        "Limb warming is covered within a category B exemption study.",
        "Larkspur will cover through a prospective study limb warming for toeitis.",
    ],
)
def test_cover_of_those_in_a_study_is_conditional(tmp_path: Path, sentence: str) -> None:
    use, = indications_of(tmp_path, HEAD + sentence)
    assert (use.determination, use.ground) == (D.CONDITIONAL, "study_only")


def test_a_study_among_other_cases_or_criteria_makes_no_cover_conditional(tmp_path: Path) -> None:
    for text in (
        "Limb warming is covered for members with gout or members enrolled in a registry.",
        "Limb warming is covered for toeitis in members enrolled in the REMS registry.",
        "Limb warming is covered when all are met:\n\n- Member is enrolled in a clinical trial\n- Snow lies\n",
    ):
        use, = indications_of(tmp_path, HEAD + text)
        assert use.determination == D.MEDICALLY_NECESSARY


def test_what_is_covered_under_a_heading_on_studies_is_covered_in_them(tmp_path: Path) -> None:
    text = "# Limb warming\n\n## Coverage with evidence development\n\nLimb warming is covered for toeitis.\n"
    use, = indications_of(tmp_path, text)
    assert (use.determination, use.ground) == (D.CONDITIONAL, "study_only")


def test_a_subject_that_points_back_is_named_by_the_sentence_before(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{HEAD}Limb warming for snow eczema has been little studied. Therefore, this service will not be covered.\n"
    ))
    assert "snow eczema" in use.text
    assert use.anchor.quote == "Therefore, this service will not be covered."


def test_a_subject_that_points_back_leaves_the_other_purpose_behind(tmp_path: Path) -> None:
    text = f"{HEAD}Limb warming for toeitis is covered. However, it is not covered for sprains.\n"
    assert "toeitis" not in indications_of(tmp_path, text)[1].text


def test_all_other_tests_for_a_condition_are_a_use_too(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + "All other diagnostic tests for winter gout are not covered.\n")[1]
    assert len(facts.catch_all) == 1
    assert [(i.text, i.determination) for i in facts.indications] == [
        ("All other diagnostic tests for winter gout are not covered", D.NOT_COVERED)
    ]


def test_a_heading_on_the_end_of_therapy_passes_no_approval_on(tmp_path: Path) -> None:
    text = "# Warmol\n\n## Reauthorization\n\n- Toes are better\n\n{}\n\n- Growth is complete\n- Toes are warm\n"
    for stop in ("### Termination of Therapy", "Discontinuation of treatment:", "### Denial criteria"):
        found = indications_of(tmp_path, text.format(stop))
        assert not [i for i in found if "Growth" in i.text or "Growth" in str(tree(i.criteria))]


def test_a_note_to_deny_all_else_is_no_criterion(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "# Warmol\n\n## Approval criteria\n\n- Diagnosis of toeitis\n- Snow lies\n"
        "- If used for any other indication, deny the case.\n"
    ))[1]
    assert [clause.determination for clause in facts.catch_all] == [D.NOT_COVERED]
    use, = facts.indications
    assert tree(use.criteria) == ["Diagnosis of toeitis", "Snow lies"]


def test_uses_spoken_of_elsewhere_are_not_approved_here(tmp_path: Path) -> None:
    text = "# Warmol\n\n## Approved indications\n\n- Toeitis\n- Snow eczema\n- Other diagnoses: refer to POLICY 12\n"
    assert [i.text for i in indications_of(tmp_path, text)] == ["Toeitis", "Snow eczema"]


def test_a_covering_lead_in_printed_as_an_item_of_a_refusing_list(tmp_path: Path) -> None:
    *refused, covered = indications_of(tmp_path, (
        f"{HEAD}The following are not covered:\n\n- Warm tea, which is covered elsewhere\n- Hot sand\n\n"
        "A. Limb warming is covered when one of the following criteria is met:\n\n- Toes are white\n- Snow lies\n"
    ))
    assert [(i.determination, tree(i.criteria)) for i in refused] == [(D.NOT_COVERED, []), (D.NOT_COVERED, [])]
    assert (covered.determination, covered.logic) == (D.MEDICALLY_NECESSARY, "any")
    assert tree(covered.criteria) == ["Toes are white", "Snow lies"]


def test_all_else_that_a_physician_decides_on(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, HEAD + "Any other conditions should be referred for physician review.\n")[1]
    assert [clause.determination for clause in facts.catch_all] == [D.CONDITIONAL]
    assert facts.indications == ()


@pytest.mark.parametrize(
    ("refused", "stated"),
    [
        ("is not medically necessary unless all of the following are met:", "is not medically necessary unless"),
        ("is not covered except in people who meet all of the following:", "is not covered except in"),
        ("is not covered except when all of the following are met:", "is not covered except when"),
    ],
)
def test_refused_unless_criteria_are_met_is_covered_when_they_are(tmp_path: Path, refused: str, stated: str) -> None:
    use, = indications_of(tmp_path, f"{HEAD}Limb warming {refused}{LIST}")
    assert (use.determination, use.stated) == (D.MEDICALLY_NECESSARY, stated)
    assert (use.logic, tree(use.criteria)) == ("all", ["Toes are white", "Snow lies"])


def test_refused_unless_without_a_list_stays_refused(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, HEAD + "Limb warming is not covered unless steroids have failed.")
    assert use.determination == D.NOT_COVERED


def test_medical_appropriateness_heads_what_is_covered(tmp_path: Path) -> None:
    text = "# Warmol\n\n## Medical Appropriateness\n\nWarmol for the following:\n\n- Toeitis\n- Snow eczema\n"
    assert [(i.text, i.determination) for i in indications_of(tmp_path, text)] == [
        ("Toeitis", D.MEDICALLY_NECESSARY), ("Snow eczema", D.MEDICALLY_NECESSARY),
    ]


def test_a_purpose_that_is_said_again_leaves_the_service_before_it(tmp_path: Path) -> None:
    use, = indications_of(tmp_path, (
        f"{HEAD}Studies do not warrant payment for toe tickling for any pain. "
        "Therefore, this service will not be covered for any pain.\n"
    ))
    assert "payment for toe tickling" in use.text
    assert use.text.count("any pain") == 1


def test_a_period_names_no_use(tmp_path: Path) -> None:
    line = "Length of Approval: 9 months but for Warmol forte"
    text = f"# Warmol\n\n## Initial Criteria\n\n{line}\n\n- Patient was prescribed forte by a nurse\n- Toes are white\n"
    assert indications_of(tmp_path, text) == []


def test_a_menu_amid_the_text_names_no_use(tmp_path: Path) -> None:
    line = "Find a nurse » (/nurses) Order a quilt » (https://wool.example/quilts)"
    text = f"# Warmol\n\n## Initial Criteria\n\n{line}\n\n- Patient was prescribed forte by a nurse\n- Toes are white\n"
    use, = indications_of(tmp_path, text)
    assert use.text == "Warmol: Initial Criteria"
    assert tree(use.criteria) == ["Patient was prescribed forte by a nurse", "Toes are white"]


def test_a_statement_on_patients_is_completed_by_the_title_that_says_for_what(tmp_path: Path) -> None:
    text = (
        "# Limb Warming for Psoriatic Arthritis\n\n## Policy\n\n"
        "Limb warming is covered in patients with both of the following:\n\n"
        "- Toes are cold for a week\n- The bill is paid\n"
    )
    (use,) = indications_of(tmp_path, text)
    assert use.text == "Limb Warming for Psoriatic Arthritis: Limb warming is covered in patients"


@pytest.mark.parametrize(
    "lead",
    [
        "Patient must meet all of the following criteria for warm tea to be considered medically necessary:",
        "In order for warm tea to be covered, all of the following criteria must be met:",
        "All of the following criteria must be met for warm tea:",
        "Candidates for warm tea must meet all of the following:",
        "Initial authorization of warm tea requires all of the following:",
        "Warm tea requires prior authorization and will be approved for gout when all of the following are met:",
        "Warm tea may be warranted for gout when all of the following apply:",
        "Approve warm tea if the patient meets ALL of the following:",
    ],
)
def test_a_lead_in_that_asks_before_it_grants(tmp_path: Path, lead: str) -> None:
    (use,) = indications_of(tmp_path, f"{HEAD}{lead}\n\n- Toes are white\n- Snow lies\n")
    assert (use.determination, use.logic) == (D.MEDICALLY_NECESSARY, "all")
    assert tree(use.criteria) == ["Toes are white", "Snow lies"]


def test_what_any_service_must_be_grants_none(tmp_path: Path) -> None:
    text = "For any item to be covered by Oakcare, it must 1) be on the list of benefits, 2) be warm.\n"
    assert indications_of(tmp_path, HEAD + text) == []
