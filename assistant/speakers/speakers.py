"""Who said what in a text: direct quotations, reported speech, and reports kept apart.

A pronoun means the last person who spoke or was the subject of a sentence, by name or as "an
official". A sentence that has it before any name goes on about that person, so that a "he"
sentences later still means who spoke, not whom he met; "the vice president" means whoever was
named with that title. Where nobody fits, nothing is attributed: an unattributed sentence is
better than a wrong name.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.speakers.attributions import find_attributions
from assistant.speakers.interviews import Turn, find_turns, is_beside, turn_at
from assistant.speakers.memory import Memory
from assistant.speakers.parties import TITLES, Party, holder_of, party_named
from assistant.speakers.people import is_body
from assistant.speakers.small_words import PRONOUNS
from assistant.speakers.subjects import Subject, first_person, plain_name, read_left
from assistant.speakers.tokens import Token, find_quotations, tokenise
from assistant.speakers.verbs import subject_end
from sources.quoted import sender_of
from sources.sentences import find_sentences
from sources.source import CAPTION, Block, Span, Text

Manner = Literal["direct quote", "reported speech", "unnamed", "publisher's report", "question"]
"""A question is what an interviewer asks, or an interviewed asks back: it claims nothing."""

_ANNOUNCING = frozenset("made makes issued issues gave gives released published posted".split())
_ANNOUNCED = frozenset("statement statements remarks declaration message comment answer".split())


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of a text that the text puts in somebody's mouth."""

    speaker: str
    """The party, under the one name it has however a text writes it."""
    manner: Manner
    named_as: str
    """The subject as the text writes it: ``He``, ``U.S. Vice President J.D. Vance``."""
    sentence: Span
    words: Span
    """What is said, within the sentence."""
    via: str | None = None
    """The publisher that it was told to or that passes it on."""
    asked: Span | None = None
    """In an interview, the question that it answers."""
    quoted_from: str | None = None
    """In a mail that quotes another, whose that is and of which day; empty where unknown."""

    def __post_init__(self) -> None:
        if not self.sentence.covers(self.words):
            raise ValueError(f"{self.words} is not in the sentence {self.sentence}")


def find_utterances(text: Text, *, publishers: Collection[str] = ()) -> tuple[Utterance, ...]:
    """Everything in `text` that is attributed to somebody, in the order of its sentences.

    `publishers` are names that are known to be publishers, beside the shipped list.
    """
    return read_utterances(text, folded_publishers(publishers))[0]


def folded_publishers(names: Iterable[str]) -> dict[str, str]:
    """Names of publishers by how a text may begin and write them."""
    return {_bare(name).casefold(): _bare(name) for name in names}


def read_utterances(
    text: Text, publishers: dict[str, str]
) -> tuple[tuple[Utterance, ...], frozenset[str]]:
    """What `find_utterances` finds, and the folded names it looked for among `publishers`.

    Only those names matter: as long as the same of them are publishers under the same
    spelling, the same is found again.
    """
    turns = find_turns(text.content, text.blocks)
    quotations = [one for one in find_quotations(text.content) if turn_at(turns, one) is None]
    headings = text.headings()
    memory = Memory(publishers=publishers)
    memories: dict[str, Memory] = {}
    """Of each quoted mail: its "he" is nobody of the mail that quotes it."""
    found: list[list[Utterance]] = []
    announced: dict[int, Utterance] = {}
    tokens: tuple[Token, ...]
    for number, sentence in enumerate(text.sentences):
        span = Span(sentence.start, sentence.end)
        if sentence in headings:
            found.append([])
            continue
        block = text.block_at(sentence.start)
        turn = None if is_beside(block) else turn_at(turns, span)
        if turn is not None:
            found.append([_in_turn(text.content, span, turn, memory)])
            continue
        if block is not None and block.kind == "quoted":
            tokens = tokenise(text.content, span, quotations)
            memory_of = memories.setdefault(block.label, Memory(publishers=publishers))
            said: list[Utterance] = []
            if not _leads_to_mail(text, block):
                said += _read_sentence(text.content, span, tokens, memory_of)
                said = said or _by_sender(span, block, memory_of)
            found.append([replace(one, quoted_from=block.label) for one in said])
            continue
        tokens = ()
        found.append([])
        for part in _spoken_in(text.content, span, block):
            tokens = tokenise(text.content, part, quotations)
            found[-1] += _read_sentence(text.content, span, tokens, memory)
        announcer = None if found[-1] else _announcer(text.content, span, tokens, memory)
        if announcer is not None:
            announced[number] = announcer
    _give_quotations(text, quotations, found, announced)
    return (
        tuple(utterance for in_sentence in found for utterance in in_sentence),
        frozenset(memory.asked.union(*(one.asked for one in memories.values()))),
    )


