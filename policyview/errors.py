"""The exception tree. Each says whose turn it is: the file's, the user's or ours.

``str(error)`` is one sentence that a person can act on.
"""

from __future__ import annotations


class PolicyviewError(Exception):
    """The root of all that policyview raises on purpose."""


class FileError(PolicyviewError):
    """The file is to blame: it cannot be read, and the sentence says why and what helps."""


class UseError(PolicyviewError):
    """The user asked for what cannot be done; the sentence says what can."""


class BrokenInvariantError(PolicyviewError):
    """We are to blame: something that must hold does not."""
