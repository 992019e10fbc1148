"""What was said: texts, their cards, their sentences, and the catalogue that keeps them.

Nothing here knows how a text is searched or how a question is answered.
"""
