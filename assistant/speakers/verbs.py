"""Verbs that report what somebody says, thinks or negotiates, in the forms news uses.

Each verb has what must follow it before it counts: a judge who "rejected the appeal" did
something, a minister who "rejected the plan as unworkable" said something.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.speakers.tokens import Token

Need = Literal["anything", "clause", "to", "for or on", "as", "whether or noun"]

_FORMS: Mapping[Need, str] = {
    "anything": (
        "say says said tell tells told warn warns warned insist insists insisted argue argues"
        " argued stress stresses stressed declare declares declared confirm confirms confirmed"
        " deny denies denied acknowledge acknowledges acknowledged admit admits admitted reply"
        " replies replied claim claims claimed announce announces announced report reports"
        " reported describe describes described suggest suggests suggested propose proposes"
        " proposed estimate estimates estimated believe believes believed think thinks thought"
        " expect expects expected hope hopes hoped view views viewed express expresses expressed"
        " complain complains complained accuse accuses accused criticise criticises criticised"
        " criticize criticizes criticized signal signals signalled signaled predict predicts"
        " predicted reiterate reiterates reiterated emphasise emphasises emphasised emphasize"
        " emphasizes emphasized cite cites cited doubt doubts doubted demand demands demanded"
        " urge urges urged caution cautions cautioned assert asserts asserted"
        " contend contends contended remark remarks remarked underline underlines underlined"
        " underscore underscores underscored vow vows vowed pledge pledges pledged promise"
        " promises promised rule rules ruled dismiss dismisses dismissed quip quips quipped"
        " disclose discloses disclosed reveal reveals revealed"
    ),
    "clause": (
        "add adds added note notes noted state states stated explain explains explained maintain"
        " maintains maintained concede concedes conceded conclude concludes concluded indicate"
        " indicates indicated hint hints hinted write writes wrote respond responds responded"
        " recall recalls recalled post posts posted continue continues continued ask asks"
        " forecast forecasts agree agrees observe observes observed point points pointed"
        " counter counters countered joke jokes joked"
    ),
    "to": "want wants wanted threaten threatens threatened offer offers offered intend intends",
    "for or on": "call calls called",
    "as": "reject rejects rejected welcome welcomes welcomed praise praises praised condemn"
    " condemns condemned see sees saw regard regards regarded hail hails hailed",
    "whether or noun": "discuss discusses discussing consider considering weigh weighing debate"
    " debating negotiate negotiating",
}
NEEDS: Mapping[str, Need] = {form: need for need, forms in _FORMS.items() for form in forms.split()}
CONTINUING = frozenset(
    "adding saying noting stressing warning insisting arguing claiming explaining telling"
    " declaring emphasising emphasizing acknowledging".split()
)
"""Participles with which a speaker goes on after a comma."""
INVERTED = frozenset(
    "says said added adds wrote writes warned insisted argued noted stressed explained"
    " announced acknowledged replied recalled declared admitted remarked concluded".split()
)
"""Verbs that news puts before their subject, after a quotation or a comma."""

_CLAUSE_WORDS = frozenset('that : “ " whether how why what'.split())
_MODALS = frozenset("will would can could may might shall should must to cannot let".split())
_NEGATIONS = frozenset("not never n't didn't didn’t doesn't doesn’t won't won’t hasn't".split())
_PASSIVES = frozenset("was were been be being is are gets got".split())
_BETWEEN = frozenset(
    "has had have also repeatedly later earlier then now again once already long often however"
    " himself herself themselves itself still even both all first since always soon today"
    " yesterday is are was were been not never did does do".split()
)
_EVENTS = frozenset(
    "meeting vote election elections strike halt session referendum conference ceasefire truce"
    " summit police ambulance emergency".split()
)
_TIME = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|\d{1,4}",
    re.IGNORECASE,
)


def subject_end(tokens: Sequence[Token], verb: int) -> int | None:
    """The index where the subject of the verb would end; `None` when the verb says nothing.

    Skips auxiliaries, adverbs and "on Monday" between the two. Negated, modal, passive and
    infinitive verbs report nothing ("would not say", "was told", "to say").
    """
    at = verb - 1
    progressive = tokens[verb].low.endswith("ing")
    has_being = False
    while at >= 0 and tokens[at].is_word:
        low = tokens[at].low
        if low in _MODALS or low in _NEGATIONS:
            return None
        if low in _PASSIVES:
            if not progressive:
                return None
            has_being = True
        elif not (low in _BETWEEN or low.endswith("ly") or _is_time(tokens, at)):
            break
        at -= 2 if _is_time(tokens, at) and tokens[at - 1].low == "on" else 1
    if progressive and not has_being:
        return None
    return at


def completes(tokens: Sequence[Token], verb: int, *, after_clause: bool) -> bool:
    """Whether what follows the verb (or, `after_clause`, precedes it) is something said."""
    need = NEEDS[tokens[verb].low]
    rest = tokens[verb + 1 :]
    following = next((token for token in rest if token.low not in {"also"}), None)
    ends = (
        following is None
        or following.low in {".", "!", "?", ";"}
        or (following.text == "," and after_clause)
    )
    if after_clause and need in ("anything", "clause") and (ends or _is_setting(rest)):
        return True
    if ends or following is None:
        return False
    quoted = any(token.quoted is not None for token in rest)
    clause = quoted or any(token.low in _CLAUSE_WORDS for token in rest[:9])
    match need:
        case "anything":
            return _anything(tokens[verb].low, following, rest)
        case "clause":
            return clause
        case "to":
            return following.low not in {"a", "an", "up"}
        case "for or on":
            if following.low in {"off", "up", "him", "her", "it"} and not quoted:
                return following.low not in {"off", "up"} and len(rest) > 2
            return not any(token.low in _EVENTS for token in rest[:4]) or following.low == "for"
        case "as":
            return quoted or any(token.low == "as" for token in rest[:12])
        case "whether or noun":
            return True


def _anything(verb: str, following: Token, rest: Sequence[Token]) -> bool:
    if verb in {"rule", "rules", "ruled"}:
        return following.low == "that"
    if verb in {"dismiss", "dismisses", "dismissed"}:
        return any(token.low == "as" or token.quoted is not None for token in rest[:12])
    return not (verb in {"say", "says", "said"} and following.low in {"to", "goodbye", "so"})


def _is_setting(rest: Sequence[Token]) -> bool:
    """Whether only place, time or hearer follows: "said in Kyiv on Tuesday"."""
    if not rest:
        return True
    if rest[0].low in {"that", ":", "it", "he", "she", "they", "there", "the", "if"}:
        return False
    return rest[0].low in {
        "in", "on", "at", "after", "during", "before", "to", "reporters", "journalists",
        "parliament", "lawmakers", "broadcasters", "as", "when", "while", "from", "citing",
        "later", "earlier", "by", "last", "this", "monday", "tuesday", "wednesday", "thursday",
        "friday", "saturday", "sunday", "via", "speaking", "adding", "referring",
    }  # fmt: skip


def _is_time(tokens: Sequence[Token], at: int) -> bool:
    return (
        at >= 1
        and _TIME.fullmatch(tokens[at].text) is not None
        and (tokens[at - 1].low in {"on", "in", "late", "early", "last"} or at >= 1)
    )
