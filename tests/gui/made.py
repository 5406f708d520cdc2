"""A comparison made by hand: five invented payers on one invented service, every state and agreement in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from policyview.anchor import anchor_at
from policyview.collection import Collection
from policyview.gui.board import Board, board
from policyview.gui.standing import Facts as AllFacts
from policyview.model import (
    Agreement,
    Anchor,
    Broader,
    CatchAll,
    CatchAllCell,
    Cell,
    Column,
    Criterion,
    Dates,
    Determination,
    Document,
    Facts,
    Indication,
    Limit,
    Loss,
    Matrix,
    Note,
    Policy,
    Reading,
    Row,
    Silent,
    Version,
)

Med, Inv = Determination.MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL
Not, Ref = Determination.NOT_MEDICALLY_NECESSARY, Determination.RECOMMENDED

NORTHFIELD = """Northfield Health & Life <b>Plan</b>
Medical policy NF-210: Pulsed mist therapy
Effective 2025-04-01

Policy
Pulsed mist therapy is medically necessary for adults with knotted airway syndrome when all of these hold:
1. A trial of two inhaled agents of 8 weeks each brought no relief.
2. One of these:
a. Oxygen saturation at rest is 88 percent or lower.
b. A lung specialist asked for it after a full examination.
3. The person does not smoke.
Pulsed mist therapy is medically necessary for children with knotted airway syndrome who cannot swallow tablets.
Use for occasional cough counts as investigational.
Every other use of pulsed mist therapy is investigational.
"""
EASTBROOK = """EASTBROOK MUTUAL\r
Guideline 77 - Mist devices\r
Reviewed 2024-11\r
\r
Coverage position\r
We cover mist therapy for knotted airway syndrome in adults and children \U0001d54f alike.\r
Mist therapy for occasional cough is not medically necessary.\r
"""
SOUTHGATE = """Southgate Community Care, policy SG-9, effective 2023-07
Mist therapy for adults with knotted airway syndrome is unproven and so investigational.
All other indications for mist therapy are investigational as well.
"""
WESTMERE = """Westmere Plan, rule W-1, effective 2022
Mist therapy is covered for adults with knotted airway syndrome after one failed inhaled agent.
"""
HANDBOOK = """Handbook of airway care, 3rd printing, 2024
Mist therapy is recommended for adults with knotted airway syndrome.
"""


def _document(file: str, text: str, losses: tuple[Loss, ...] = ()) -> Document:
    return Document(file, hashlib.sha256(text.encode()).hexdigest(), "text/plain", text, losses=losses)


def at(document: Document, quote: str) -> Anchor:
    """The anchor of the first place where a quote stands."""
    start = document.text.index(quote)
    return anchor_at(document, start, start + len(quote))


def _indication(
    document: Document, id_: str, quote: str, determination: Determination, stated: str,
    criteria: tuple[Criterion, ...] = (),
) -> Indication:  # fmt: skip
    return Indication(
        id_, quote, at(document, quote), determination, stated, at(document, stated), "necessity", section="Policy",
        criteria=criteria, logic="all" if criteria else None,
    )  # fmt: skip


def _criteria(document: Document) -> tuple[Criterion, ...]:
    def one(id_: str, label: str, quote: str, **more: object) -> Criterion:
        return replace(Criterion(id_, quote, at(document, quote), label), **more)  # type: ignore[arg-type]

    below = (
        one("c2a", "a.", "Oxygen saturation at rest is 88 percent or lower."),
        one("c2b", "b.", "A lung specialist asked for it after a full examination.", kind="prescriber"),
    )
    return (
        one("c1", "1.", "A trial of two inhaled agents of 8 weeks each brought no relief.", kind="step"),
        one("c2", "2.", "One of these:", logic="any", children=below),
        one("c3", "3.", "The person does not smoke."),
    )


def _northfield() -> Reading:
    loss = Loss(None, "A drawing on <page> 2 holds words that were not read.")
    document = _document("in/northfield.txt", NORTHFIELD, (loss,))
    criteria = _criteria(document)
    adults = _indication(document, "n1", "adults with knotted airway syndrome", Med, "medically necessary", criteria)
    adults = replace(
        adults, notes=(Note("The person does not smoke.", at(document, "The person does not smoke.")),),
        limits=(Limit("duration", "8 weeks each", at(document, "8 weeks each")),), population="adults",
    )  # fmt: skip
    children = _indication(document, "n2", "children with knotted airway syndrome", Med, "medically necessary")
    children = replace(children, confidence=0.5, doubt="the age is not stated")
    cough = _indication(document, "n3", "occasional cough", Inv, "investigational")
    clause = CatchAll(Inv, "Every other use of pulsed mist therapy is investigational.", "pulsed mist therapy",
                      at(document, "Every other use of pulsed mist therapy is investigational."))  # fmt: skip
    policy = Policy("medical_policy", "payer", "Northfield Health & Life <b>Plan</b>", "Pulsed mist therapy", "NF-210",
                    "active", dates=Dates(effective="2025-04-01"))  # fmt: skip
    return Reading(document, Facts(policy, indications=(adults, children, cough), catch_all=(clause,)))


def _eastbrook() -> Reading:
    document = _document("in/eastbrook.txt", EASTBROOK)
    words = "knotted airway syndrome in adults and children \U0001d54f alike"
    wide = _indication(document, "e1", words, Med, "We cover")
    cough = _indication(document, "e2", "occasional cough", Not, "not medically necessary")
    policy = Policy(payer="Eastbrook Mutual", number="77", dates=Dates(last_review="2024-11"))
    return Reading(document, Facts(policy, indications=(wide, cough)))


def _southgate() -> Reading:
    document = _document("in/southgate.txt", SOUTHGATE)
    adults = _indication(document, "s1", "adults with knotted airway syndrome", Inv, "unproven and so investigational")
    clause = CatchAll(Inv, "All other indications for mist therapy are investigational as well.", "mist therapy",
                      at(document, "All other indications for mist therapy are investigational as well."))  # fmt: skip
    policy = Policy(payer="Southgate Community Care", number="SG-9", dates=Dates(effective="2023-07"))
    return Reading(document, Facts(policy, indications=(adults,), catch_all=(clause,)))


def _westmere() -> Reading:
    document = _document("in/westmere.txt", WESTMERE)
    adults = _indication(document, "w1", "adults with knotted airway syndrome", Med, "covered")
    return Reading(document, Facts(Policy(payer="Westmere Plan", number="W-1", dates=Dates(effective="2022")),
                                   indications=(adults,)))  # fmt: skip


def _handbook() -> Reading:
    document = _document("in/handbook.txt", HANDBOOK)
    adults = _indication(document, "h1", "adults with knotted airway syndrome", Ref, "recommended")
    policy = Policy("clinical_reference", "reference", None, "Handbook of airway care", dates=Dates(published="2024"))
    return Reading(document, Facts(policy, indications=(adults,)))


def collection() -> Collection:
    """Everything as read."""
    return Collection((_northfield(), _eastbrook(), _southgate(), _westmere(), _handbook()))


def _column(reading: Reading, version: Version, in_force: bool = True) -> Column:
    return Column(reading.file, reading.document.sha256, reading.facts.policy, version, in_force)


def matrix(readings: tuple[Reading, ...]) -> Matrix:
    """Three rows; the last payer's policy is not in force."""
    n, e, s, w, h = (reading.file for reading in readings)
    clauses = {reading.file: reading.facts.catch_all[0] for reading in readings if reading.facts.catch_all}
    columns = (
        _column(readings[0], Version("2025-04-01", "effective")),
        _column(readings[1], Version("2024-11", "last_review")),
        _column(readings[2], Version("2023-07", "effective")),
        _column(readings[3], Version("2022", "effective"), False),
        _column(readings[4], Version("2024", "published")),
    )

    def silent(file: str) -> Silent:
        return Silent(file, ("Policy", "Coverage"), None, "Nothing in it speaks of this use.")

    def clause(file: str) -> CatchAllCell:
        return CatchAllCell(file, Inv, clauses[file].anchor, ("its scope holds mist therapy",))

    adults = Row(
        "r1", "Adults with knotted airway syndrome", Agreement.OPPOSED,
        (Cell(n, "n1", Med, 1.0, ("same words",)), Cell(e, "e1", Med, 0.93, ("same condition", "reaches further")),
         Cell(s, "s1", Inv, 0.98, ("same words",)), Cell(w, "w1", Med, 1.0), Cell(h, "h1", Ref, 1.0)),
        group="Knotted airway syndrome", population="Adults",
    )  # fmt: skip
    children = Row(
        "r2", "Children with knotted airway syndrome", Agreement.SAME, (Cell(n, "n2", Med, 1.0),),
        (Broader(e, "e1", Med, ("“adults and children” reaches children",)),), (clause(s),),
        (replace(silent(w), nearest=("w1", 0.41)), silent(h)), "Knotted airway syndrome",
        population="Children",
    )  # fmt: skip
    cough = Row(
        "r3", "Occasional cough", Agreement.WORDS_DIFFER,
        (Cell(n, "n3", Inv, 1.0), Cell(e, "e2", Not, 0.55, ("same word",))),
        (), (clause(s),), (silent(w), silent(h)), "Other uses", procedure="Mist pump",
    )  # fmt: skip
    return Matrix("pulsed mist therapy", columns, (adults, children, cough))


def made_board() -> Board:
    """The matrix ready to be shown."""
    readings = collection().readings
    return board(matrix(readings), AllFacts.of({reading.file: reading for reading in readings}))
