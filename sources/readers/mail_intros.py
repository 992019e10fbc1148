"""The lines that lead to somebody else's mail, in six languages.

"On … wrote:", "-----Original Message-----", a block of "From: … Sent: …". The libraries that
were tried (quotequail, mail-parser-reply) know no Ukrainian, lose quotations between answers, and
tell neither who nor when in half of these languages.
"""

import re
from collections.abc import Sequence
from datetime import date
from email.utils import parseaddr, parsedate_to_datetime
from typing import NamedTuple

from sources.readers.days import day_in

_FORWARDED = (
    r"original message|original appointment|forwarded (?:message|by.*)|begin forwarded message"
    r"|reply message|ursprüngliche (?:nachricht|e-?mail)|original-?nachricht"
    r"|weitergeleitete (?:nachricht|e-?mail)|anfang der weitergeleiteten (?:nachricht|e-?mail)"
    r"|message d['’]origine|message original|message transféré|message réexpédié"
    r"|début du message (?:transféré|réexpédié)|e-?mail transféré"
    r"|(?:oryginalna wiadomość|wiadomość oryginalna)"
    r"|(?:początek )?(?:przekazan\w+|przesłan\w+) wiadomo\w+"
    r"|(?:wiadomość|treść) (?:przekazana|przesłana|przekazanej wiadomości)"
    r"|(?:исходное|пересылаемое|пересланное) (?:сообщение|письмо)"
    r"|начало пере\w+ (?:сообщения|письма)"
    r"|(?:оригінальне|початкове|вихідне|переслане|перенаправлене) (?:повідомлення|лист)"
    r"|початок пере\w+ (?:повідомлення|листа)|(?:переслане|пересилання) повідомлення"
)
_SEPARATOR = re.compile(
    rf"^[-=_*\s>]*(?:{_FORWARDED})\s*[-=_*\s:]*$|^_{{20,}}$|^-{{30,}}$", re.IGNORECASE
)
_KEYS = {
    "from": "from von de od від от expéditeur nadawca відправник отправитель",
    "date": "date sent datum gesendet envoyé data wysłano дата надіслано відправлено отправлено"
    " дата:время",
    "to": "to an à do кому pour destinataire adresat",
    "subject": "subject betreff objet sujet temat тема",
    "cc": "cc kopie copie dw kopia копія копия bcc importance priority attachments anlagen"
    " pièces załączniki вкладення вложения reply-to antwort",
}
_KEY_OF = {name: key for key, names in _KEYS.items() for name in names.split()}
_KEY_OF |= {"від кого": "from", "от кого": "from", "envoyé le": "date", "gesendet am": "date",
            "antwort an": "cc", "pièces jointes": "cc", "date d'envoi": "date"}  # fmt: skip
_HEADER = re.compile(r"^[*_\s]*([^\W\d_][^:*\n]{0,24}?)\s*[*_]*\s*:[*_]*\s*(.*?)\s*$")
_MAX_INTRO_LINES = 4
_MAX_INTRO_CHARS = 400
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb(?:en)?|hat (?:am .{0,60} )?geschrieben|a écrit|écrit|écrivait"
    r"|napisał(?:a|\(a\)|\(-a\)|/a)?|pisze|pisał(?:a)?|написа[лв](?:а|\(а\)|ла)?|пише|писав|писала"
    r"|пишет|писал|skrev|schreef|escribió|ha scritto|napsal(?:\(a\))?)(?![^\W\d_])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[<\[(]?\s*(?:mailto:)?([\w.+-]+@[\w-]+\.[\w.-]+)\s*[>\])]?(?:\s*\(mailto:[^)]*\))?"
)
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AP]\.?M\.?)?(?:\s*(?:Uhr|h|год|год\.|ч\.))?"
    r"(?:\s*\(?(?:GMT|UTC|CES?T|EES?T|MSK|BST)?\s*[+-]?\d{0,2}:?\d{0,2}\)?(?![^\W\d_]))?",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"^(?:[\s,;|·–-]|\b(?:on|at|am|um|le|à|o|w|w dniu|dnia|godz\.?|о|в|у|г\.?|р\.?|года|року|від|от"
    r"|od|par|von|by|the user|użytkownik|uhr|that|van|de)\b\.?(?=\W|$))+",
    re.IGNORECASE,
)

_WEEKDAYS = frozenset(
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday"
    " sunday mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend"
    " sonntag lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche"
    " pon wt śr czw pt sob niedz nd poniedziałek wtorek środa czwartek piątek sobota niedziela"
    " пн вт ср чт пт сб нд вс понеділок вівторок середа четвер п’ятниця п'ятниця субота неділя"
    " понедельник вторник среда четверг пятница суббота воскресенье am pm on".split()
)


