"""What of a page is around its article: menus, banners, share buttons, pay walls, other stories.

Told by elements, roles, names (`class`, `id`) and, in six languages, by the words themselves.
"""

import re
from typing import Any

NEVER_TEXT = frozenset(
    "applet area audio base canvas col colgroup datalist embed head iframe input link map meta"
    " meter noframes noscript object optgroup option param picture progress rp rt script select"
    " source style svg template textarea title track video".split()
)
"""Elements whose words are no text of the page; nothing in them is read."""
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a line of their own; any other is part of one, unless it holds such."""

_AROUND_ROLES = frozenset(
    "alertdialog dialog menu menubar navigation search tablist toolbar tooltip".split()
)
_AROUND_TAGS = frozenset(["dialog", "menu", "nav", "search"])
_NAMED = re.compile(
    r"""^(?:(?:post|article|entry|page|site|story|content|js|c|m|o|u|block|widget|wp|section|module
    |component|single|news|td|jp|sd|mobile|desktop|top|bottom|left|right|inline|sticky|floating
    |fixed|main|global|primary|secondary|side|user|reader|has|is|the)[-_]+)* (?:
    ad|ads|advert|adverts|advertisement|advertising|adsbygoogle|banner-ad|promo|promos|sponsored
    |breadcrumbs?|pagination|pager|skip-?link|skip-?to-?content|back-?to-?top
    |cookies?|cookie-?(?:bar|banner|consent|notice|law|message)|consent|gdpr|cmp|onetrust
    |paywall|pay-wall|regwall|piano|metering|subscribe|subscription|subscribe-box
    |newsletter|newsletters|signup|sign-up
    |share|shares|sharing|sharethis|addthis|addtoany|share-?(?:buttons?|links?|tools?|icons?)
    |social|socials|social-?(?:buttons?|links?|media|icons?|share|sharing)
    |related|related-?(?:articles?|posts?|stories|links|news)|recommended|recommendations
    |read-?(?:also|more|next)|more-?(?:stories|news|on-this|articles)|most-?(?:read|popular)
    |trending|popular-?posts|outbrain|taboola|mw-editsection|edit-?(?:link|section)|headerlink
    |menu|navbar|navigation|nav|sidebar|site-?(?:header|footer)|page-?footer|masthead
    |comments|comment-?(?:list|section|form|area)|disqus|disqus_thread|respond|login|print-?button
    |modal|popup|pop-up|overlay|toolbar|widget-?area
    )(?:[-_]+(?:wrapper|container|box|block|section|area|list|bar|inner|outer|content|group|module
    |widget|footer|bottom|top|right|left|modal|message|prompt|offer|\d+))*$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PAY_WALL = re.compile(r"pay-?wall|regwall|metering|piano", re.IGNORECASE)
_COMMENTS = re.compile(r"^(?:comments?|comment-?(?:list|section|area)|disqus\w*|respond)", re.I)
_OPENED = re.compile(r"accord|collaps|expand|toggle|tab-?pane|faq|spoiler|details|panel", re.I)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)"
    r"|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_SHARING = re.compile(
    r"facebook\.com/(?:sharer|dialog)|(?:twitter|x)\.com/(?:intent|share)|t\.me/share"
    r"|wa\.me/\?|(?:api|web)\.whatsapp\.com/send|whatsapp://|linkedin\.com/(?:share|cws)"
    r"|reddit\.com/submit|pinterest\.[a-z]+/pin/create|vk\.com/share|getpocket\.com/(?:save|edit)"
    r"|bsky\.app/intent|tumblr\.com/(?:share|widgets)|threads\.net/intent|flipboard\.com/bookmarklet"
    r"|^mailto:\?|^fb-messenger:|^javascript:.*(?:print|share)",
    re.IGNORECASE,
)
_COOKIE_WORDS = re.compile(
    r"\b(?:we|our partners|this (?:web)?site|(?:diese|unsere) (?:web)?s(?:ei|i)te|wir|nous|ce site"
    r"|my|ta strona|nasza strona|(?:ten|nasz) serwis|ми|цей сайт|наш сайт|мы|этот сайт)\b"
    r".{0,80}\b(?:use|uses|store|verwende[nt]|nutz(?:en|t)|setz(?:en|t)|utilis(?:e|ons)"
    r"|używa(?:my)?|korzysta(?:my)?|wykorzystuje(?:my)?|використову(?:ємо|є)|използ\w+|использу(?:ем|ет))\b"
    r".{0,60}(?:cookie|кукі|куки)"
    r"|^używamy .{0,40}cookie",
    re.IGNORECASE | re.DOTALL,
)
_PAY_WORDS = re.compile(
    r"(?:subscribe|sign up|register|log ?in|sign in) (?:now )?to (?:continue|keep|read|unlock)"
    r"|to (?:continue|keep) reading|already (?:a )?(?:subscribe|member|registered|have an account)"
    r"|this (?:article|content|story) is (?:only )?(?:for|available (?:only )?to) (?:our )?"
    r"(?:paying )?(?:subscribers|members)|(?:subscribers?|members?)[- ]only (?:content|article)"
    r"|(?:weiterlesen|lesen sie weiter) mit|nur für abonnenten|jetzt (?:abonnieren|weiterlesen)"
    r"|bereits (?:abonnent|registriert)|um (?:diesen artikel |weiter)\w* ?zu lesen"
    r"|(?:article |contenu )?réservé aux abonnés|pour lire la suite|déjà abonné|abonnez-vous pour"
    r"|pozostało \d+ ?% (?:treści|artykułu)|(?:zaloguj|zarejestruj) się,? (?:aby|żeby|by)"
    r"|(?:tylko )?dla (?:subskrybentów|prenumeratorów)|wykup (?:dostęp|prenumeratę|subskrypcję)"
    r"|(?:лише|тільки) для (?:передплатників|підписників)|(?:передплатіть|оформіть передплату)"
    r"|щоб (?:читати|прочитати|продовжити)|вже (?:маєте|є) (?:передплат|підписк)"
    r"|только для подписчиков|оформите подписку|чтобы (?:читать|прочитать|продолжить чтение)"
    r"|уже (?:есть|оформили) подписк",
    re.IGNORECASE,
)
_READ_ALSO = re.compile(
    r"^(?:read (?:also|more|next)|see also|also read|related(?: (?:articles?|stories|news))?"
    r"|more on this|more from|most (?:read|popular)|you may also like|recommended"
    r"|lesen sie auch|mehr zum thema|auch interessant|das könnte sie (?:auch )?interessieren"
    r"|lire aussi|à lire aussi|sur le même sujet|voir aussi|czytaj (?:także|też|również|więcej)"
    r"|zobacz (?:także|też|również)|przeczytaj (?:także|też)|читайте також|читайте ще"
    r"|дивіться також|за темою|читайте также|читайте ещ[её]|смотрите также|по теме)\b",
    re.IGNORECASE,
)
_SHARE_WORDS = re.compile(
    r"^(?:share(?: (?:this|on|via|article|page|by).{0,40})?|tweet|pin it|like"
    r"|print(?: this.{0,20})?|copy link|teilen|drucken|partager(?: sur .{0,20})?|imprimer"
    r"|udostępnij|drukuj|поділитися|поширити|надрукувати|поделиться|распечатать|facebook|twitter|x|telegram|whatsapp"
    r"|linkedin|viber|messenger|e-?mail)[\s:!.]*$",
    re.IGNORECASE,
)
_MAX_NOTICE_WORDS = 60
"""A notice of cookies or of a pay wall is short; a longer text may well be about them."""


