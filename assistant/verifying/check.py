"""The checks put together: a statement, the words it cites, and what they lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answers import Support
from assistant.polarity import NEGATIONS
from assistant.speakers.parties import party_named
from assistant.speakers.small_words import PRONOUNS
from assistant.speakers.speakers import find_utterances
from assistant.verifying.amounts import missing_amounts
from assistant.verifying.model import Shares, SupportModel
from assistant.verifying.names import missing_names, missing_names_across, swapped_names
from assistant.verifying.quoted import check_quotations
from assistant.verifying.reversals import language_of, language_of_both, reversed_negation, unread
from assistant.verifying.turns import changed_modality, changed_negation
from assistant.verifying.wording import begins, worded_as
from sources.language import language_by_words
from sources.sentences import find_sentences
from sources.source import Text

FaultKind = Literal[
    "altered quotation", "stitched quotation", "misattributed", "number", "name", "swapped",
    "negation", "modality", "contradicted", "not said", "in part", "language", "uncited",
    "model contradicts", "model denies", "unconfirmed",
]  # fmt: skip

_IN_WORDS: dict[FaultKind, str] = {
    "altered quotation": "the quoted words “{}” are not the source's",
    "stitched quotation": "the quoted words “{}” are put together from several places",
    "misattributed": "the cited words are not said by {}",
    "number": "“{}” is not in the cited words",
    "name": "the cited words do not name {}",
    "swapped": "the cited words have {} the other way round",
    "negation": "“{}” is not as in the cited words",
    "modality": "“{}” in the cited words is not kept",
    "contradicted": "the cited words say otherwise",
    "not said": "the cited words do not say this",
    "in part": "the cited words may say no more than a part of this",
    "language": "{}",
    "uncited": "nothing is cited for this",
    "model contradicts": "the chat model, asked again, finds that the cited words say otherwise",
    "model denies": "the chat model, asked again, finds that the cited words do not say this",
    "unconfirmed": "the chat model was asked whether the cited words say this, and did not tell",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the cited words do not bear out, and the words it is about."""

    kind: FaultKind
    words: str = ""

    def __str__(self) -> str:
        return _IN_WORDS[self.kind].format(self.words)


@dataclass(frozen=True, slots=True)
class Cited:
    """One sentence that a statement rests on."""

    words: str
    before: str = ""
    """The sentences before it, which may say who "he" is; no number is taken from them."""
    card: str = ""
    """Title, publisher and author of its source: names that a statement may use."""
    title: str = ""
    """Of its source, which the sentence is read after."""
    language: str | None = None
    """Of its source, ISO 639-1, for words that do not tell it themselves."""

    @property
    def spoken(self) -> str | None:
        """The language of the words, as far as it can be told."""
        return language_by_words(self.words) or self.language or language_of(self.words)


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a statement is supported, what the network tells of it, and what is not borne out."""

    support: Support
    shares: Shares
    faults: tuple[Fault, ...] = ()

    @property
    def doubt(self) -> str | None:
        """What the cited words lack, in plain words; `None` for a supported statement."""
        return "; ".join(str(fault) for fault in self.faults) or None


def verify(statement: str, cited: Sequence[Cited], *, model: SupportModel) -> Verification:
    """Whether the sentences `cited` support `statement`, a single sentence.

    `model` tells how likely they do. What can be checked exactly may only lower that: with an
    altered quotation, number, name or negation it is not supported, with a modal verb that is
    lost no more than in part. So it is where it cannot be read whether the words deny it: in two
    languages, or one not known. What a sentence begins with it supports, as long as it sets no
    condition further on.
    """
    if not cited:
        return Verification("not_supported", _NOTHING, (Fault("uncited"),))
    worded = worded_as(statement, " ".join(one.words for one in cited))
    (shares,) = model.support(worded, [[(one.title, one.words) for one in cited]])
    return verify_told(statement, cited, shares, bars=model.support_bars)


def verify_told(
    statement: str, cited: Sequence[Cited], shares: Shares, *, bars: tuple[float, float]
) -> Verification:
    """The same with what the model has told already; `bars` are its `support_bars`."""
    supported, partly = bars
    if any(begins(worded_as(statement, one.words), one.words) for one in cited):
        shares = VERBATIM
    faults = _faults(statement, cited)
    modal = changed_modality(statement, [one.words for one in cited])
    weak = [Fault("modality", modal)] if modal else []
    if (not_read := unread(statement, [one.spoken for one in cited])) is not None:
        weak.append(Fault("language", not_read))
    if faults or shares.supported < partly:
        doubts: list[Fault] = []
        if shares.supported < partly:
            is_denied = shares.contradicted > shares.not_said
            doubts.append(Fault("contradicted" if is_denied else "not said"))
        return Verification("not_supported", shares, (*faults, *doubts, *weak))
    if shares.supported < supported:
        weak.append(Fault("in part"))
    return Verification("partly" if weak else "supported", shares, tuple(weak))


VERBATIM, _NOTHING = Shares(1.0, 0.0, 0.0), Shares(0.0, 0.0, 1.0)


def _faults(statement: str, cited: Sequence[Cited]) -> tuple[Fault, ...]:
    words = [one.words for one in cited]
    together = "\n".join(words)
    around = "\n".join(part for one in cited for part in (one.before, one.words, one.card) if part)
    faults = [
        Fault(
            "altered quotation" if quoted.fate == "altered" else "stitched quotation", quoted.words
        )
        for quoted in check_quotations(statement, words)
        if quoted.fate != "verbatim"
    ]
    faults += [Fault("number", amount) for amount in missing_amounts(statement, together)]
    languages = [one.spoken for one in cited]
    own = language_of_both(statement, languages)
    is_across = None not in (own, *languages) and set(languages) != {own}
    # German writes every noun large: across languages none can be told from a name, and such a
    # statement is not supported in full in any case.
    if not (is_across and own == "de"):
        missing = missing_names_across if is_across else missing_names
        faults += [Fault("name", name) for name in missing(statement, around)]
    swapped = swapped_names(statement, words)
    speaker = None if faults else wrong_speaker(statement, cited)
    language = own or ""
    if language in NEGATIONS and unread(statement, languages) is None:
        negation = reversed_negation(statement, words, language)
    else:
        negation = changed_negation(statement, words)
    faults += [Fault("swapped", swapped)] if swapped else []
    faults += [Fault("misattributed", speaker)] if speaker else []
    faults += [Fault("negation", negation)] if negation else []
    return tuple(faults)


def wrong_speaker(statement: str, cited: Sequence[Cited]) -> str | None:
    """Whom `statement` lets say what the cited sentences let only others say; or `None`."""
    told = _speakers(statement, statement)
    if not told:
        return None
    known: set[str] = set()
    for one in cited:
        speakers = _speakers(f"{one.before}\n{one.words}".strip(), one.words)
        if not speakers:
            return None
        known |= speakers
    wrong = sorted(told - known)
    return wrong[0] if wrong and not told & known else None


def _speakers(content: str, words: str) -> set[str]:
    """Who speaks in the last sentences of `content` that are `words`, under one name each."""
    start = len(content) - len(words)
    return {
        party_named(said.speaker).name.casefold()
        for said in find_utterances(Text(content, find_sentences(content)))
        if said.sentence.start >= start
        and said.speaker.casefold() not in PRONOUNS
        and said.manner != "publisher's report"
    }
