"""Sources as a whole: what the one that is named says, what a filter leaves, what is new."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.asking.about_cards import AskedCard
from assistant.asking.questions import Question
from assistant.asking.summing import Summing
from assistant.formatting import written_day
from assistant.judging.evidence import Evidence
from assistant.quoting.summing_up import in_reach, telling_sentences, which_source
from assistant.quoting.telling_cards import in_words, tell_card
from assistant.requests.served import Means, Served
from assistant.requests.topics import (
    day_named,
    on_topic,
    points_wanted,
    sources_named,
    topic_of,
)
from assistant.undated import undated_left_out
from index.filters import Filters
from index.whole_source import read_whole
from sources.entries import Entry
from sources.quantities.quantity import Date

MAX_SUMMED = 8
"""Of more sources together the newest are summed up."""
MAX_CARDS = 3
_READ = 20
_WHICH_DAY = "Since which day? Name it, as in “What is new since 1 May 2026?”"


def summary(means: Means, question: Question) -> Served | None:
    """The sentences that stand for the source that is named, or for all that a filter leaves.

    Where several may be meant it is asked which; `None` where it is about what no card says.
    """
    topic = topic_of(question, "summary")
    reach = in_reach(means.library.catalogue, means.filters)
    named = sources_named(means.library, topic, reach)
    if topic and not named:
        return None
    meant = named or reach
    if len(meant) > 1 and (named or not means.filters):
        return Served("not_in_sources", reason=which_source(meant))
    wanted = points_wanted(question)
    served = _summed(means, question, meant, wanted=wanted)
    if served is None:
        return None
    slugs = tuple(entry.source.slug for entry in _newest(meant, wanted))
    return replace(served, summing=Summing(slugs, wanted))


def _newest(entries: Sequence[Entry], wanted: int | None) -> Sequence[Entry]:
    return entries[: min(MAX_SUMMED, wanted or MAX_SUMMED)]


def _summed(
    means: Means, question: Question, entries: Sequence[Entry], *, wanted: int | None
) -> Served | None:
    """So many sentences of each source as make `wanted`, of no more than `MAX_SUMMED` sources."""
    newest = _newest(entries, wanted)
    if not newest:
        return None
    each = (
        None if len(newest) == 1 and wanted is None else -(-(wanted or len(newest)) // len(newest))
    )
    found: list[Evidence] = []
    for entry in newest:
        found += telling_sentences(
            question, read_whole(means.library, entry.source.slug), limit=each
        )
    more = len(entries) - len(newest)
    notice = f"The newest {len(newest)} of {len(entries):,} sources." if more else None
    chosen = tuple(found[:wanted] if wanted else found)
    return Served("answered", chosen, notice=notice) if chosen else None


def published(means: Means, question: Question) -> Served | None:
    """The day on the card of the source that is named, or called by its kind."""
    told = tell_card(means.library, question, filters=means.filters)
    if told is not None and "?" not in (told[1].reason or ""):
        return Served("not_in_sources", reason=told[1].reason)
    reach = in_reach(means.library.catalogue, means.filters)
    topic = topic_of(question, "published")
    named = sources_named(means.library, topic, reach)
    meant = named or (() if topic else reach)
    if not meant:
        return None
    if len(meant) > MAX_CARDS:
        return Served("not_in_sources", reason=which_source(meant))
    asked = AskedCard("published", None, "")
    return Served("not_in_sources", reason=" ".join(in_words(asked, entry) for entry in meant))


def new_since(means: Means, question: Question) -> Served:
    """What the sources of that day or later say: on the topic, else what stands for each."""
    named = day_named(question)
    since = _day(named, newest=means.library.catalogue.dates()[1]) if named else None
    if since is None:
        return Served("not_in_sources", reason=_WHICH_DAY)
    filters = replace(means.filters or Filters(), since=since)
    day = written_day(since)
    entries = in_reach(means.library.catalogue, filters)
    undated = undated_left_out(filters, means.library.catalogue)
    left_out = f" Left out as undated: {undated:,}." if undated else ""
    if not entries:
        return Served("not_in_sources", reason=f"No source is dated {day} or later.{left_out}")
    notice = f"Asked among the sources dated {day} or later: {len(entries):,}.{left_out}"
    later = replace(means, filters=filters)
    topic = topic_of(question, "new_since")
    if topic:
        words = " ".join(term.word for term in topic)
        about = on_topic(topic, later.find(Question(words), limit=_READ))
        if about:
            return Served("answered", about[:MAX_SUMMED], notice=notice)
    served = _summed(later, question, entries, wanted=None if len(entries) > 1 else 2)
    if served is None:
        return Served("not_in_sources", reason=f"No source dated {day} or later can be quoted.")
    return replace(served, notice=" ".join(filter(None, (notice, served.notice))))


def _day(named: Date, *, newest: date | None) -> date | None:
    """The first day of what is named; without a year, the last one before the newest source."""
    if named.year is not None or newest is None:
        return named.first_day
    own = replace(named, year=newest.year).first_day
    return own if own is None or own <= newest else replace(named, year=newest.year - 1).first_day
