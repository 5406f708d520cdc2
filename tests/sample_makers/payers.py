"""The invented payers' house styles: fonts, colours and the furniture that stands on each page."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor

from tests.sample_makers.layout import HEIGHT, WIDTH, Furniture, Look, legal

SERIF = ("Times-Roman", "Times-Bold", "Times-Italic")
SANS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")

HARBORLINE = Look(accent="#14505c", bar=True, outline=True)
HARBORLINE_DRUGS = Look(*SANS, size=10, accent="#14505c", outline=True)
NORTHFORK = Look(*SERIF, size=11, accent="#1f4e9c", left=72, top=92, bottom=84)
JUNIPER = Look(*SANS, size=10, accent="#5a2a6b", left=64, top=84, bottom=70)

HARBORLINE_PRINT = (
    "Harborline Health writes its coverage policies to help reviewers apply a member's benefits. A policy is not "
    "medical advice and promises no payment. Where a benefit booklet, a state mandate or federal law says otherwise, "
    "it prevails over this text. Benefits are those in force on the day of service. CPT codes belong to the American "
    "Medical Association."
)
NORTHFORK_PRINT = (
    "Northfork Community Plan is a Medicaid managed care plan. It serves members in Ohio under contract with the "
    "state's Department of Medicaid."
)
JUNIPER_MOTTO = "A health insurer of Vermont and New Hampshire that its members own"


def harborline(look: Look, kind: str, title: str, number: str) -> Furniture:
    """Name and rule on top, the legal paragraph and the page's number below, on every page."""

    def draw(canvas: Any, page: int, pages: int) -> None:
        canvas.setFillColor(HexColor(look.accent))
        canvas.setFont(look.bold, 13 if page == 1 else 8)
        canvas.drawString(look.left, HEIGHT - 48, "Harborline Health")
        canvas.setFont(look.body, 11 if page == 1 else 8)
        canvas.drawRightString(WIDTH - look.left, HEIGHT - 48, kind if page == 1 else f"{title} | {number}")
        canvas.line(look.left, HEIGHT - 56, WIDTH - look.left, HEIGHT - 56)
        legal(canvas, look, HARBORLINE_PRINT, 76)
        canvas.setFillColor(HexColor("#444444"))
        canvas.setFont(look.body, 7)
        canvas.drawString(look.left, 34, f"{number} {title}")
        canvas.drawRightString(WIDTH - look.left, 34, f"Page {page} of {pages}")

    return draw


def northfork(look: Look, service: str) -> Furniture:
    """The name as a word mark, from page 2 on kind and service; line of business and state only in the footer."""

    def draw(canvas: Any, page: int, pages: int) -> None:
        canvas.setFillColor(HexColor(look.accent))
        canvas.setFont(look.bold, 15)
        canvas.drawRightString(WIDTH - look.left, HEIGHT - 50, "northfork")
        canvas.setFont(look.body, 7)
        canvas.drawRightString(WIDTH - look.left, HEIGHT - 60, "COMMUNITY PLAN")
        if page > 1:
            canvas.setFont(look.bold, 9)
            canvas.drawString(look.left, HEIGHT - 50, "CLINICAL POLICY")
            canvas.setFont(look.body, 9)
            canvas.drawString(look.left, HEIGHT - 61, service)
        legal(canvas, look, NORTHFORK_PRINT, 66, size=8)
        canvas.setFont(look.body, 10)
        canvas.drawCentredString(WIDTH / 2, 30, f"Page {page} of {pages}")

    return draw


def juniper(look: Look) -> Furniture:
    """A letterhead on page 1 only, a bare page number at the foot."""

    def draw(canvas: Any, page: int, pages: int) -> None:
        canvas.setFillColor(HexColor(look.accent))
        if page == 1:
            canvas.setFont(look.bold, 17)
            canvas.drawString(look.left, HEIGHT - 46, "Juniper Mutual")
            canvas.setFont(look.italic, 8)
            canvas.drawString(look.left, HEIGHT - 60, JUNIPER_MOTTO)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont(look.body, 8)
        canvas.drawCentredString(WIDTH / 2, 36, str(page))

    return draw
