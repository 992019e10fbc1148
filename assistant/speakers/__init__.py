"""Who speaks: what a text says in whose name, from a sentence's words to the whole library.

Rules over words, and lists of names; no model, and nothing is searched. Quotes, verified
statements and briefings all name their speakers from here, so nothing of theirs enters.
"""
