"""Whether a sentence answers, decided by a trained network that reads question and sentence.

Rules bring sentences and word reasons; what is an answer, what may be one and which questions
before one goes on with is read here.
"""
