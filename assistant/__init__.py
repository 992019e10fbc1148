"""How it is answered: judging, quoting, writing, verifying, and the places people ask from.

Imports `index` and `sources`; nothing imports it.
"""
