"""PDF: what is drawn on pages, read back into headings, paragraphs, items, tables and notes.

A PDF holds letters and places, no words and no order. `drawn` asks PDFium for both, `rows` makes
words of them, `margins` takes running heads and line numbers away, `regions` and `tables` find
the reading order, `flow` the blocks; `attached` reads what pypdf knows besides (labels, form
fields, annotations) and `legible` whether the letters are those that a reader sees.
"""
