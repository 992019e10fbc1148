"""Whether what was found answers the question, and why not where it does not.

Evidence weighs each sentence, signals tell cheap facts about all of them, and a fitted model
that can be read decides. Nothing here chooses the words that are shown, and no bar is lowered.
"""
