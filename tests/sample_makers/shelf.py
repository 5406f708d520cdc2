"""Which PDF of sample_docs is made how. The text files there are their own source."""

from __future__ import annotations

from collections.abc import Callable

from tests.sample_makers import payers
from tests.sample_makers.layout import Furniture, Look, build
from tests.sample_makers.markup import POLICIES, edition, story

PHOTOPHERESIS = "Extracorporeal Photopheresis"
DRUG = "Cefalux (veragepant)"


def _pdf(source: str, look: Look, furniture: Furniture, payer: str, title: str, year: str = "") -> bytes:
    text = edition((POLICIES / f"{source}.txt").read_text(encoding="utf-8"), year)
    return build(look, lambda: story(look, text), furniture, title=title, author=payer)


def _harborline(year: str) -> bytes:
    draw = payers.harborline(payers.HARBORLINE, "Medical Coverage Policy", PHOTOPHERESIS, "HH-MED-0417")
    return _pdf("harborline-photopheresis", payers.HARBORLINE, draw, "Harborline Health", PHOTOPHERESIS, year)


def _harborline_drug() -> bytes:
    draw = payers.harborline(payers.HARBORLINE_DRUGS, "Pharmacy Coverage Policy", DRUG, "HH-RX-1182")
    return _pdf("harborline-veragepant", payers.HARBORLINE_DRUGS, draw, "Harborline Health", DRUG)


def _northfork(source: str, title: str) -> bytes:
    draw = payers.northfork(payers.NORTHFORK, title)
    return _pdf(source, payers.NORTHFORK, draw, "Northfork Community Plan", title)


def _juniper() -> bytes:
    draw = payers.juniper(payers.JUNIPER)
    return _pdf("juniper-photopheresis", payers.JUNIPER, draw, "Juniper Mutual", "Photopheresis")


SHELF: dict[str, Callable[[], bytes]] = {
    "harborline-photopheresis-2025.pdf": lambda: _harborline("2025"),
    "harborline-photopheresis-2026.pdf": lambda: _harborline("2026"),
    "harborline-veragepant.pdf": _harborline_drug,
    "northfork-ohio-photopheresis.pdf": lambda: _northfork("northfork-photopheresis", PHOTOPHERESIS),
    "northfork-ohio-veragepant.pdf": lambda: _northfork("northfork-veragepant", DRUG),
    "juniper-photopheresis.pdf": _juniper,
}
