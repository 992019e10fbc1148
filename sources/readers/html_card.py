"""What a page says about itself: title, author, site, address, and the day it was published.

The day is taken only from what is said to be it, never from another day in the page: trafilatura
and htmldate guess, and take the day of an event.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from sources.readers.days import day_in
from sources.readers.html_page import names_of, words_of

_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publish_date",
    "publication_date", "publicationdate", "publication-date", "published", "published_at",
    "published_time", "pubdate", "pub_date", "article_date_original", "article.published",
    "article:post_date", "cxenseparse:recs:publishtime", "prism.publicationdate",
    "rnews:datepublished",    "dateissued", "release_date", "date",
)  # fmt: skip
"""Names of ``<meta>`` that hold the day of publication, the surest first."""
_ARTICLES = re.compile(r"article|posting|report|newsrelease|scholarly|creativework", re.IGNORECASE)
_PAGES = re.compile(
    r"webpage|itempage|aboutpage|faqpage|document|dataset|legislation", re.IGNORECASE
)
_OTHER_TYPES = re.compile(
    r"comment|review|answer|event|person|organization|imageobject|videoobject|offer|product",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:^|[-_])(?:published|dt-published|pubdate|entry-date|publish-?(?:date|time))$"
)
_NUMBERS = re.compile(r"((?:19|20)\d\d)([-/]?)(\d\d)\2(\d\d)(?!\d{1,3}(?!\d))")
_MAX_JSON_CHARS = 2_000_000


def read_card(tree: Any, root: Any, around: frozenset[Any]) -> dict[str, object]:
    """The fields of the card of a page whose article is `root`, with `around` it."""
    from trafilatura import extract_metadata

    found: Any = extract_metadata(
        deepcopy(tree), date_config={"extensive_search": False}, extensive=False
    )
    return {
        "title": found.title if found else None,
        "author": found.author if found else None,
        "publisher": found.sitename if found else None,
        "url": found.url if found else None,
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "published": published(tree, root, around),
    }


def published(tree: Any, root: Any, around: frozenset[Any]) -> date | None:
    """The day that the page itself says it was published; `None` where it does not."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name and meta.get("content") and not _is_in_other(meta):
            metas.setdefault(name.lower(), meta.get("content"))
    sure = [metas[name] for name in _METAS[:3] if name in metas]
    further = [metas[name] for name in _METAS[3:] if name in metas]
    for written in (*sure, *_in_json(tree), *_in_elements(tree, root, around), *further):
        found = day_of(written)
        if found is not None:
            return found
    return None


def day_of(written: str) -> date | None:
    """The day that a page's metadata write; `None` where they write none, or one of two."""
    words = written.strip()[:100]
    numbers = _NUMBERS.match(words)
    if numbers is None:
        found = day_in(words)
        return None if found is None else found.day
    try:
        return date(int(numbers[1]), int(numbers[3]), int(numbers[4]))
    except ValueError:
        return None


def _in_json(tree: Any) -> Iterator[str]:
    """``datePublished`` of the page's JSON-LD: first of articles, then of any page."""
    nodes = [node for block in _json_blocks(tree) for node in _nodes(block)]
    for wanted in (_ARTICLES, _PAGES):
        for node in nodes:
            types = node.get("@type") or ""
            named = " ".join(map(str, types)) if isinstance(types, list) else str(types)
            day = node.get("datePublished")
            if isinstance(day, str) and wanted.search(named):
                yield day


def _json_blocks(tree: Any) -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and len(script.text or "") <= _MAX_JSON_CHARS:
            try:
                yield json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(block: object) -> Iterator[Mapping[str, object]]:
    """The things that a block of JSON-LD is about; not what is told of one of them."""
    waiting = [block]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one[:1_000])
        elif isinstance(one, dict):
            yield one
            waiting.extend(
                one[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in one
            )


def _in_elements(tree: Any, root: Any, around: frozenset[Any]) -> Iterator[str]:
    """What elements say is the day: those of the article first, none of other stories."""
    found: list[tuple[bool, int, Any]] = []
    for element in tree.iter("time", "meta", "span", "abbr", "div", "p"):
        prop = (element.get("itemprop") or "").lower().split()
        is_time = element.tag in ("time", "abbr") and (
            element.get("pubdate") is not None
            or any(_PUBLISHED.search(name) for name in names_of(element))
        )
        if not is_time and not {"datepublished", "pubdate"} & set(prop):
            continue
        if not _is_in_other(element) and not any(one in around for one in element.iterancestors()):
            is_inside = any(one is root for one in element.iterancestors())
            found.append((not is_inside, len(found), element))
    for _, _, element in sorted(found, key=lambda one: one[:2]):
        written = element.get("datetime") or element.get("content") or element.get("title")
        yield written or words_of(element)


def _is_in_other(element: Any) -> bool:
    """Whether an element is of an event, a comment, another thing that the page tells of."""
    return any(
        _OTHER_TYPES.search(one.get("itemtype") or "") is not None
        for one in element.iterancestors()
        if one.get("itemscope") is not None
    )
