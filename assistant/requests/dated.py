"""A timeline: the sentences that name a day, a month or a year, in the order of those times."""

from assistant.asking.questions import Question
from assistant.quoting.naming_times import first_time
from assistant.requests.served import Means, Served
from assistant.requests.topics import on_topic, points_wanted, topic_of
from sources.language import is_foreign

MAX_EVENTS = 10
_READ = 60
"""So many passages are looked through for times."""


def timeline(means: Means, question: Question) -> Served | None:
    """The dated sentences that are most to the point, earliest first; `None` without any."""
    topic = () if is_foreign(question.words) else topic_of(question, "timeline")
    evidence = means.find(question, limit=_READ)
    slugs = {one.match.passage.source for one in evidence}
    sources = means.library.catalogue.ready_among(slugs)
    dated = {
        id(one): day
        for one in evidence
        if one.match.passage.source in sources
        and (day := first_time(one.words, sources[one.match.passage.source].card.published))
    }
    found = [one for one in on_topic(topic, evidence) if id(one) in dated]
    if not found:
        return None
    chosen = found[: points_wanted(question) or MAX_EVENTS]
    chosen.sort(key=lambda one: (dated[id(one)], one.match.passage.source, one.sentence.start))
    more = len(found) - len(chosen)
    notice = (
        f"{len(chosen)} of {len(found)} dated sentences, those most to the point; "
        "`assistant brief events` and the tab “Positions” list all of a library."
    )
    return Served("answered", tuple(chosen), notice=notice if more else None)
