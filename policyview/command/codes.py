"""Exit codes: 0 done, 1 some documents could not be read or a pack does not hold, 2 wrong use, 3 an error of
policyview's own, 130 stopped by Ctrl-C, 141 the reader of the output went away."""

from __future__ import annotations

DONE, SOME_UNREADABLE, WRONG_USE, OUR_ERROR, STOPPED, NO_READER = 0, 1, 2, 3, 130, 141
