"""What is asked: the kind of answer, its words and names, and the values that would answer it.

Pure reading of the question, and of single words; nothing here has seen a source.
"""
