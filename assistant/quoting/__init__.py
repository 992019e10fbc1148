"""Quotes mode: the answer in the sources' own words, each an exact slice of its text.

Which sentences, in which order, from how many independent sources, and where they stand.
"""