class Intro(NamedTuple):
    """What leads to a mail: whose it is, of which day, how many lines it takes."""

    sender: str | None
    day: date | None
    lines: int
    is_sure: bool
    """Whether it needs no quoted line below it to be told as such."""


def is_separator(line: str) -> bool:
    """Whether the line says that another mail follows."""
    return len(line) < 120 and _SEPARATOR.match(line.strip()) is not None


def header_key(line: str) -> str | None:
    """Which header of a mail the line is, ``from``, ``date`` and so on; else `None`."""
    found = _HEADER.match(line)
    return _KEY_OF.get(" ".join(found[1].casefold().split())) if found else None


def read_headers(lines: Sequence[str]) -> Intro | None:
    """The block of headers that `lines` begin with: a sender's, and further ones or none."""
    found: dict[str, str] = {}
    taken = 0
    current: str | None = None
    for number, line in enumerate(lines[:40]):
        key = header_key(line)
        if key is not None:
            current = key
            found.setdefault(key, _HEADER.match(line)[2])  # type: ignore[index]  # it matched
            taken = number + 1
        elif not line.strip():
            if len(found) > 1 and not _goes_on(lines[number + 1 :]):
                break
            current = None
        elif current is not None and found[current] and line[:1].isspace():
            found[current] += f" {line.strip()}"  # a header over two lines
            taken = number + 1
        elif current in ("to", "cc") and "@" in line:
            taken = number + 1
        elif current is not None and not found[current]:
            found[current] = line.strip()
            taken = number + 1
        else:
            break
    if "from" not in found or not found["from"].strip():
        return None
    # "From: Kyiv, To: Lviv" is no mail's head.
    is_sure = bool({"date", "subject"} & found.keys()) or (len(found) > 1 and "@" in found["from"])
    return Intro(_sender(found["from"]), _day(found.get("date", "")), taken, is_sure)


def read_attribution(lines: Sequence[str]) -> Intro | None:
    """The line, over several lines or not, that says who wrote what follows."""
    for count in range(1, min(_MAX_INTRO_LINES, len(lines)) + 1):
        if not lines[count - 1].strip():
            return None
        words = " ".join(line.strip() for line in lines[:count])
        if len(words) > _MAX_INTRO_CHARS:
            return None
        if words.endswith(":") and (count == len(lines) or not lines[count].strip()):
            found = _attribution(words.rstrip(": "), count)
            if found is not None:
                return found
    return None


def _attribution(words: str, count: int) -> Intro | None:
    wrote = [*_WROTE.finditer(words)]
    address = _ADDRESS.search(words)
    day = day_in(words)
    time = _TIME.search(words)
    if not wrote and not (address and (day or time)):
        return None
    plain = _ADDRESS.sub(" ", words)
    spans = [(one.start(), one.end()) for one in _WROTE.finditer(plain)]
    spans += [(one.start(), one.end()) for one in _TIME.finditer(plain)]
    dated = day_in(plain)
    if dated is not None:
        spans.append((dated.span.start, dated.span.end))
    name = _name_between(plain, sorted(spans), after=wrote[-1].end() if wrote else None)
    sender = name or (address[1] if address else None)
    if sender is None:
        return None
    # "The minister wrote on 5 June 2026:" leads to no mail, unless quoted lines follow.
    is_sure = bool((wrote and time) or (address and (day or time)))
    return Intro(sender, day.day if day else None, count, is_sure)


def _name_between(plain: str, spans: Sequence[tuple[int, int]], after: int | None) -> str | None:
    """The stretch of `plain` beside the day, the time and the verb that is a name."""
    edges = [0, *(edge for span in spans for edge in span), len(plain)]
    parts = [
        (start, _clean(plain[start:end]))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if start < end
    ]
    named = [(start, part) for start, part in parts if _is_name(part)]
    if not named:
        return None
    behind = [part for start, part in named if after is not None and start >= after - 1]
    return behind[-1] if behind else named[-1][1]


def _clean(part: str) -> str:
    part = re.sub(r"\(\s*\)|<\s*>|\[\s*\]", " ", part)
    before = None
    while before != part:
        before = part
        part = _JOINING.sub("", part).strip(" ,;:\t\"'“”„«»<>()[]*|")
    return " ".join(part.split())


def _is_name(part: str) -> bool:
    first = next((one for one in part if one.isalpha()), "")
    return first.isupper() and len(part) < 80 and part.casefold().strip(". ") not in _WEEKDAYS


def _goes_on(lines: Sequence[str]) -> bool:
    further = next((line for line in lines if line.strip()), "")
    return header_key(further) is not None


def _sender(written: str) -> str | None:
    written = re.sub(r"\[mailto:([^\]]*)\]", r"<\1>", written).replace("*", " ")
    name, address = parseaddr(written)
    cleaned = _clean(_ADDRESS.sub(" ", written))
    return cleaned or name or address or None


def _day(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        found = day_in(written)
        return found.day if found else None
