"""What the search in the empty reader does: words in, the passages that match out."""

import gradio as gr

from assistant.answering import Assistant
from assistant.conversing.conversation import Conversation
from assistant.searching import find_passages, missing_words
from assistant.ui.event_fields import field_of
from assistant.ui.reader_rendering import Result, render_reader_failure, render_results
from assistant.ui.readings import Bookmark, Readings
from assistant.ui.segments import Highlight, cut
from sources.errors import AssistantError

MAX_RESULTS = 12


class Searching:
    """The search's handlers over one assistant; what was found stands in the reader."""

    def __init__(self, assistant: Assistant, readings: Readings) -> None:
        self._assistant = assistant
        self._readings = readings

    def find(self, conversation: Conversation, bookmark: Bookmark, event: gr.EventData) -> object:
        """The passages for the words that the page names; for none, what the library holds.

        They are looked for within the filters of the conversation.
        """
        bookmark.move(None)
        moves = bookmark.moves
        words = " ".join(str(field_of(event, "words") or "").split())
        sheet = self._results(words, conversation) if words else self._readings.shelf()
        return sheet if bookmark.moves == moves else gr.skip()

    def _results(self, words: str, conversation: Conversation) -> str:
        try:
            found = find_passages(
                self._assistant, words, filters=conversation.filters, limit=MAX_RESULTS
            )
            missing = missing_words(self._assistant, words)
        except AssistantError as error:
            return render_reader_failure(error.problem, error.remedy)
        results = [
            Result(
                one,
                cut(
                    one.words,
                    start=one.span.start,
                    highlights=[Highlight(one.nearest, current=True)],
                    marks=one.marks,
                ),
            )
            for one in found
        ]
        return render_results(
            words, results, missing=missing, is_filtered=bool(conversation.filters)
        )
