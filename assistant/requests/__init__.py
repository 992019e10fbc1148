"""What is done for requests that are no question: summaries, timelines, comparisons, greetings.

Each is made of the sources' sentences like any answer, or is a statement of the assistant about
itself. What a request is, is told in `asking/intents.py`; nothing here reads words for that.
"""
