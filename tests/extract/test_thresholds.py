"""Clinical numbers of rules, and the numbers that are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policyview import lexicon
from policyview.anchor import anchor_of
from policyview.extract.thresholds import thresholds_in, thresholds_of
from policyview.extract.thresholds_beside import thresholds_unread
from policyview.model import Document, Note, Passage, Threshold
from policyview.segment import segment
from tests.extract.reading import facts_of

LEXICON = lexicon.load()


def read(text: str) -> tuple[Threshold, ...]:
    document = Document("invented.txt", "0" * 64, "text/plain", text)
    return thresholds_in(document, Passage(text, range(len(text))), "i1", LEXICON)


@pytest.mark.parametrize(
    ("text", "quantity", "comparator", "value", "unit"),
    [
        ("Member is 6 years of age or older", "age", ">=", 6, "year"),
        ("for members under age 18", "age", "<", 18, "year"),
        ("moles on at least 10% of body surface area", "body surface area", ">=", 10, "%"),
        ("a body mass index of 32 or less", "body mass index", "<=", 32, None),
        ("BMI below 35 kg/m2", "body mass index", "<", 35, "kg/m2"),
        ("Wetness index (WI) ≥ 25 in the hall", "Wetness index (WI)", ">=", 25, None),
        ("a 3-month trial of felt", "duration", "=", 3, "month"),
        ("within 12 months of the start of therapy", "duration", "<=", 12, "month"),
        ("a gap of 4 mm or more", "mm", ">=", 4, "mm"),
        ("a drip interval of 120 milliseconds or more", "interval", ">=", 120, "ms"),
        ("weighing more than 100 kg", "body weight", ">", 100, "kg"),
        ("a 20% decrease in wetness", "decrease", "=", 20, "%"),
        ("wetness of 80- 100%", "wetness", "range", (80, 100), "%"),
        ("at least 250 felt cells per microliter", "felt cells", ">=", 250, "cell per microliter"),
        ("the fiber count is at least 20,000 per microliter", "fiber count", ">=", 20000, "per microliter"),
        ("Wetness is at least 27 percent", "Wetness", ">=", 27, "percent"),
        ("at least 4 damp days per month", "damp days", ">=", 4, "day per month"),
        ("feltanib at a dose of ≥ 0.5 mg/kg per day", "feltanib dose", ">=", 0.5, "mg/kg per day"),
        ("damp of grade II that lasts 3 days", "duration", "=", 3, "day"),
        ("no response to feltanib for at least 2 weeks", "duration", ">=", 2, "week"),
        ("forced volume in one second has fallen by 20 percent", "share", "=", 20, "percent"),
        ("one feltable agent for at least 3 months", "duration", ">=", 3, "month"),
        ("Wearer must be 12 years of age", "age", "=", 12, "year"),
        ("a wearer ≥12 months old", "age", ">=", 12, "month"),
        ("Age: at least 6 years", "age", ">=", 6, "year"),
        ("the individual is 18 months or more past the bath", "duration", ">=", 18, "month"),
        ("loss of weight that has held steady for 3 months or longer", "duration", ">=", 3, "month"),
        ("damp did not come down to < 6 mg/dL", "mg/dL", "<", 6, "mg/dL"),
        ("a member ≥ 40 years old with damp feet", "age", ">=", 40, "year"),
        ("Documentation of a Puddle Score ≥ 6", "Puddle Score", ">=", 6, None),
        ("with a wetness index exceeding 25", "wetness index", ">", 25, None),
        ("WtO2 (partial pressure of water) ≤59 at rest", "WtO2 (partial pressure of water)", "<=", 59, None),
        ("daily sorrow (KDQ) >17", "KDQ", ">", 17, None),
        ("≥ 1.1 improvement on the Felt Disease Activity Measure", "improvement", ">=", 1.1, None),
        ("an improvement of ≥ 2 on the Felt Disease Measure", "improvement", ">=", 2, None),
        ("the walker lost at least 5 percent of the body weight", "weight loss", ">=", 5, "percent"),
        ("two or more severe soakings of any kind, or 2 to 4 copies of FLT1", "copy", "range", (2, 4), "copy"),
        ("at least 2 prior lines of dry therapy", "prior lines", ">=", 2, "line"),
        ("at least three severe attacks per year", "severe attacks", ">=", 3, "attack per year"),
        ("after four or more prior felt regimens", "regimen", ">=", 4, "regimen"),
        ("a minimum (3) month trial of felt", "duration", ">=", 3, "month"),
        ("seen by the cobbler at least every 30 days", "duration", "<=", 30, "day"),
        ("Dose does not exceed 28 mcg/day", "dose", "<=", 28, "mcg/day"),
        ("the record documents at least 50% relief", "relief", ">=", 50, "%"),
        ("two cobbling drugs over 4 weeks (in total)", "duration", "=", 4, "week"),
        ("low-pitch felt threshold no poorer than 60 dB", "threshold", "<=", 60, "dB"),
        ("a pure-tone average of 70 dB (decibels) hearing loss or greater", "average", ">=", 70, "dB"),
        ("a minimum criterion of four prior failed treatments", "treatment", ">=", 4, "treatment"),
        ("the cobbler will not exceed the labeled dose of 12 mg", "dose", "<=", 12, "mg"),
        ("a reduction in BMI of at least 5 percent from the start", "reduction", ">=", 5, "percent"),
        ("T-score of -2.5 or below", "T-score", "<=", -2.5, None),
        ("T-score ≤ -2.5", "T-score", "<=", -2.5, None),
        ("adolescents 12 to 17 with cold feet", "age", "range", (12, 17), "year"),
        ("adults 18 and older", "age", ">=", 18, "year"),
        ("the member is under 21", "age", "<", 21, "year"),
        ("Feltanib: at least 18 years.", "age", ">=", 18, "year"),
        ("height more than 2 standard deviations below the mean", "height", ">", 2, "standard deviation"),
        ("wearers who weigh at least 35 kg", "body weight", ">=", 35, "kg"),
        ("Pain is at least 5 on a 0 to 10 rating scale", "rating scale", ">=", 5, None),
        ("Individual was ≥80% adherent", "share", ">=", 80, "%"),
        ("felts for at least 3 months (90 days)", "duration", ">=", 3, "month"),
    ],
)
def test_threshold(text: str, quantity: str, comparator: str, value: object, unit: str | None) -> None:
    (threshold,) = read(text)
    assert (threshold.quantity, threshold.comparator) == (quantity, comparator)
    assert (threshold.value, threshold.unit) == (value, unit)
    assert threshold.of == "i1"
    assert threshold.anchor.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Authorization is granted for 12 months",
        "Approve for up to 6 months if worn",
        "Feltanib 45 mg/0.5 mL pen",
        "Feltanib 45 mg tablets",
        "one of the following",
        "failure of at least two felts",
        "see section 4 and Table 2",
        "effective June 13, 2022",
        "worn by 60-70% of patients",
        "code Q27.20 and COVID-19",
        "as in (2)(a)",
        "Feltanib 10 mg/kg every 2 weeks",
        "Approval is for 3 doses in 12 weeks",
        "Feltanib 7-Day Starter Pack",
        "FELTAZEL 15% GEL or Dampazole Cream 0.1%",
        "wearers get a three (3) day supply",
        "Initial use will be allowed for three months",
        "authorization will be required again at 12 months",
        "Feltanib 30 mg initially and 4 weeks later",
        "worn 8 weeks after the initial intravenous dose",
        "Feltanib 2 mg/kg (maximum 300 mg)",
        "Initial approval: 6 months (180 days).",
        "Initial: six months",
        "for wearers of whom 1 or more the following criteria are met",
        "Extended approval. 1 year (365 days).",
        "feet that dry during this 12-week period",
        "failure of at least one second-line felt",
        "intolerance of FTX and ≥ 2 felts",
        "rounded by 10% of the requested dose",
        "has (within the last 6 months) undergone a label change",
        "heard at 500 Hz, 1000 Hz and 2000 Hz",
        "averaged over 125, 250, and 500 Hz",
        "measured at 0, 30, 60, 90, 120 minutes",
    ],
)
def test_no_threshold(text: str) -> None:
    assert read(text) == ()


def test_events_share_their_unit() -> None:
    found = read("drip index of at least 5 events but no more than 14 events per hour")
    assert [(t.comparator, t.value, t.unit) for t in found] == [
        (">=", 5, "event per hour"), ("<=", 14, "event per hour"),
    ]


def test_quote_keeps_to_its_clause() -> None:
    (threshold,) = read("Diapers are dry; the member is 6 years of age or older; the roof is tight.")
    assert threshold.text == "the member is 6 years of age or older"


def test_thresholds_name_their_criterion(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "# Medical Policy: Felt Soles\n\n## Policy\n\nFelt soles are medically necessary where all of these hold:\n\n"
        "- Member is 12 years of age or older\n- Cold feet for at least 4 weeks\n"
    ))[1]
    assert [(t.comparator, t.value, t.unit) for t in facts.thresholds] == [(">=", 12, "year"), (">=", 4, "week")]
    ids = {c.id for i in facts.indications for c in i.iter_criteria()}
    assert {t.of for t in facts.thresholds} <= ids


def test_period_of_a_change_compares_nothing() -> None:
    found = read("when wetness has declined by 10 percent or more over 3 months")
    assert [(t.comparator, t.value, t.unit) for t in found] == [(">=", 10, "percent"), ("=", 3, "month")]


def test_a_range_in_brackets_may_stand_far_from_its_score() -> None:
    found = read("the foot's Puddle Index score (before any felt is worn) shows damp (8-16) or wet feet (17-100)")
    assert {t.quantity for t in found} == {"Puddle Index score"}
    assert [t.value for t in found] == [(8, 16), (17, 100)]


def test_what_several_indications_share_is_one_threshold() -> None:
    text = "Cold feet for at least 4 weeks"
    passage = Passage(text, range(len(text)))
    document = Document("invented.txt", "0" * 64, "text/plain", text)
    found = thresholds_of(document, [("i1.c.1", passage), ("i2.c.1", passage)], LEXICON)
    assert [(t.of, t.value) for t in found] == [("i1.c.1", 4)]


def test_a_share_of_the_number_before_it_has_its_unit() -> None:
    found = read("Damp on 15 or more days a month, of which 8 or more are wet")
    assert [(t.comparator, t.value, t.unit) for t in found] == [(">=", 15, "day per month"), (">=", 8, "day per month")]


def test_dose_that_failed() -> None:
    assert [t.value for t in read("felt at 1 mg/kg per day for at least 4 weeks brought no response")] == [1, 4]
    assert [t.value for t in read("Give felt at 1 mg/kg per day for at least 4 weeks")] == [4]


def test_a_range_over_two_units() -> None:
    found = read("Aged 6 months to 5 years")
    assert [(t.quantity, t.comparator, t.value, t.unit) for t in found] == [
        ("age", ">=", 6, "month"), ("age", "<=", 5, "year"),
    ]


def test_the_lead_of_a_list_names_what_its_items_measure(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, (
        "# Medical Policy: Felt Soles\n\n## Policy\n\nFelt soles are medically necessary where all of these hold:\n\n"
        "- Cold feet\n- Age:\n  - Oakstat from the start of at least 18 years\n  - Elmstat from at least 12 years on\n"
    ))[1]
    assert [(t.quantity, t.value) for t in facts.thresholds] == [("age", 18), ("age", 12)]


def beside(tmp_path: Path, text: str) -> list[tuple[str, object, str | None]]:
    facts = facts_of(tmp_path, (
        "# Medical Policy: Felt Soles\n\n## Policy\n\nFelt soles are medically necessary for cold feet.\n\n" + text
    ))[1]
    assert {t.of for t in facts.thresholds} <= {i.id for i in facts.indications}
    return [(t.comparator, t.value, t.unit) for t in facts.thresholds]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A wearer who has worn felt for < 6 months.\n", [("<", 6, "month")]),
        ("Weight ≤ 55 kg: 260 mg once.\n", [("<=", 55, "kg")]),
        ("Soles of wool last a while. " * 12 + "Feet must be looked at every week or at least every 30 days.\n",
         [("<=", 30, "day")]),
        ("### Wearer Criteria:\n\n- Winters for ≥ 2 years\n", [(">=", 2, "year")]),
    ],
)
def test_numbers_of_lines_that_no_indication_took_up(tmp_path: Path, text: str, found: list[object]) -> None:
    assert beside(tmp_path, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "12 months\n",
        "In a study of shepherds, at least 30 percent felt warm.\n",
        "Soles of wool last a while. " * 12 + "Most shepherds were warm for at least 30 days.\n",
        "Feltanib is given at doses of up to 300 mg within 2 weeks.\n",
    ],
)
def test_numbers_beside_that_are_no_rules(tmp_path: Path, text: str) -> None:
    assert beside(tmp_path, text) == []


def whose(tmp_path: Path, text: str) -> list[tuple[str, object]]:
    """The words of the indication that each threshold is of, with its value."""
    facts = facts_of(tmp_path, "# Medical Policy: Felt Soles\n\n## Policy\n\n" + text)[1]
    words = {indication.id: indication.anchor.quote for indication in facts.indications}
    return [(words.get(threshold.of, threshold.of), threshold.value) for threshold in facts.thresholds]


def test_a_line_that_leads_in_is_of_the_use_behind_it(tmp_path: Path) -> None:
    assert whose(tmp_path, (
        "Felt soles are considered medically necessary for damp heels.\n\n"
        "ANY of the following ills in a wearer ≥ 7 years of age:\n\n- sore toes are covered\n- blue nails are covered\n"
    )) == [("sore toes are covered", 7)]


def test_a_line_that_leads_in_no_use_has_no_threshold(tmp_path: Path) -> None:
    assert whose(tmp_path, (
        "Felt soles are medically necessary for cold feet.\n\nYoung wearers 7 years and older with:\n\nA wet shed\n"
    )) == []


def test_a_list_of_which_nothing_was_read_has_no_threshold(tmp_path: Path) -> None:
    assert whose(tmp_path, (
        "- Winters for at least 2 years\n- Wool for at least 3 months\n- A warm shed\n\n"
        "Felt soles are medically necessary for cold feet.\n"
    )) == []


def test_an_exception_is_of_the_use_whose_it_is_wherever_it_is_printed(tmp_path: Path) -> None:
    document, facts = facts_of(tmp_path, (
        "# Medical Policy: Felt Soles\n\n## Policy\n\nFelt soles are medically necessary for cold feet.\n\n"
        "Felt soles are medically necessary for damp heels.\n\nIn the hills a trial of less than 30 days is enough.\n"
    ))
    assert [threshold.of for threshold in facts.thresholds] == ["i2"]
    start = document.text.index("In the hills")
    line = Passage(document.text[start:], range(start, len(document.text)))
    first = replace(facts.indications[0], exceptions=(Note(line.text, anchor_of(document, line)),))
    found = thresholds_unread(
        document, segment(document, LEXICON), (first, *facts.indications[1:]), [], LEXICON
    )
    assert [(threshold.of, threshold.value) for threshold in found] == [("i1", 30)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AHI no less than 5 and no more than 14 events per hour", "AHI"),
        ("Wetness index (WI) ≥ 5 and ≤ 14 events per hour", "Wetness index (WI)"),
    ],
)
def test_two_bounds_share_what_they_measure_and_their_unit(text: str, name: str) -> None:
    found = [(t.quantity, t.comparator, t.value, t.unit) for t in read(text)]
    assert found == [(name, ">=", 5, "event per hour"), (name, "<=", 14, "event per hour")]
