"""Which sentences may answer, where nothing that was found answers for certain.

A model that knows meaning reads each sentence with its title, and a small fitted model weighs
that with what judging knows of the sentence. It decides nothing about what is certain, and no
rule about words stands between it and the reader.
"""
