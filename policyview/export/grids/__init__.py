"""What payers say of authorization, limits and codes, side by side: one grid each, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping

from policyview.export.grids.authorization import authorization_grid
from policyview.export.grids.codes import codes_grid
from policyview.export.grids.grid import Grid as Grid
from policyview.export.grids.grid import Line as Line
from policyview.export.grids.grid import Saying as Saying
from policyview.export.grids.grid import Square as Square
from policyview.export.grids.limits import limits_grid
from policyview.model import Matrix, Reading


def grids_of(matrix: Matrix, readings: Mapping[str, Reading]) -> tuple[Grid, Grid, Grid]:
    """Authorization, limits and codes of a matrix's documents, in the order of its columns."""
    return authorization_grid(matrix, readings), limits_grid(matrix, readings), codes_grid(matrix, readings)
