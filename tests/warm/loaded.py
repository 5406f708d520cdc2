"""What the server loads before its first worker: libraries, lexicon and its compiled expressions."""

from __future__ import annotations

import importlib
import pkgutil

from policyview import align, extract, pipeline, read, segment, versions
from policyview.model import Document

_WORDS = """Larkspur Health Plan
Medical Policy
Policy Number: MP-100
Subject: Limb warming sleeves
Effective Date: March 1, 2025

Policy
A limb warming sleeve is considered medically necessary for winter limb stiffness when all of the following are met:
1. The person is 18 years of age or older; and
2. Trial and failure of at least 2 wool socks for 12 weeks.
A limb warming sleeve is considered investigational for desk fatigue and for all other indications.
Prior authorization is required.

Codes
E0001 Limb warming sleeve

Revision History
03/01/2025 Desk fatigue added.
"""

for package in (read, segment, extract, align, versions):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

pipeline.facts_of(Document("words.txt", "0" * 64, "text/plain", _WORDS), None, with_units=True)
