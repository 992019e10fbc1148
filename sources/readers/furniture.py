"""What of a crawled page is no text: menus, share buttons, picture credits, cookie banners.

Told by how much of a line is links, by where it stands, and by words that such lines have in the
languages of the subject. Running prose always stays.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from sources.readers.pieces import Piece

_LEAST_PROSE_WORDS = 12
_LINKED, _PROSE_LINKED = 0.8, 0.5
"""Shares of a piece's characters that are links: of a menu's line at least, of prose at most."""
_LEAST_RUN = 3
"""So many linked lines one after the other, at the top or the bottom, are a menu."""
_MOST_WORDS = 25
"""Of a line that is no text by its words alone."""
_ENDS = re.compile(r"[.!?…][»”\"“’)\]]*$")

_BUTTONS = r"""
    (?:skip\ to|jump\ to|zum\ inhalt|przejdź\ do|aller\ au|перейти\ (?:до|к)).{0,40}
  | (?:main\ |site\ )?(?:menu|navigation|search|home|sign\ in|log\ ?in|register|subscribe|close
      |newsletter|comments?|print|copy\ link|back\ to\ top|top|next|previous|(?:load\ |show\ )?more
      |read\ more|advertisement|sponsored|share|tweet|email|e-mail|bookmark|listen|save|follow\ us)
  | (?:menü|suche|anmelden|abonnieren|drucken|teilen|werbung|anzeige|mehr|weiterlesen|startseite)
  | (?:menu|szukaj|zaloguj(?:\ się)?|drukuj|udostępnij|reklama
      |czytaj\ (?:więcej|także)|strona\ główna)
  | (?:rechercher|connexion|s['’]abonner|imprimer|partager|publicité
      |lire\ (?:la\ suite|aussi)|accueil)
  | (?:меню|пошук|увійти|друкувати|друк|поділитися|реклама|читайте\ також|головна|підписатися)
  | (?:поиск|войти|печать|поделиться|читайте\ также|главная|подписаться)
  | (?:share|tweet|pin|post|send|teilen|udostępnij|partager|поділитися|поделиться)
      (?:\ (?:this|it|article|story|page|artykuł|l['’]article|статтею|статьёй))*
      (?:\ (?:on|via|by|to|with|auf|per|na|przez|sur|par|у|в|во|через))?
      \ ?:?(?:[\s,|·•/]*(?:facebook|twitter|x|linkedin|telegram|whatsapp|e-?mail|reddit|viber
      |bluesky|threads|mastodon|pinterest|messenger|copy\ link|link|print))*
  | (?:facebook|twitter|linkedin|telegram|whatsapp|instagram|youtube|reddit|viber|bluesky|threads
      |mastodon|pinterest|rss)(?:[\s,|·•/]+(?:facebook|twitter|x|linkedin|telegram|whatsapp|instagram
      |youtube|reddit|viber|bluesky|threads|mastodon|pinterest|rss|e-?mail|print))*
  | \d+\ (?:shares?|comments?|views?)
"""
_BUTTON = re.compile(_BUTTONS, re.IGNORECASE | re.VERBOSE)
_CREDIT = re.compile(
    r"""
    (?:photo(?:s|graph|graphy)?|image|picture|foto|fot|zdj(?:ęcie)?|bild|crédits?(?:\ photos?)?
      |credits?|фото|світлина|снимок|illustration)
      (?:\ (?:credits?|by|courtesy(?:\ of)?|par))?\.?
      \s?(?::|©|/|–|-|(?<=by)|(?<=of)|(?<=par))\s?\S.{0,120}
  | (?:©|\(c\)).{0,100}
  | .{0,60}(?:getty\ images|/\s?afp|afp\ via|/\s?reuters|/\s?ap|ap\ photo|epa-efe|/\s?pap|/\s?dpa
      |shutterstock|укрінформ\ фото)\W{0,2}
  """,
    re.IGNORECASE | re.VERBOSE,
)
_LEGAL = re.compile(
    r"""
    (?:this\ (?:document|file|copy|article)\ (?:was|has\ been)\ )?downloaded\ (?:by|from|on|for)\b.*
  | (?:pobrano|heruntergeladen|téléchargé|завантажено|скачано|загружено)\b.*
  | .*\b(?:all\ rights\ reserved|alle\ rechte\ vorbehalten|wszelkie\ prawa\ zastrzeżone
      |tous\ droits\ réservés|усі\ права\ захищ|всі\ права\ захищ|все\ права\ защищ).*
  | (?:copyright\b|©).*
  | (?:printed|retrieved)\ (?:by|from|on)\b.*(?:https?:|www\.|\d{4}).*
  """,
    re.IGNORECASE | re.VERBOSE,
)
_COOKIES = re.compile(r"\bcookies?\b|\bcookie-|ciasteczk|файл\w* cookie|кукі|куки", re.IGNORECASE)
_ASKS_CONSENT = re.compile(
    r"accept|agree|consent|preferences|privacy|experience|settings|website|our site|browsing"
    r"|akzept|zustimm|einwillig|webseite|akcept|zgod|prywatno|stron|acceptez|consente|site|согла"
    r"|погодж|сайт|принима|приймає",
    re.IGNORECASE,
)
_OF_A_PAGE = re.compile(
    r"(?:page|p\.|seite|strona|str\.|сторінка|страница|стор\.|стр\.)\s*\d+|https?:|www\.|©|\d+\s*/\s*\d+$",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:read|see|watch|learn)\ (?:also|more|next)|related|more\ (?:on|from|stories|news)|latest"
    r"|most\ (?:read|popular)|trending|recommended|tags?|topics?|share|follow"
    r"|you\ may\ (?:also|like)"
    r"|mehr\ zum|lesen\ sie|czytaj|zobacz|lire|à\ lire|sur\ le\ même|читайте|дивіться|смотрите|теги"
    r"|links?\b",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(r"[^:.!?]{2,30}:")
_ADVERTISEMENT = re.compile(
    r"advertisement|advertising|sponsored|werbung|anzeige|reklama|publicité|реклама", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"[^\s/\\]+\.(?:pdf|docx?|odt|rtf|html?|aspx?|php|md|txt|epub)|[^\s/\\]+(?:[-_][^\s/\\]+){2,}"
    r"|\S+_\S+|index|untitled|document|article|page",
    re.IGNORECASE,
)
_MOST_HEADLINE = 300
_REPEATED = 3


def without_furniture(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that are text, in their order. A text without prose is kept as it is."""
    repeated = _repeated(pieces)
    prose = [at for at, piece in enumerate(pieces) if _is_prose(piece)]
    first, last = (prose[0], prose[-1]) if prose else (0, len(pieces) - 1)
    out = {at for at, piece in enumerate(pieces) if piece.kind == "picture"}
    for at, piece in enumerate(pieces):
        said = _one_line(piece)
        if piece.kind in ("table", "picture") or not said:
            continue
        is_outside = not first <= at <= last
        is_short = len(said.split()) <= _MOST_WORDS
        if (
            (is_short and (_CREDIT.fullmatch(said) or _LEGAL.fullmatch(said)))
            or _folded(said) in repeated
            or (is_outside and is_short and _BUTTON.fullmatch(said))
            or _ADVERTISEMENT.fullmatch(said)
            or (is_short and _leads_elsewhere(piece))
            or (not first < at < last and _is_cookie_banner(said))
        ):
            out.add(at)
    if prose:
        out |= _menus(pieces, range(first), out) | _menus(pieces, range(last + 1, len(pieces)), out)
    out |= _bare_headings(pieces, out)
    return [piece for at, piece in enumerate(pieces) if at not in out]


def headline_of(
    pieces: Sequence[Piece], fields: Mapping[str, object], name: str
) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """The fields with the text's own headline for a title that is missing or a file's name.

    With what is told of it; unchanged where the text has no headline.
    """
    title = " ".join(str(fields.get("title") or "").split())
    if title and title != PurePath(name).stem and not _FILE_NAME.fullmatch(title):
        return fields, ()
    headings = [piece for piece in pieces if piece.kind == "heading"]
    above = [piece for piece in pieces[:1] if piece.kind == "heading"]
    for piece in [*(one for one in headings if one.level == 1), *above][:1]:
        said = _one_line(piece)
        if said and len(said) <= _MOST_HEADLINE:
            return {**fields, "title": said}, ("Its title is taken from its own headline.",)
    return fields, ()


def _is_prose(piece: Piece) -> bool:
    said = _one_line(piece)
    return (
        piece.kind in ("paragraph", "quoted", "item")
        and len(said.split()) >= _LEAST_PROSE_WORDS
        and _ENDS.search(said) is not None
        and piece.words.link_density <= _PROSE_LINKED
        and not _is_cookie_banner(said)
        and not _LEGAL.fullmatch(said)
    )


def _leads_elsewhere(piece: Piece) -> bool:
    """Whether it is a link with a label: "Read also: …", "Tags: …"."""
    said = _one_line(piece)
    label = _LABEL.match(said)
    return (
        piece.words.links > 0
        and label is not None
        and _RELATED.match(label.group()) is not None
        and _ENDS.search(said) is None
    )


def _is_cookie_banner(said: str) -> bool:
    """Whether most of its sentences are about cookies and what one agrees to."""
    if _COOKIES.search(said) is None:
        return False
    sentences = [one for one in re.split(r"[.!?]\s+", said) if one.strip()]
    about = [one for one in sentences if _COOKIES.search(one) or _ASKS_CONSENT.search(one)]
    return len(about) * 2 > len(sentences)


def _repeated(pieces: Sequence[Piece]) -> set[str]:
    """Lines of a page's edge that come again and again, but for their numbers."""
    counted = Counter(
        _folded(said)
        for piece in pieces
        if piece.kind in ("paragraph", "heading") and _OF_A_PAGE.search(said := _one_line(piece))
    )
    return {
        folded
        for folded, times in counted.items()
        if times >= _REPEATED and len(folded.split()) <= _MOST_WORDS
    }


def _menus(pieces: Sequence[Piece], places: range, out: set[int]) -> set[int]:
    """Runs of short lines that are nothing but links; pieces already out count as one of them."""
    found: set[int] = set()
    run: list[int] = []
    lead = places.start - 1
    for at in (*places, None):
        if at is not None and (at in out or _is_linked(pieces[at])):
            run.append(at)
            continue
        said = _one_line(pieces[lead]) if 0 <= lead < len(pieces) else ""
        is_led_in = said.endswith(":") and not _RELATED.search(said)
        if sum(max(1, pieces[one].words.links) for one in run) >= _LEAST_RUN and not is_led_in:
            found.update(run)
        run = []
        lead = at if at is not None else lead
    return found


def _is_linked(piece: Piece) -> bool:
    return (
        piece.kind in ("paragraph", "item", "heading")
        and bool(_one_line(piece))
        and piece.words.link_density >= _LINKED
        and not piece.words.notes
    )


def _bare_headings(pieces: Sequence[Piece], out: set[int]) -> set[int]:
    """Headings like "Related" of which nothing is left."""
    found = set()
    for at, piece in enumerate(pieces):
        if piece.kind != "heading" or at in out or not _RELATED.match(_one_line(piece)):
            continue
        below = at + 1
        while below < len(pieces) and below in out:
            below += 1
        if below > at + 1 and (below == len(pieces) or pieces[below].kind == "heading"):
            found.add(at)
    return found


def _one_line(piece: Piece) -> str:
    return " ".join(piece.words.said.split())


def _folded(said: str) -> str:
    return re.sub(r"\d+", "#", said.casefold())
