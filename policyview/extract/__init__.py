"""Sections -> policy facts: metadata, indications with their criteria, residual clauses, codes, authorization, history.

Every fact carries an anchor; what the source does not say is not a fact.
"""

from __future__ import annotations

from dataclasses import replace

from policyview.extract import abbreviations, authorization, code_uses, codes, definitions, history, policy, references
from policyview.extract.indications import indications
from policyview.extract.thresholds import thresholds_of
from policyview.extract.thresholds_beside import thresholds_beside, thresholds_unread
from policyview.extract.unread import unread_lists
from policyview.lexicon import Lexicon
from policyview.model import Document, Facts, Policy, Structure


def extract(document: Document, structure: Structure, lexicon: Lexicon) -> Facts:
    """All facts of one document."""
    past = history.history(document, structure, lexicon)
    about = policy.policy(document, structure, lexicon, past)
    found = indications(document, structure, lexicon, about)
    uses = code_uses.NamedUses(found.indications, about.title or "", lexicon)
    listed, rules = codes.codes(document, structure, lexicon, uses)
    thresholds = thresholds_of(document, found.passages, lexicon)
    read = [passage for _, passage in found.passages]
    beside = thresholds_beside if about.kind == "clinical_reference" else thresholds_unread
    thresholds += beside(document, structure, found.indications, read, lexicon)
    facts = Facts(
        about,
        structure.sections,
        tuple((b.text, b.occurrences) for b in structure.boilerplate),
        tuple(found.indications),
        tuple(found.residual),
        listed,
        rules,
        authorization.prior_authorization(document, structure, lexicon, _topic(about)),
        past,
        history.version_changes(document, structure, lexicon),
        thresholds,
        definitions.definitions(document, structure, lexicon),
        references.references(document, structure, lexicon),
        abbreviations.abbreviations(document, structure, lexicon),
    )
    return replace(facts, unread=unread_lists(document, structure, facts, lexicon))


def _topic(about: Policy) -> str | None:
    """What a rule without a name of its own is for: the policy's title; in an article about a payer, that payer."""
    return about.payer if about.authority == "third_party" else about.title
