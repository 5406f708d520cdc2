"""The audit pack: one file that proves, without a network, that every cell stands on words that are in its source.

``make`` writes it, ``verify`` trusts nothing of it.
"""
