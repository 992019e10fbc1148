"""Briefings: what was pinned, who said what, on which issue, and what has changed.

Every line of a briefing rests on exact words of a source; nothing here asks a model or
searches by itself, except through the assistant that it is given.
"""
