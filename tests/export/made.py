"""A comparison made by hand: four invented documents on one invented service, every state and agreement once.

``comparison(poison)`` puts ``poison`` into every text that a document gives, to see what becomes of it.
"""

from __future__ import annotations

import datetime
import hashlib

from policyview.anchor import anchor_at
from policyview.collection import Collection
from policyview.export.comparison import Comparison
from policyview.model import (
    Agreement,
    Anchor,
    Applicability,
    Authorization,
    Broader,
    CatchAll,
    CatchAllCell,
    Cell,
    Code,
    CodeRule,
    Column,
    Criterion,
    Dates,
    Determination,
    Document,
    Facts,
    Failure,
    Indication,
    Limit,
    Loss,
    Matrix,
    Note,
    Policy,
    Reading,
    Role,
    Row,
    Section,
    Silent,
    Version,
)

AS_OF = datetime.date(2026, 3, 1)

LARKSPUR = """Larkspur Health Plan{0}
Medical policy MP-100: Limb warming sleeves{0}
Effective 2025-03-01. Commercial plans in Oregon.
Position
A heated sleeve is medically necessary for winter limb stiffness in adults{0} when all of these hold:
1. Two stretching programs of 6 weeks were tried without relief{0}.
2. Either of these:
a. Skin temperature of the limb is below 29 degrees.
b. A rheumatologist ordered it.
Heated sleeves for desk fatigue count as investigational{0}.
One pair a year may be dispensed{0}.
Any other use of a limb warming sleeve is investigational{0}.
Procedure code Z9101 heated sleeve, each{0}.
Prior authorization is asked of HMO members in the outpatient setting{0}.
"""
BROOKFIELD = """Brookfield Mutual{0}
UM-7 Warming devices for limbs{0}
Last reviewed 2024-11.
Coverage
We cover a heated sleeve for limb stiffness of any cause{0}.
Warming of the limb after frostbite is not covered{0}.
Sleeves for desk fatigue are not medically necessary{0}.
"""
HARROW = """Harrow Community Care{0}
Policy 55-B Limb warmers{0}
Effective 2026-06-01.
Limb warmers may be approved case by case for stiffness{0}.
"""
ATLAS = """Atlas of Limb Care{0}
Warming is suggested for stiffness{0}.
"""


def document(file: str, text: str, pages: tuple[int, ...] = (), losses: tuple[Loss, ...] = ()) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    kind = "application/pdf" if pages else "text/plain"
    return Document(file, digest, kind, text, pages, losses=losses)


def at(source: Document, begins: str) -> Anchor:
    """The line of ``source`` that begins so, without its line end."""
    start = source.text.index(begins)
    end = source.text.index("\n", start)
    return anchor_at(source, start, end)


def words(source: Document, begins: str) -> str:
    return at(source, begins).quote


def _larkspur(poison: str) -> Reading:
    text = LARKSPUR.format(poison)
    source = document("plans/larkspur mp-100.pdf", text, (0, text.index("Heated")), (Loss(3, f"Scan{poison}"),))
    either = Criterion("c2", words(source, "Either"), at(source, "2. Either"), "2.", "any", children=(
        Criterion("c2a", words(source, "Skin"), at(source, "a. Skin"), "a.", kind="other"),
        Criterion("c2b", words(source, "A rheum"), at(source, "b. A rheum"), "b.", kind="prescriber"),
    ))  # fmt: skip
    tried = Criterion("c1", words(source, "Two stretching"), at(source, "1. Two"), "1.", kind="step")
    stiff = Indication(
        "i1", f"Winter limb stiffness in adults{poison}", at(source, "A heated sleeve"),
        Determination.MEDICALLY_NECESSARY, f"medically necessary{poison}", at(source, "A heated sleeve"),
        "necessity", 0.95, population="adults", stage="initial", label="1.A", context=("Position",),
        section=f"Position{poison}", logic="all", criteria=(tried, either),
        limits=(Limit("quantity", words(source, "One pair"), at(source, "One pair")),),
        notes=(Note(words(source, "One pair"), at(source, "One pair")),),
    )  # fmt: skip
    desk = Indication(
        "i2", f"Desk fatigue{poison}", at(source, "Heated sleeves for desk"), Determination.INVESTIGATIONAL,
        "investigational", at(source, "Heated sleeves for desk"), "evidence", 0.55, doubt=f"Read in prose{poison}",
        section="Position",
    )  # fmt: skip
    clause = CatchAll(
        Determination.INVESTIGATIONAL, words(source, "Any other"), f"limb warming{poison}", at(source, "Any other")
    )
    policy = Policy(
        "medical_policy", "payer", f"Larkspur Health Plan{poison}", f"Limb warming sleeves{poison}", f"MP-100{poison}",
        "active", (Applicability("commercial", (), ("OR",), at(source, "Effective")),),
        Dates(effective="2025-03-01", last_review="2024-12"), (("payer", at(source, "Larkspur")),),
    )  # fmt: skip
    codes = (
        Code("HCPCS", "Z9101", at(source, "Procedure code"), None, f"heated sleeve{poison}", "supports_coverage"),
        Code("ICD-10-CM", "M25.60", at(source, "Procedure code"), "M25.69", None, "supports_coverage",
             f"with notes{poison}", ("i1",)),
    )  # fmt: skip
    rule = CodeRule("HCPCS", "not_covered", words(source, "Any other"), at(source, "Any other"), ("Z9101",))
    asked = Authorization(f"HMO{poison}", "outpatient", "prior", "yes", at(source, "Prior"))
    sections = (Section(words(source, "Position"), 1, Role.POLICY, at(source, "Position")),)
    return Reading(source, Facts(
        policy, sections, (("Larkspur page", 2),), (stiff, desk), (clause,), codes, (rule,), (asked,),
        abbreviations=(("LW", "limb warming"),),
    ))  # fmt: skip


