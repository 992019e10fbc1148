"""The cited sources for a reference manager: CSL-JSON, and BibTeX made from it."""

import json
import re
from collections.abc import Sequence

from assistant.briefing.briefings import Evidence
from assistant.export.pandoc import convert
from sources.addresses import safe_address


def as_csl_json(cited: Sequence[Evidence]) -> str:
    """The sources as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/);
    what a card does not say is left out."""
    return json.dumps([_item(one) for one in cited], ensure_ascii=False, indent=2) + "\n"


def as_bibtex(cited: Sequence[Evidence]) -> str:
    """The same sources as BibTeX: titles keep their case, days are given in full."""
    items = [_item(one) for one in cited]
    for item in items:
        item["title"] = f'<span class="nocase">{item["title"]}</span>'
    written = convert(json.dumps(items), source_format="csljson", to="bibtex")
    for one in cited:
        if one.published:
            entry = rf"(@\w+{{{re.escape(one.quote.source)},\n(?:  .*\n)*?  month = .*\n)"
            written = re.sub(entry, rf"\g<1>  day = {{{one.published.day}}},\n", written)
    return written


def _item(one: Evidence) -> dict[str, object]:
    item: dict[str, object] = {
        "id": one.quote.source,
        "type": "article-newspaper" if one.publisher else "article",
        "title": one.title,
        "note": f"text sha256 {one.sha256}",
    }
    if one.publisher:
        item["container-title"] = one.publisher
    if one.author:
        item["author"] = [{"literal": one.author}]
    if one.published:
        day = one.published
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if address := safe_address(one.url):
        item["URL"] = address
    return item
