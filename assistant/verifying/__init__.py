"""Does the cited span support the statement? Pure reading of both, with no second model.

Quoted words must be verbatim, numbers, days and names must be there, negation and modality
must be kept; the rest is weighed by how much of the statement the span holds, with weights
fitted on human labels. Nothing here searches, and no bar is ever lowered.
"""
