"""A briefing as a document whose every footnote holds, and the check that it still does.

Pandoc writes and reads the documents; it is known only to `pandoc`. What a footnote says,
and how it is read back, is in `footnotes` alone, so that the two can never drift apart.
"""
