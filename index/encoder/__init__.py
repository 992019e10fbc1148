"""The encoder for several languages, multilingual-e5-small: its files, how it is computed and made.

Nothing here knows what a source or an index is; texts go in, vectors come out.
"""
