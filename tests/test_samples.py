"""The invented policies of sample_docs: made as committed, read, and compared so that every state shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from policyview import pipeline
from policyview.collection import Collection
from policyview.model import Agreement, Column, Determination, Matrix, Reading, Row
from policyview.settings import Settings
from tests.sample_makers.layout import Look, build, table
from tests.sample_makers.markup import edition
from tests.sample_makers.shelf import SHELF

SAMPLES = Path(__file__).resolve().parent.parent / "sample_docs"
SETTINGS = Settings(workers=2)
AS_OF = datetime.date(2026, 11, 21)
THRESHOLD_ROW = "chronic graft-versus-host disease"
CONDITIONS = re.compile(r"lymphoma|graft|heart|bronchiolitis|sclerosis|crohn|migraine|headache", re.IGNORECASE)


def printed(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [page.get_textpage().get_text_range() for page in document]


# --------------------------------------------------------------------------- making


@pytest.mark.parametrize("name", SHELF)
def test_the_maker_prints_what_is_committed(name: str) -> None:
    """By text: another reportlab or zlib may write other bytes of the same pages."""
    assert printed(SHELF[name]()) == printed((SAMPLES / name).read_bytes())


def test_making_twice_gives_the_same_bytes() -> None:
    make = SHELF["northfork-ohio-veragepant.pdf"]
    assert make() == make()


def test_every_pdf_has_a_maker() -> None:
    assert {path.name for path in SAMPLES.glob("*.pdf")} == set(SHELF)


def test_a_table_over_two_pages_repeats_its_head() -> None:
    rows = [("Code", "Description"), *((f"{n:05}", "A procedure") for n in range(80))]
    pages = printed(build(Look(), lambda: [table(Look(), rows, (0.3, 0.7))], lambda *_: None, title="T", author="A"))
    assert len(pages) > 1
    assert all(page.startswith("Code Description") for page in pages)


def test_an_edition_takes_its_own_words() -> None:
    text = "for [2025]8[2026]4[] weeks\n[2026]only new[]\nboth"
    assert edition(text, "2025") == "for 8 weeks\nboth"
    assert edition(text, "2026") == "for 4 weeks\nonly new\nboth"


# --------------------------------------------------------------------------- reading


@pytest.fixture(scope="module")
def collection() -> Collection:
    return pipeline.run(pipeline.read([SAMPLES], SETTINGS))


def reading_of(collection: Collection, stem: str) -> Reading:
    (found,) = (reading for reading in collection.readings if Path(reading.file).stem == stem)
    return found


def test_every_sample_is_read_without_loss(collection: Collection) -> None:
    assert {Path(reading.file).name for reading in collection.readings} == {path.name for path in SAMPLES.iterdir()}
    assert not collection.failures
    assert not collection.skipped
    assert not [reading.file for reading in collection.readings if reading.document.losses]


@pytest.mark.parametrize(
    ("stem", "payer"),
    [
        ("harborline-photopheresis-2026", "Harborline Health"),
        ("harborline-veragepant", "Harborline Health"),
        ("northfork-ohio-photopheresis", "Northfork Community Plan"),
        ("juniper-photopheresis", "Juniper Mutual"),
        ("alder-pine-photopheresis", "Alder & Pine Health"),
        ("cobalt-ridge-photopheresis", "Cobalt Ridge Medicare Advantage"),
    ],
)
def test_the_payer_is_who_the_letterhead_names(collection: Collection, stem: str, payer: str) -> None:
    assert reading_of(collection, stem).facts.policy.payer == payer


def test_state_and_line_of_business_stand_in_the_footer_only(collection: Collection) -> None:
    (plan,) = reading_of(collection, "northfork-ohio-veragepant").facts.policy.applies_to
    assert (plan.line, plan.states) == ("medicaid", ("Ohio",))


def test_an_article_is_second_hand(collection: Collection) -> None:
    assert reading_of(collection, "claims-ledger-article").facts.policy.authority == "third_party"


def test_list_items_that_say_medically_necessary_are_indications(collection: Collection) -> None:
    indications = reading_of(collection, "harborline-photopheresis-2026").facts.indications
    necessary = [i for i in indications if i.determination is Determination.MEDICALLY_NECESSARY]
    for condition in ("T-cell lymphoma", "acute graft", "chronic graft", "heart", "bronchiolitis"):
        assert any(condition.lower() in i.text.lower() for i in necessary), condition


def test_coverage_in_a_study_is_conditional(collection: Collection) -> None:
    indications = reading_of(collection, "cobalt-ridge-photopheresis").facts.indications
    (study,) = (i for i in indications if "bronchiolitis" in i.text.lower())
    assert (study.determination, study.ground) == (Determination.CONDITIONAL, "study_only")


def test_the_editions_differ_in_a_number_and_a_criterion_of_which_the_history_tells_one(collection: Collection) -> None:
    old = reading_of(collection, "harborline-photopheresis-2025")
    new = reading_of(collection, "harborline-photopheresis-2026")
    assert "at least 8" in old.document.text
    assert "at least 4" in new.document.text
    assert "agreed with the center" in new.document.text
    assert "agreed with the center" not in old.document.text
    latest = new.facts.history[0].text
    assert "8 weeks to 4 weeks" in latest
    assert "center" not in latest


# --------------------------------------------------------------------------- comparing


@pytest.fixture(scope="module")
def matrices(collection: Collection) -> tuple[Matrix, ...]:
    return pipeline.run(pipeline.compare(collection, SETTINGS, AS_OF))


def matrix_of(matrices: tuple[Matrix, ...], word: str) -> Matrix:
    (found,) = (matrix for matrix in matrices if word in matrix.topic.lower())
    return found


def column_of(matrix: Matrix, stem: str) -> Column:
    (found,) = (column for column in matrix.columns if Path(column.file).stem == stem)
    return found


def files_in(row: Row) -> Iterator[str]:
    """The column of each entry of a row; a column with several cells once."""
    yield from {cell.file for cell in row.cells}
    yield from (entry.file for entry in row.broader)
    yield from (entry.file for entry in row.catch_all)
    yield from (entry.file for entry in row.silent)


def test_two_topics_and_every_document_in_one(matrices: tuple[Matrix, ...]) -> None:
    assert len(matrices) == 2
    assert len(matrix_of(matrices, "photopheresis").columns) == 7
    assert len(matrix_of(matrices, "veragepant").columns) == 3


def test_every_state_shows(matrices: tuple[Matrix, ...]) -> None:
    rows = matrix_of(matrices, "photopheresis").rows
    assert any(row.cells for row in rows)
    assert any(row.broader for row in rows)
    assert any(row.catch_all for row in rows)
    assert any(row.silent for row in rows)


def test_each_column_is_in_each_row_once(matrices: tuple[Matrix, ...]) -> None:
    for matrix in matrices:
        columns = sorted(column.file for column in matrix.columns)
        assert all(sorted(files_in(row)) == columns for row in matrix.rows)


def test_the_older_edition_is_not_in_force(matrices: tuple[Matrix, ...]) -> None:
    matrix = matrix_of(matrices, "photopheresis")
    assert column_of(matrix, "harborline-photopheresis-2026").in_force
    assert not column_of(matrix, "harborline-photopheresis-2025").in_force


def test_payers_differ_in_a_number(matrices: tuple[Matrix, ...], collection: Collection) -> None:
    """Harborline asks for 0.5 mg/kg of prednisone before photopheresis for chronic disease, Juniper for 1."""
    for stem, dose in (("harborline-photopheresis-2026", 0.5), ("juniper-photopheresis", 1)):
        found = reading_of(collection, stem).facts.thresholds
        assert dose in {t.value for t in found if t.unit and t.unit.startswith("mg/kg")}, stem
    rows = [row for row in matrix_of(matrices, "photopheresis").rows if THRESHOLD_ROW in row.label.lower()]
    assert any(row.agreement is Agreement.CRITERIA_DIFFER for row in rows)


def test_the_article_is_a_column_that_does_not_count(matrices: tuple[Matrix, ...]) -> None:
    matrix = matrix_of(matrices, "photopheresis")
    article = column_of(matrix, "claims-ledger-article")
    assert article.policy.authority == "third_party"
    alone = [row for row in matrix.rows if {cell.file for cell in row.cells} == {article.file}]
    assert all(not CONDITIONS.search(row.label) or row.agreement is not Agreement.OPPOSED for row in alone)


def test_a_catch_all_reaches_only_its_scope(matrices: tuple[Matrix, ...]) -> None:
    """Alder & Pine's residual clause speaks of solid organ transplants, so it says nothing of sclerosis."""
    rows = [row for row in matrix_of(matrices, "photopheresis").rows if "sclerosis" in row.label.lower()]
    assert rows
    assert not [entry for row in rows for entry in row.catch_all if "alder-pine" in entry.file]


def test_the_policy_that_contradicts_itself_says_both(collection: Collection) -> None:
    indications = reading_of(collection, "juniper-photopheresis").facts.indications
    early = {i.determination for i in indications if "early-stage" in i.text.lower()}
    assert early == {Determination.MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL}
