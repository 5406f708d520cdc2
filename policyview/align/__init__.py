"""Indications of many policies -> matrices, with reasons."""

from policyview.align.align import align

__all__ = ["align"]
