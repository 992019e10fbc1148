"""The issues that positions are sorted by: a shipped list, edited per library.

An issue is a name and the words that show that a sentence is about it. Which words those
are is a person's decision; the library can only suggest what the list does not cover yet.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from sources.catalogue import Catalogue
from sources.errors import UseError
from sources.language import is_foreign
from sources.source import Span

_NOTE = "briefing issues"
_MIN_MENTIONS = 3
_MAX_SUGGESTIONS = 10


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that is negotiated, and how a sentence about it can be told.

    `UseError` without a name, and where a cue is no word.
    """

    name: str
    cues: tuple[str, ...]
    """Words or phrases, any case; ``*`` at the end stands for any ending."""
    question: str | None = None
    """What a draft asks the library about it."""

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.cues or not all(cue.strip(" *") for cue in self.cues):
            raise UseError(
                "An issue needs a name and words.",
                remedy="Give it a name, and at least one word that shows it beside any *.",
            )

    def is_in(self, words: str) -> bool:
        """Whether `words` are about this issue."""
        return _pattern(self.cues).search(words) is not None

    def places_in(self, words: str) -> tuple[Span, ...]:
        """Where `words` show it, in order."""
        return tuple(Span(*found.span()) for found in _pattern(self.cues).finditer(words))


def shipped_issues() -> tuple[Issue, ...]:
    """The issues of this subject, as they come with the installation."""
    return _read(files("assistant.briefing").joinpath("issues.json").read_text("utf-8"))


def read_issues(catalogue: Catalogue) -> tuple[Issue, ...]:
    """The library's issues: the shipped ones until somebody has edited them."""
    kept = catalogue.note(_NOTE)
    return shipped_issues() if kept is None else _read(kept)


def keep_issues(catalogue: Catalogue, issues: Sequence[Issue]) -> None:
    """Keep an edited list; names must differ."""
    if len({issue.name.casefold() for issue in issues}) != len(issues):
        raise UseError("Two issues have the same name.", remedy="Give each a name of its own.")
    catalogue.keep_note(_NOTE, json.dumps([asdict(issue) for issue in issues], ensure_ascii=False))


def add_issue(issues: Sequence[Issue], issue: Issue) -> tuple[Issue, ...]:
    """The list with `issue` at its end, or in the place of the one of that name."""
    names = [known.name.casefold() for known in issues]
    if issue.name.casefold() not in names:
        return (*issues, issue)
    at = names.index(issue.name.casefold())
    return (*issues[:at], issue, *issues[at + 1 :])


def remove_issue(issues: Sequence[Issue], name: str) -> tuple[Issue, ...]:
    """The list without the issue of that name; `UseError` when there is none."""
    kept = tuple(issue for issue in issues if issue.name.casefold() != name.casefold())
    if len(kept) == len(issues):
        raise UseError(
            f"There is no issue {name!r}.", remedy="See `assistant brief issues` for the names."
        )
    return kept


def suggest_issues(statements: Iterable[str], issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """Issues that the statements speak of and no listed issue covers, most frequent first.

    A suggestion is a pair of neighbouring content words that at least three statements
    share, or a single word that at least five do; no units, and nothing of another language.
    """
    counts: Counter[str] = Counter()
    for statement in statements:
        if any(issue.is_in(statement) for issue in issues) or is_foreign(statement):
            continue
        words = [word.casefold() for word in re.findall(r"[^\W\d_]{3,}|[.,;]", statement)]
        pairs = {
            f"{first} {second}"
            for first, second in pairwise(words)
            if _is_content(first) and _is_content(second)
        }
        counts.update(pairs | {word for word in words if _is_content(word) and len(word) > 4})
    frequent = [
        phrase
        for phrase, count in counts.most_common()
        if count >= (_MIN_MENTIONS if " " in phrase else _MIN_MENTIONS + 2)
    ]
    chosen: list[str] = []
    for phrase in sorted(
        frequent, key=lambda phrase: (-phrase.count(" "), -counts[phrase], phrase)
    ):
        if not any(phrase in longer for longer in chosen):
            chosen.append(phrase)
    return tuple(Issue(phrase, (phrase,)) for phrase in chosen[:_MAX_SUGGESTIONS])


def _read(listed: str) -> tuple[Issue, ...]:
    return tuple(
        Issue(entry["name"], tuple(entry["cues"]), entry.get("question"))
        for entry in json.loads(listed)
    )


@lru_cache(maxsize=1_024)
def _pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    def one(cue: str) -> str:
        words = [re.escape(word).replace(r"\*", r"[\w-]*") for word in cue.split()]
        return r"[\s-]+".join(words)

    return re.compile(rf"(?<!\w)(?:{'|'.join(map(one, cues))})(?!\w)", re.IGNORECASE)


_EMPTY = frozenset(
    "the and that this with from for not are was were has have had will would could should may"
    " might must been being its his her their our your they them there here what which who whom"
    " when where while also more most than then only over under into about after before between"
    " said says say told new some any all such other each both out but can does did very much"
    " still because against without through during per year years"
    " hundred thousand million millions billion billions trillion percent euro euros dollar dollars"
    " pounds zloty zlotys hryvnia hryvnias kilometre kilometres kilometer kilometers".split()
)


def _is_content(word: str) -> bool:
    return word.isalpha() and len(word) > 2 and word not in _EMPTY
