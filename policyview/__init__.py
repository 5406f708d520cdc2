"""policyview: medical policies of many payers side by side, every cell linked to the source's own words."""

__version__ = "0.1.0"
