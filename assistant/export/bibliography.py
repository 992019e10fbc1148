"""The cited sources for a reference manager: CSL-JSON, and BibTeX made from it."""

import json
import re
from collections.abc import Sequence
from datetime import date

from assistant.briefing.briefings import Evidence
from assistant.export.authors import Author, authors_in
from assistant.export.pandoc import convert
from sources.addresses import safe_address

_REPORTS = frozenset({"pdf", "docx", "odt", "rtf", "epub", "pptx", "odp"})
_TABLES = frozenset({"xlsx", "xls", "ods", "csv"})
_MAIL = frozenset({"eml", "msg", "mbox"})


def as_csl_json(cited: Sequence[Evidence], *, accessed: date | None = None) -> str:
    """The sources as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/);
    what a card does not say is left out. `accessed` is the day on which what has an address was
    read."""
    items = [_item(one, accessed) for one in cited]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def as_bibtex(cited: Sequence[Evidence], *, accessed: date | None = None) -> str:
    """The same sources as BibTeX: titles keep their case, days are given in full."""
    items = [_item(one, accessed) for one in cited]
    for item in items:
        item["title"] = f'<span class="nocase">{item["title"]}</span>'
    written = convert(json.dumps(items), source_format="csljson", to="bibtex")
    for one in cited:
        if one.published:
            entry = rf"(@\w+{{{re.escape(one.quote.source)},\n(?:  .*\n)*?  month = .*\n)"
            written = re.sub(entry, rf"\g<1>  day = {{{one.published.day}}},\n", written)
    return written


def _item(one: Evidence, accessed: date | None) -> dict[str, object]:
    kind = _type_of(one)
    item: dict[str, object] = {
        "id": one.quote.source,
        "type": kind,
        "title": one.title,
        "note": f"text sha256 {one.sha256}",
    }
    if one.publisher:
        is_part = kind in ("article-newspaper", "webpage")
        item["container-title" if is_part else "publisher"] = one.publisher
    if one.author:
        item["author"] = [_name(name) for name in authors_in(one.author, publisher=one.publisher)]
    if one.published:
        item["issued"] = _day(one.published)
    if address := safe_address(one.url):
        item["URL"] = address
        if accessed:
            item["accessed"] = _day(accessed)
    return item


def _type_of(one: Evidence) -> str:
    """What a reference manager calls such a source, as far as its file and card tell."""
    if one.kind in _MAIL:
        return "personal_communication"
    if one.kind in _TABLES:
        return "dataset"
    if one.kind in _REPORTS:
        return "report"
    if one.publisher and (one.published or not one.url):
        return "article-newspaper"
    return "webpage" if one.url else "article"


def _name(author: Author) -> dict[str, str]:
    if not author.is_person:
        return {"literal": author.family}
    name = {"family": author.family, "given": author.given}
    if author.particle:
        name["non-dropping-particle"] = author.particle
    if author.suffix:
        name["suffix"] = author.suffix
    return name


def _day(day: date) -> dict[str, object]:
    return {"date-parts": [[day.year, day.month, day.day]]}
