"""Sections -> policy facts: metadata, indications with their criteria, residual clauses, codes, authorization, history.

Every fact carries an anchor; what the source does not say is not a fact.
"""

from __future__ import annotations

from dataclasses import replace

from policyview.extract import abbreviations, authorization, code_uses, codes, definitions, history, policy, references
from policyview.extract.indications import indications
from policyview.extract.thresholds import thresholds_beside, thresholds_of
from policyview.extract.unread import unread_lists
from policyview.lexicon import Lexicon
from policyview.model import Document, Facts, Structure


def extract(document: Document, structure: Structure, lexicon: Lexicon) -> Facts:
    """All facts of one document."""
    past = history.history(document, structure, lexicon)
    about = policy.policy(document, structure, lexicon, past)
    found = indications(document, structure, lexicon, about)
    uses = code_uses.NamedUses(found.indications, about.title or "", lexicon)
    listed, rules = codes.codes(document, structure, lexicon, uses)
    thresholds = thresholds_of(document, found.passages, lexicon)
    if about.kind == "clinical_reference":
        read = [passage for _, passage in found.passages]
        thresholds += thresholds_beside(document, structure, found.indications, read, lexicon)
    facts = Facts(
        about,
        structure.sections,
        tuple((b.text, b.occurrences) for b in structure.boilerplate),
        tuple(found.indications),
        tuple(found.residual),
        listed,
        rules,
        authorization.prior_authorization(document, structure, lexicon, about.payer),
        past,
        history.version_changes(document, structure, lexicon),
        thresholds,
        definitions.definitions(document, structure, lexicon),
        references.references(document, structure, lexicon),
        abbreviations.abbreviations(document, structure, lexicon),
    )
    return replace(facts, unread=unread_lists(document, structure, facts, lexicon))
