"""Where it can be found: passages, their vectors and words, and the search over both.

Imports `sources`; knows nothing of answers.
"""