def _spoken_in(content: str, sentence: Span, block: Block | None) -> tuple[Span, ...]:
    """Where in a sentence an attribution can stand, each for itself.

    The cells of a row, a note without its sign, a field without its name; in a caption none.
    """
    if block is None or not is_beside(block):
        return (sentence,)
    if block.kind == "row" and block.cells:
        cells = [
            (max(words, sentence.start), min(end, sentence.end)) for _, words, end in block.cells
        ]
        return tuple(Span(start, end) for start, end in cells if start < end)
    if block.label == CAPTION:
        return ()
    sign = f"[{block.label}]" if block.kind == "note" else f"{block.label}:"
    start = sentence.start + (len(sign) if content.startswith(sign, sentence.start) else 0)
    return (Span(start, sentence.end),) if start < sentence.end else ()


def _by_sender(sentence: Span, block: Block, memory: Memory) -> list[Utterance]:
    """What is written in a quoted mail is said by its sender, where that is known."""
    sender = sender_of(block.label)
    if sender is None:
        return []
    party = _party_called(sender, memory)
    return [Utterance(party.name, "direct quote", sender, sentence, sentence)]


def _leads_to_mail(text: Text, block: Block) -> bool:
    """Whether a block is the lines above a quoted mail that say whose it is."""
    at = bisect_left(text.blocks, block.start, key=lambda one: one.start)
    before = text.blocks[at - 1] if at else None
    if before is not None and (before.kind, before.label) == (block.kind, block.label):
        return False
    sender = sender_of(block.label)
    return sender is not None and sender in text.content[block.start : block.end]


def first_speaker(words: str) -> str | None:
    """Who speaks first in `words`, as they write the name; `None` where they name nobody."""
    found = find_utterances(Text(words, find_sentences(words)))
    said = [one for one in found if one.manner != "question"]
    if not said:
        return None
    return said[0].speaker if said[0].named_as.casefold() in PRONOUNS else said[0].named_as


def _read_sentence(
    content: str, sentence: Span, tokens: Sequence[Token], memory: Memory
) -> Iterator[Utterance]:
    mentioned = first_person(tokens, met={party.name for party in memory.people})
    spoke = False
    for attribution in find_attributions(tokens):
        party = _party_of(attribution.subject, tokens, memory)
        if party is None:
            continue
        spoke = True
        memory.meet(party, attribution.subject.role)
        yield Utterance(
            speaker=party.name,
            manner=_manner(party, attribution.words, tokens),
            named_as=_written(content, attribution.subject, tokens),
            sentence=sentence,
            words=_without_comma(content, attribution.words),
            via=attribution.via if attribution.via != party.name else None,
        )
    if spoke:
        return
    until = len(tokens) if mentioned is None else mentioned.first
    pronoun = next((token.low for token in tokens[:until] if token.low in ("he", "she")), None)
    if pronoun is not None:
        memory.go_on_about(pronoun)
    elif mentioned is not None:
        memory.meet(party_named(mentioned.words), mentioned.role)


def _announcer(
    content: str, sentence: Span, tokens: Sequence[Token], memory: Memory
) -> Utterance | None:
    """Who "made the following statement", so that a quotation after the sentence is theirs."""
    for at in range(1, len(tokens) - 3):
        words = [token.low for token in tokens[at : at + 4]]
        if words[0] in _ANNOUNCING and words[2] == "following" and words[3] in _ANNOUNCED:
            end = subject_end(tokens, at)
            subject = None if end is None else read_left(tokens, end)
            party = None if subject is None else _party_of(subject, tokens, memory)
            if subject is None or party is None:
                return None
            manner = _manner(party, sentence, tokens)
            named_as = _written(content, subject, tokens)
            return Utterance(party.name, manner, named_as, sentence, sentence)
    return None


def _in_turn(content: str, sentence: Span, turn: Turn, memory: Memory) -> Utterance:
    """All that a sentence says in a turn, put in its speaker's mouth: what others said, too."""
    words = Span(max(sentence.start, turn.words.start), min(sentence.end, turn.words.end))
    party = _party_called(turn.speaker, memory)
    memory.meet(party)
    manner: Manner = "publisher's report" if party.kind == "publisher" else "direct quote"
    is_question = words.of(content).rstrip("*_”\"'’ ").endswith("?")
    return Utterance(
        speaker=party.name,
        manner="question" if is_question else manner,
        named_as=turn.speaker,
        sentence=sentence,
        words=words,
        asked=turn.asked,
    )


