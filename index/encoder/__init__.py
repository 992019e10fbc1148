"""The two models that come with the installation: their files, how they are computed and made.

all-MiniLM-L6-v2 knows English, multilingual-e5-small a hundred languages. Nothing here knows
what a source or an index is; texts go in, vectors come out.
"""
