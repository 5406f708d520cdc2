"""Two documents of one policy: what changed, what did not, and which of it the payer's own history tells.

``units`` cuts a document into the smallest parts that can change (in the reading worker), ``matching`` finds each
part of the old version again in the new one, ``meaning`` tells what two wordings do not share, ``changes`` judges
each pair, ``history`` holds the changes against the new version's revision history. ``alongside`` tells which places
of the two stand beside each other.
"""

from policyview.versions.alongside import Alongside, alongside
from policyview.versions.compare import compare
from policyview.versions.model import Change, Diff, Entry, Side, Suppressed
from policyview.versions.units import units_of

__all__ = ["Alongside", "Change", "Diff", "Entry", "Side", "Suppressed", "alongside", "compare", "units_of"]
