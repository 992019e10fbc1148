"""A briefing as a document whose every footnote holds, and the check that it still does.

Pandoc writes and reads the documents; it is known only to `pandoc`, what its tree holds to
`reading` as well. What a footnote says, and how it is read back, is in `footnotes` alone, what
a document remembers of its lines in `record`, so that the two sides can never drift apart.
"""
