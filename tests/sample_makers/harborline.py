"""Harborline Health: commercial plans, Roman numerals over letters over figures, an outline, two editions of one policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor

from tests.sample_makers.layout import (
    HEIGHT,
    WIDTH,
    Flow,
    Furniture,
    Look,
    Node,
    build,
    bullets,
    gap,
    heading,
    legal,
    nested,
    paragraph,
    table,
)

LOOK = Look(accent="#14505c", bar=True, outline=True)
SMALL_PRINT = (
    "Harborline Health writes its coverage policies to help reviewers apply a member's benefits. A policy is not medical "
    "advice and promises no payment. Where a benefit booklet, a state mandate or federal law says otherwise, it prevails "
    "over this text. Benefits are those in force on the day of service. CPT codes belong to the American Medical Association."
)


@dataclass(frozen=True)
class Edition:
    """What differs between the editions of the photopheresis policy."""

    effective: str
    reviewed: str
    next_review: str
    steroid_weeks: int
    needs_transplant_center: bool
    history: tuple[tuple[str, str, str], ...]
    cites_latest_review: bool


OLDER_HISTORY = (
    ("04/01/2025", "Reviewed", "Yearly review. Background and references brought up to date; positions as before."),
    ("04/01/2024", "Revised", "Continuation criteria moved into a section of their own. Codes D89.812 and T86.298 added."),
    ("09/15/2021", "New", "First edition."),
)
EDITION_2025 = Edition("04/01/2025", "02/13/2025", "02/2026", 8, False, OLDER_HISTORY, False)
EDITION_2026 = Edition(
    "05/01/2026", "03/19/2026", "03/2027", 4, True,
    (("05/01/2026", "Revised",
      "Section I.B: time on prednisone before photopheresis shortened from 8 weeks to 4 weeks. References updated."),
     *OLDER_HISTORY),
    True,
)  # the new criterion for heart recipients is missing from the history on purpose


def _furniture(look: Look, kind: str, title: str, number: str) -> Furniture:
    def draw(canvas: Any, page: int, pages: int) -> None:
        canvas.saveState()
        canvas.setFillColor(HexColor(look.accent))
        canvas.setFont(look.bold, 13 if page == 1 else 8)
        canvas.drawString(look.left, HEIGHT - 48, "Harborline Health")
        canvas.setFont(look.body, 11 if page == 1 else 8)
        canvas.drawRightString(WIDTH - look.left, HEIGHT - 48, kind if page == 1 else f"{title} | {number}")
        canvas.line(look.left, HEIGHT - 56, WIDTH - look.left, HEIGHT - 56)
        canvas.setFillColor(HexColor("#444444"))
        legal(canvas, look, SMALL_PRINT, 76)
        canvas.setFont(look.body, 7)
        canvas.drawRightString(WIDTH - look.left, 34, f"Page {page} of {pages}")
        canvas.drawString(look.left, 34, f"{number} {title}")
        canvas.restoreState()

    return draw


# ---------------------------------------------------------------------- photopheresis

TITLE, NUMBER = "Extracorporeal Photopheresis", "HH-MED-0417"


def _initial(edition: Edition) -> list[Node]:
    heart: list[Node] = [
        ("1.", "Rejection is shown by biopsy; <b>and</b>"),
        ("2.", "Either of the following holds:", [
            ("a.", "Two or more episodes of rejection within 6 months in spite of standard immunosuppression; or"),
            ("b.", "Rejection goes along with impaired circulation."),
        ]),
    ]
    if edition.needs_transplant_center:
        heart[1] = ("2.", "Either of the following holds:", [
            ("a.", "Two or more episodes of rejection within 6 months in spite of standard immunosuppression; or"),
            ("b.", "Rejection goes along with impaired circulation; <b>and</b>"),
        ])
        heart.append(("3.", "The plan of treatment was agreed with the center that did the transplant."))
    return [
        ("A.", "<b>Cutaneous T-cell lymphoma.</b> ECP is considered <b>medically necessary</b> for an adult 18 years of age "
               "or older with cutaneous T-cell lymphoma when <b>ALL</b> of the following are met:", [
            ("1.", "The skin disease is erythrodermic, or the member has S\u00e9zary syndrome; <b>and</b>"),
            ("2.", "Clonal T cells circulate in the blood, as shown by <b>one</b> of the following:", [
                ("a.", "Flow cytometry finds \u2265 1,000 S\u00e9zary cells per microliter; or"),
                ("b.", "The ratio of CD4 to CD8 cells is 10 or higher; or"),
                ("c.", "A T-cell clone in blood matches the clone in skin, by either method:", [
                    ("i.", "Sequencing of the T-cell receptor;"),
                    ("ii.", "Polymerase chain reaction with fragment analysis; <b>and</b>"),
                ]),
            ]),
            ("3.", "At least <b>one</b> of these treatments failed, was not tolerated or is contraindicated:", [
                ("a.", "Light treatment with psoralen (PUVA) for at least 12 weeks;"),
                ("b.", "Bexarotene by mouth;"),
                ("c.", "Interferon."),
            ]),
        ]),
        ("B.", "<b>Chronic graft-versus-host disease, adults.</b> ECP is considered <b>medically necessary</b> for an adult "
               "with chronic graft-versus-host disease after an allogeneic cell transplant when <b>BOTH</b> are met:", [
            ("1.", "Severity is moderate or severe by the consensus grading of the National Institutes of Health; "
                   "<b>and</b>"),
            ("2.", "The disease did not respond to prednisone at a dose of \u2265 0.5 mg/kg per day given for at least "
                   f"{edition.steroid_weeks} weeks."),
        ]),
        ("C.", "<b>Chronic graft-versus-host disease, children.</b> ECP is considered <b>medically necessary</b> for a member "
               "under 18 years of age with chronic graft-versus-host disease when <b>ALL</b> of the following are met:", [
            ("1.", "Corticosteroids failed, or the child depends on them; <b>and</b>"),
            ("2.", "Body weight is at least 20 kg, or the center uses a circuit made for small children; <b>and</b>"),
            ("3.", "A pediatric transplant physician orders the treatment."),
        ]),
        ("D.", "<b>Acute graft-versus-host disease.</b> ECP is considered <b>medically necessary</b> for acute "
               "graft-versus-host disease of grade II to IV that progresses after 3 days, or has not improved after 7 days, "
               "of methylprednisolone at 2 mg/kg per day."),
        ("E.", "<b>Rejection after heart transplantation.</b> ECP is considered <b>medically necessary</b> for cellular "
               "rejection of a transplanted heart when the following are met:", heart),
        ("F.", "<b>Bronchiolitis obliterans syndrome after lung transplantation.</b> ECP is considered <b>medically "
               "necessary</b> when forced expiratory volume in one second (FEV<sub>1</sub>) has fallen by 20 percent or more "
               "from its best value after the transplant, and azithromycin for at least 8 weeks did not halt the decline."),
    ]


CONTINUED: list[Node] = [
    ("A.", "For cutaneous T-cell lymphoma, the skin score fell by at least 25 percent."),
    ("B.", "For graft-versus-host disease, <b>one</b> of the following:", [
        ("1.", "The daily dose of prednisone was cut by at least 25 percent; or"),
        ("2.", "Skin, mouth, eye or liver findings improved by one grade or more."),
    ]),
    ("C.", "After heart or lung transplantation, no new episode of rejection, or a steady FEV<sub>1</sub>."),
]
INVESTIGATIONAL = (
    "Systemic sclerosis", "Crohn's disease", "Type 1 diabetes", "Multiple sclerosis",
    "Atopic dermatitis in adults or children", "Rejection of a transplanted kidney",
)
CODES = (
    ("36522", "Photopheresis, extracorporeal"),
    ("88184", "Flow cytometry, first marker, technical part"),
    ("88185", "Flow cytometry, each further marker"),
)
SITES = ("site not stated", "nodes of head and neck", "nodes within the chest", "nodes within the abdomen",
         "nodes of armpit and arm", "nodes of groin and leg", "nodes within the pelvis", "spleen", "nodes of several sites",
         "organs other than nodes")
DIAGNOSES = (
    *((f"C84.0{at}", f"Mycosis fungoides, {site}") for at, site in enumerate(SITES)),
    *((f"C84.1{at}", f"S\u00e9zary disease, {site}") for at, site in enumerate(SITES)),
    ("D89.810", "Acute graft-versus-host disease"), ("D89.811", "Chronic graft-versus-host disease"),
    ("D89.812", "Acute on chronic graft-versus-host disease"), ("T86.21", "Heart transplant rejection"),
    ("T86.22", "Heart transplant failure"), ("T86.298", "Other complication of a transplanted heart"),
    ("T86.810", "Lung transplant rejection"), ("J44.81", "Bronchiolitis obliterans and its syndrome"),
)
DEFINITIONS = (
    ("Erythrodermic", "Redness that covers 80 percent or more of the skin."),
    ("Photopheresis", "A procedure in which white cells are taken from the blood, mixed with a drug that light activates, "
                      "exposed to ultraviolet A light and given back."),
    ("Steroid dependent", "Disease that flares whenever the dose of prednisone is lowered below 0.25 mg/kg per day."),
)
REFERENCES = (
    "Abernall T, Quist M. Light and lymphocytes: twenty years of photopheresis in one region. Ann Apher Pract. 2019;7(2):88-97.",
    "Dunmore K, et al. Sparing steroids in chronic graft-versus-host disease: a randomized comparison. "
    "Transpl Ther Lett. 2021;14:301-12.",
    "Okoro-Lind P, Vasquez H. Slower loss of lung function with photopheresis: registry results. Thorac Graft J. 2022;3(1):15-23.",
)


def _photopheresis(edition: Edition) -> Flow:
    head = [("Policy Number:", NUMBER, "Effective Date:", edition.effective),
            ("Status:", "Active", "Last Review Date:", edition.reviewed),
            ("Applies to:", "Commercial HMO and PPO plans", "Next Review:", edition.next_review)]
    latest = (["Imrie S, Calloway D. Four weeks or eight? When to call steroids a failure. Transpl Ther Lett. 2025;18:44-51."]
              if edition.cites_latest_review else [])
    return [
        paragraph(LOOK, TITLE, fontName=LOOK.bold, fontSize=16, leading=21, spaceAfter=8),
        table(LOOK, head, (0.17, 0.37, 0.21, 0.25), head=0, grid=False), gap(),
        heading(LOOK, "Description"),
        paragraph(LOOK, "Extracorporeal photopheresis (ECP) takes white blood cells out of the body, treats them with "
                        "methoxsalen and ultraviolet A light, and returns them. It is used where immune cells do harm: in "
                        "lymphoma of the skin, in graft-versus-host disease and in rejection of a transplanted organ. This "
                        "policy does not address other kinds of light treatment."),
        heading(LOOK, "Coverage Position"),
        heading(LOOK, "I. Initial treatment", 2),
        paragraph(LOOK, "Up to 24 sessions in the first 12 weeks are approved when the criteria of A, B, C, D, E or F are met."),
        *nested(LOOK, _initial(edition)),
        heading(LOOK, "II. Continued treatment", 2),
        paragraph(LOOK, "After the first 12 weeks, further ECP is considered <b>medically necessary</b> for up to 6 months at a "
                        "time when the member responded, as shown by the following:"),
        *nested(LOOK, CONTINUED),
        heading(LOOK, "III. Tests", 2),
        *nested(LOOK, [
            ("A.", "Flow cytometry of blood to count S\u00e9zary cells is considered <b>medically necessary</b> when S\u00e9zary "
                   "syndrome is suspected."),
            ("B.", "Measuring the level of methoxsalen in blood is considered <b>not medically necessary</b>."),
        ]),
        heading(LOOK, "IV. Investigational uses", 2),
        paragraph(LOOK, "ECP is considered <b>investigational</b> for the following conditions, because studies do not show "
                        "that patients fare better:"),
        *bullets(LOOK, INVESTIGATIONAL),
        paragraph(LOOK, "All other uses of extracorporeal photopheresis are considered <b>investigational</b>.", spaceBefore=4),
        heading(LOOK, "Prior Authorization"),
        paragraph(LOOK, "Prior authorization is required for outpatient ECP under HMO plans and under PPO plans. It is not "
                        "required while the member is an inpatient; tell us of the admission within 2 business days."),
        heading(LOOK, "Coding"),
        paragraph(LOOK, "A code stands here for information; that it is listed does not mean that it is paid."),
        heading(LOOK, "Covered when criteria are met", 3),
        table(LOOK, [("CPT", "Description"), *CODES], (0.18, 0.82)), gap(),
        heading(LOOK, "Diagnosis codes that support coverage of 36522", 3, keep=False),
        table(LOOK, [("ICD-10-CM", "Description"), *DIAGNOSES], (0.18, 0.82)), gap(),
        heading(LOOK, "Definitions"),
        *[paragraph(LOOK, f"<b>{term}:</b> {text}") for term, text in DEFINITIONS],
        heading(LOOK, "References"),
        *nested(LOOK, [(f"{at}.", text) for at, text in enumerate([*REFERENCES, *latest], 1)]),
        heading(LOOK, "Policy History"),
        table(LOOK, [("Date", "Action", "What changed"), *edition.history], (0.16, 0.14, 0.7)),
    ]


def photopheresis(edition: Edition) -> bytes:
    """The photopheresis policy in one of its editions."""
    draw = _furniture(LOOK, "Medical Coverage Policy", TITLE, NUMBER)
    return build(LOOK, lambda: _photopheresis(edition), draw, title=TITLE, author="Harborline Health")


# ---------------------------------------------------------------------- veragepant

DRUG_LOOK = Look(body="Helvetica", bold="Helvetica-Bold", italic="Helvetica-Oblique", size=10, accent="#14505c", outline=True)
DRUG_TITLE, DRUG_NUMBER = "Cefalux (veragepant)", "HH-RX-1182"
PREVENTIVES: list[Node] = [
    ("a.", "A beta blocker (metoprolol, propranolol, timolol);"),
    ("b.", "An antiseizure drug (topiramate, divalproex);"),
    ("c.", "An antidepressant (amitriptyline, venlafaxine);"),
    ("d.", "Candesartan."),
]
EPISODIC: list[Node] = [
    ("1.", "The member is 18 years of age or older; <b>and</b>"),
    ("2.", "Migraine occurs on 4 to 14 days a month, averaged over 3 months; <b>and</b>"),
    ("3.", "At least <b>two</b> of the following classes were tried for 8 weeks each and failed, or are contraindicated:",
     PREVENTIVES),
    ("4.", "Cefalux is not used together with another drug that blocks the CGRP pathway."),
]
CHRONIC: list[Node] = [
    ("1.", "The member is 18 years of age or older; <b>and</b>"),
    ("2.", "Headache is present on 15 or more days a month, of which 8 or more have features of migraine; <b>and</b>"),
    ("3.", "At least <b>two</b> classes listed under episodic migraine, or one of them and onabotulinumtoxinA, failed; "
           "<b>and</b>"),
    ("4.", "A neurologist or headache specialist prescribes the drug or was consulted."),
]


def _veragepant() -> Flow:
    look = DRUG_LOOK
    head = [("Policy Number:", DRUG_NUMBER, "Effective Date:", "07/01/2026"),
            ("Benefit:", "\u2612 Pharmacy   \u2610 Medical", "Last Review Date:", "05/12/2026")]
    plans = [("Products",), ("\u2612 Commercial HMO",), ("\u2612 Commercial PPO",), ("\u2610 Medicare Advantage",),
             ("\u2610 Medicaid",)]
    return [
        paragraph(look, DRUG_TITLE, fontName=look.bold, fontSize=16, leading=21, spaceAfter=8),
        table(look, head, (0.17, 0.37, 0.21, 0.25), head=0, grid=False), gap(),
        table(look, plans, (0.45,)), gap(),
        heading(look, "Description"),
        paragraph(look, "Cefalux (veragepant) is a tablet that blocks the receptor of the calcitonin gene-related peptide "
                        "(CGRP). It is taken once a day to prevent migraine."),
        heading(look, "Initial Approval Criteria"),
        heading(look, "A. Episodic migraine, prevention", 2),
        paragraph(look, "Cefalux is <b>medically necessary</b> to prevent episodic migraine when <b>ALL</b> of the following "
                        "are met:"),
        *nested(look, EPISODIC),
        paragraph(look, "<b>Approval duration: 6 months</b>", spaceBefore=3),
        heading(look, "B. Chronic migraine, prevention", 2),
        paragraph(look, "Cefalux is <b>medically necessary</b> to prevent chronic migraine when <b>ALL</b> of the following "
                        "are met:"),
        *nested(look, CHRONIC),
        paragraph(look, "<b>Approval duration: 6 months</b>", spaceBefore=3),
        heading(look, "Continued Approval Criteria"),
        paragraph(look, "Cefalux remains <b>medically necessary</b> for episodic or chronic migraine when monthly migraine days "
                        "fell by at least 50 percent, or the member reports a clear gain in daily function."),
        paragraph(look, "<b>Approval duration: 12 months</b>"),
        heading(look, "Not Covered"),
        paragraph(look, "Cefalux is considered <b>investigational</b> for the treatment of:"),
        *bullets(look, ["Cluster headache", "Tension-type headache", "Migraine in members under 18 years of age"]),
        paragraph(look, "All other uses of veragepant are considered <b>investigational</b>.", spaceBefore=4),
        heading(look, "Quantity Limit"),
        paragraph(look, "30 tablets of 40 mg for each 30 days."),
        heading(look, "Policy History"),
        table(look, [("Date", "Action", "What changed"),
                     ("07/01/2026", "Revised", "Step therapy: two classes of preventive drugs instead of three."),
                     ("07/01/2025", "New", "First edition.")], (0.16, 0.14, 0.7)),
    ]


def veragepant() -> bytes:
    """The drug policy, with step therapy and the boxes of the products it is for."""
    draw = _furniture(DRUG_LOOK, "Pharmacy Coverage Policy", DRUG_TITLE, DRUG_NUMBER)
    return build(DRUG_LOOK, _veragepant, draw, title=DRUG_TITLE, author="Harborline Health")
