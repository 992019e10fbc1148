"""A briefing as JSON text and back: what the store keeps, and `brief show --json` prints."""

import json
from datetime import date
from typing import Any

from assistant.answers import Quote
from assistant.briefing.briefings import Briefing, Evidence, Line
from sources.source import Span


def as_json(briefing: Briefing) -> str:
    """The briefing as one JSON text; `from_json` is the inverse."""
    return json.dumps(
        {
            "name": briefing.name,
            "title": briefing.title,
            "created": briefing.created.isoformat(),
            "library": briefing.library,
            "mode": briefing.mode,
            "next_number": briefing.next_number,
            "lines": [
                {
                    "number": line.number,
                    "kind": line.kind,
                    "text": line.text,
                    "library": line.library,
                    "reason": line.reason,
                    "label": line.label,
                    "support": line.support,
                    "evidence": [_evidence_fields(one) for one in line.evidence],
                }
                for line in briefing.lines
            ],
        },
        ensure_ascii=False,
    )


def from_json(content: str) -> Briefing:
    """The briefing that `as_json` wrote."""
    fields = json.loads(content)
    lines = tuple(
        Line(
            number=line["number"],
            kind=line["kind"],
            text=line["text"],
            evidence=tuple(_evidence_of(one) for one in line["evidence"]),
            library=line["library"],
            reason=line["reason"],
            label=line["label"],
            support=line.get("support", "supported"),
        )
        for line in fields["lines"]
    )
    return Briefing(
        name=fields["name"],
        title=fields["title"],
        created=date.fromisoformat(fields["created"]),
        library=fields["library"],
        mode=fields["mode"],
        lines=lines,
        next_number=fields["next_number"],
    )


def _evidence_fields(one: Evidence) -> dict[str, object]:
    return {
        "source": one.quote.source,
        "start": one.quote.span.start,
        "end": one.quote.span.end,
        "quote": one.quote.words,
        "sha256": one.sha256,
        "title": one.title,
        "publisher": one.publisher,
        "author": one.author,
        "published": one.published.isoformat() if one.published else None,
        "url": one.url,
        "speaker": one.speaker,
        "manner": one.manner,
        "warning": one.warning,
        "language": one.language,
        "quoted_from": one.quoted_from,
        "kind": one.kind,
    }


def _evidence_of(fields: dict[str, Any]) -> Evidence:
    return Evidence(
        quote=Quote(fields["source"], Span(fields["start"], fields["end"]), fields["quote"]),
        sha256=fields["sha256"],
        title=fields["title"],
        publisher=fields["publisher"],
        author=fields["author"],
        published=date.fromisoformat(fields["published"]) if fields["published"] else None,
        url=fields["url"],
        speaker=fields["speaker"],
        manner=fields["manner"],
        warning=fields.get("warning"),
        language=fields.get("language"),
        quoted_from=fields.get("quoted_from"),
        kind=fields.get("kind"),
    )
