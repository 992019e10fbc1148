"""Figures in a text: numbers, money, percentages, lengths of time, dates, and where they stand.

The one reader of them, for marking, comparing and verifying alike, in English, Ukrainian,
Russian, Polish, German and French. What a form means is settled here and nowhere else; which
figure a question asks for, and what a number counts, is for the rooms above. Words of a language
are plain data: `words/` is written by hand, `cldr.json` made by `make_tables`.

A wrong figure is worse than none: of a form that is not understood nothing is read, no piece of
it either.
"""