def names_of(element: Any) -> list[str]:
    """The names a page gives an element: its classes and its `id`."""
    return [*(element.get("class") or "").split(), *(element.get("id") or "").split()]


def words_of(element: Any) -> str:
    """All words in an element in one line, scripts and styles left out."""
    found: list[str] = []
    waiting: list[Any] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
            continue
        if one is not element:
            waiting.append(one.tail or "")
        if not isinstance(one.tag, str) or one.tag in NEVER_TEXT:
            continue
        apart = " " if one.tag in BLOCKS or one.tag == "br" else ""
        waiting.append(apart)
        waiting.extend(reversed(one))
        found.append(apart + (one.text or ""))
    return " ".join("".join(found).split())


def is_struck(element: Any) -> bool:
    """Whether the words are struck through: no longer what the page says."""
    if element.tag in ("s", "del", "strike"):
        return True
    style = element.get("style")
    return bool(style and _STRIKING.search(style))


def is_hidden(element: Any) -> bool:
    """Whether a page does not show the element, nor opens it at a click."""
    style = element.get("style") or ""
    if element.get("hidden") is None and not _HIDING.search(style):
        return False
    if element.get("hidden") == "until-found":
        return False
    around = element.getparent()
    named = names_of(element) + (names_of(around) if around is not None else [])
    before = element.getprevious()
    is_opened = before is not None and (
        before.tag in ("button", "summary")
        or before.get("aria-controls") is not None
        or before.get("aria-expanded") is not None
        or next(before.iter("button"), None) is not None
    )
    return not is_opened and not any(_OPENED.search(name) for name in named)


def is_opener(button: Any) -> bool:
    """Whether a button's words head what it opens: the question of an accordion."""
    if button.get("aria-expanded") is not None or button.get("aria-controls") is not None:
        return True
    return any(
        _OPENED.search(name) for one in (button, button.getparent()) for name in names_of(one)
    )


def is_pay_wall(element: Any, words: str) -> bool:
    """Whether the element, with its words, is where a page stops for those who have not paid."""
    if any(_PAY_WALL.search(name) for name in names_of(element)):
        return True
    return len(words.split()) <= _MAX_NOTICE_WORDS and _PAY_WORDS.search(words) is not None


def is_comments(element: Any) -> bool:
    """Whether readers write there, under the article."""
    return any(_COMMENTS.match(name) for name in names_of(element))


def is_named_around(element: Any) -> bool:
    """Whether its tag, its role or a name says that the element is around an article."""
    tag = element.tag
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _AROUND_TAGS or element.get("role") in _AROUND_ROLES:
        return True
    names = names_of(element)
    if tag == "footer" or element.get("role") == "contentinfo" or "footer" in names:
        return not _is_within(element, {"article", "main", "blockquote", "figure", "section", "q"})
    if tag == "header" or element.get("role") == "banner" or "header" in names:
        within = _is_within(element, {"article", "main", "section", "blockquote"})
        return not within and next(element.iter("h1"), None) is None
    return any(_NAMED.match(name) for name in names)


def is_notice(words: str) -> bool:
    """Whether the words ask to accept cookies."""
    return len(words.split()) <= _MAX_NOTICE_WORDS and _COOKIE_WORDS.search(words) is not None


def is_share_link(link: Any) -> bool:
    """Whether a link passes the page on to somebody, or prints it."""
    return _SHARING.search(link.get("href") or "") is not None


def is_share_line(words: str) -> bool:
    """Whether a line is no more than a button's: "Share on Facebook"."""
    return _SHARE_WORDS.match(words) is not None


def leads_elsewhere(words: str, linked_share: float) -> bool:
    """Whether a paragraph or a list, linked in such a part, points to other stories."""
    return _READ_ALSO.match(words) is not None and linked_share > 0.5


def _is_within(element: Any, tags: set[str]) -> bool:
    return any(one.tag in tags for one in element.iterancestors())
