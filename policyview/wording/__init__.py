"""What words say: folded text with a map back, numbers with their comparators and units, and words that turn a sense.

Phrases are lexicon data (``numbers``, ``comparators``, ``units``, ``marks``).
"""

from policyview.wording.folding import Folded, fold
from policyview.wording.marks import Mark, read_marks, sense
from policyview.wording.numbers import Comparator, Number, Quantity, read_numbers

__all__ = ["Comparator", "Folded", "Mark", "Number", "Quantity", "fold", "read_marks", "read_numbers", "sense"]
