"""Statements of the assistant about itself: they claim nothing about any source."""

from assistant.asking.intents import Intent

PLAIN: dict[Intent, str] = {
    "greeting": "Hello. Ask about the sources in plain language: every sentence of the answer "
    "comes with the words it rests on.",
    "thanks": "You are welcome. Ask on whenever you like.",
    "abilities": "I answer questions from the sources of this library, in their own words, each "
    "with its place, and say so where they do not answer. I also sum up a source or what a filter "
    "leaves (“Summarise … in three points”), put dated events in order (“Give me a timeline”), "
    "set two sides next to each other (“Compare … and … on …”), list who says what, show what is "
    "new since a day, and tell when a source was published.",
    "needs_model": "Translating, rewriting and drafting need a chat model, and none is set up: "
    "without one I only quote. To set one up, set ASSISTANT_MODEL, such as "
    "ASSISTANT_MODEL=ollama:llama3.1, and start again; the README's “With a chat model” says "
    "how. A briefing of quotes needs none: `assistant brief draft --topic WORDS`, or the tab "
    "“Briefing”.",
}