def _party_called(name: str, memory: Memory) -> Party:
    """Whose name it is, titles before it left out; a listed publisher where it is one."""
    listed_as = _listed_publisher(name, memory)
    if listed_as is not None:
        return listed_as
    words = name.split()
    if name.isupper():
        met = [one for one in memory.people if one.name.casefold() == name.casefold()]
        if met:
            return met[-1]
        words = words if len(words) == 1 else name.title().split()
    while len(words) > 1 and words[0].casefold().strip(".") in TITLES | {"the"}:
        words = words[1:]
    return party_named(" ".join(words))


def _listed_publisher(name: str, memory: Memory) -> Party | None:
    folded = _bare(name).casefold()
    memory.asked.add(folded)
    listed_as = memory.publishers.get(folded)
    return None if listed_as is None else Party(listed_as, "publisher")


def _party_of(subject: Subject, tokens: Sequence[Token], memory: Memory) -> Party | None:
    match subject.kind:
        case "pronoun":
            return memory.meant_by(subject.words)
        case "name":
            if " and " in subject.words:
                return Party(subject.words, "organisation")
            return _listed_publisher(subject.words, memory) or party_named(subject.words)
        case "people":
            if subject.role and (subject.is_definite or subject.words[0].isupper()):
                known = memory.roles.get(subject.role)
                listed = holder_of(subject.role)
                if known is not None:
                    return known
                if listed is not None:
                    return party_named(listed)
            if subject.is_definite and " " not in subject.words and subject.words in memory.unnamed:
                return memory.unnamed[subject.words]
            name = plain_name(subject, tokens)
            return Party(name, "organisation" if is_body(name.split()[-1]) else "unnamed")


def _written(content: str, subject: Subject, tokens: Sequence[Token]) -> str:
    last = subject.last if tokens[subject.last].is_word else subject.last - 1
    return content[tokens[subject.first].start : tokens[last].end]


def _without_comma(content: str, words: Span) -> Span:
    end = words.end
    while end > words.start + 1 and content[end - 1] in ", ":
        end -= 1
    return Span(words.start, end)


def _bare(name: str) -> str:
    return name.removeprefix("The ").removeprefix("the ")


def _manner(party: Party, words: Span, tokens: Sequence[Token]) -> Manner:
    if party.kind == "publisher":
        return "publisher's report"
    if party.kind == "unnamed":
        return "unnamed"
    quoted = sum(
        min(token.end, words.end) - max(token.start, words.start)
        for token in tokens
        if token.quoted is not None and token.quoted.overlaps(words)
    )
    return "direct quote" if quoted * 2 >= len(words) else "reported speech"


def _give_quotations(
    text: Text,
    quotations: Sequence[Span],
    found: Sequence[list[Utterance]],
    announced: Mapping[int, Utterance],
) -> None:
    """Give each quoted sentence without a speaker of its own to the one around it."""
    for quotation in quotations:
        places = [
            number for number, sentence in enumerate(text.sentences) if quotation.overlaps(sentence)
        ]
        for number in places:
            sentence = text.sentences[number]
            part = Span(max(quotation.start, sentence.start), min(quotation.end, sentence.end))
            if any(said.words.overlaps(part) for said in found[number]):
                continue
            if len(part) * 2 < len(sentence):
                continue
            owner = _owner(text, number, places, found) or announced.get(number - 1)
            if owner is not None:
                found[number].append(
                    Utterance(
                        speaker=owner.speaker,
                        manner="direct quote"
                        if owner.manner == "reported speech"
                        else owner.manner,
                        named_as=owner.named_as,
                        sentence=Span(sentence.start, sentence.end),
                        words=part,
                        via=owner.via,
                    )
                )


def _owner(
    text: Text, number: int, places: Sequence[int], found: Sequence[list[Utterance]]
) -> Utterance | None:
    """The speaker where the quotation ends or begins, or of the sentence just before."""
    for place in (places[-1], places[0]):
        if found[place]:
            return found[place][-1]
    if number and found[number - 1]:
        before = found[number - 1][-1]
        sentence = text.sentences[number - 1]
        opens = text.content[sentence.end - 1] == ":"
        return before if before.manner != "publisher's report" or opens else None
    return None