def _brookfield(poison: str) -> Reading:
    source = document("plans/brookfield.txt", BROOKFIELD.format(poison))

    def indication(name: str, begins: str, text: str, determination: Determination, stated: str) -> Indication:
        place = at(source, begins)
        return Indication(name, text, place, determination, stated, place, "benefit", section="Coverage")

    policy = Policy(
        "um_guideline", "payer", "Brookfield Mutual", "Warming devices for limbs", "UM-7",
        dates=Dates(last_review="2024-11"),
    )  # fmt: skip
    return Reading(source, Facts(policy, indications=(
        indication("b1", "We cover", "Limb stiffness of any cause", Determination.MEDICALLY_NECESSARY, "We cover"),
        indication("b2", "Warming of", "Frostbite", Determination.NOT_COVERED, "not covered"),
        indication("b3", "Sleeves", "Desk fatigue", Determination.NOT_MEDICALLY_NECESSARY, "not medically necessary"),
    )))  # fmt: skip


def _harrow(poison: str) -> Reading:
    source = document("plans/harrow.md", HARROW.format(poison))
    place = at(source, "Limb warmers may")
    policy = Policy(
        "medical_policy", "medicare_local", "Harrow Community Care", "Limb warmers", "55-B", "future",
        dates=Dates(effective="2026-06-01"),
    )  # fmt: skip
    return Reading(source, Facts(policy, indications=(
        Indication("h1", "Limb stiffness", place, Determination.CONDITIONAL, "case by case", place, "discretion"),
    )))  # fmt: skip


def _atlas(poison: str) -> Reading:
    source = document("plans/atlas.html", ATLAS.format(poison))
    place = at(source, "Warming is")
    policy = Policy("clinical_reference", "reference", None, "Atlas of Limb Care")
    return Reading(source, Facts(policy, indications=(
        Indication("a1", "Limb stiffness", place, Determination.RECOMMENDED, "suggested", place),
    )))  # fmt: skip


def comparison(poison: str = "") -> Comparison:
    larkspur, brookfield, harrow, atlas = _larkspur(poison), _brookfield(poison), _harrow(poison), _atlas(poison)
    versions = (
        Version("2025-03-01", "effective"), Version("2024-11", "last_review"), Version("2026-06-01", "effective"), None
    )  # fmt: skip
    readings = (larkspur, brookfield, harrow, atlas)
    columns = tuple(
        Column(r.file, r.document.sha256, r.facts.policy, version, r is not harrow)
        for r, version in zip(readings, versions, strict=True)
    )
    a, b, c, d = (r.file for r in readings)
    clause = larkspur.facts.catch_all[0]

    def silent(file: str) -> Silent:
        nearest = next(r.facts.indications[0].id for r in readings if r.file == file)
        return Silent(file, (f"Coverage{poison}",), (nearest, 0.31), f"Nothing of it is said{poison}")

    rows = (
        Row("r1", f"Winter limb stiffness{poison}", Agreement.CRITERIA_DIFFER,
            (Cell(a, "i1", Determination.MEDICALLY_NECESSARY, 0.93, (f"same condition{poison}",)),
             Cell(c, "h1", Determination.CONDITIONAL, 0.7), Cell(d, "a1", Determination.RECOMMENDED, 0.8)),
            (Broader(b, "b1", Determination.MEDICALLY_NECESSARY, ("any cause holds winter",)),), group="Adults"),
        Row("r2", "Limb stiffness of any cause", Agreement.OPPOSED,
            (Cell(b, "b1", Determination.MEDICALLY_NECESSARY),), (),
            (CatchAllCell(a, Determination.INVESTIGATIONAL, clause.anchor, ("the clause speaks of sleeves",)),),
            (silent(c), silent(d)), group="Adults"),
        Row("r3", "Frostbite", Agreement.ONE_PAYER, (Cell(b, "b2", Determination.NOT_COVERED),), (), (),
            (silent(a), silent(c), silent(d))),
        Row("r4", "Desk fatigue", Agreement.WORDS_DIFFER,
            (Cell(a, "i2", Determination.INVESTIGATIONAL), Cell(b, "b3", Determination.NOT_MEDICALLY_NECESSARY)), (),
            (), (silent(c), silent(d))),
    )  # fmt: skip
    failures = (Failure("plans/locked.pdf", f"It is protected by a password{poison}; save it without one."),)
    return Comparison(
        Collection(readings, failures, ("plans/notes.bin",)), (Matrix(f"limb warming{poison}", columns, rows),), AS_OF
    )
