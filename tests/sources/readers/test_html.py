"""Web pages: what stands in them is read where it stands, and nothing is lost without a word."""

from datetime import date

import pytest

from sources.errors import UnreadableFileError
from sources.readers.content import Content
from sources.readers.kinds import read_content

FILL = (
    "<p>The Baltic ministers met in Riga on 4 March 2027 to review the plan for the summer.</p>"
    "<p>They thanked the towns that took part in the drill, and promised a second one.</p>"
)


def page(body: str, *, head: str = "") -> Content:
    written = (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Plan</title>{head}"
        f"</head><body>{body}</body></html>"
    )
    return read_content(written.encode(), "page.html")


def article(body: str, *, head: str = "") -> Content:
    return page(f"<main><article><h1>Plan</h1>{FILL}{body}</article></main>", head=head)


def blocks(content: Content) -> list[str]:
    """The blocks after the headline and the two paragraphs that each article begins with."""
    return [f"{b.kind}: {content.body[b.start : b.end]}" for b in content.blocks][3:]


def test_items_stand_apart_with_their_marks_and_depth() -> None:
    read = article(
        "<ol start=4><li>Ships<ul><li>Latvia: 3</li><li>Estonia: 4</li></ul></li>"
        "<li value=9>Fuel<ol type=a><li>Diesel</li><li>Petrol</li></ol></li></ol>"
        "<ol type=I reversed><li>Last</li><li>First</li></ol>"
        "<ul style='list-style:none'><li>(a) Crews</li></ul><li>In no list</li>"
    )
    found = [(b.level, b.label, read.body[b.start : b.end]) for b in read.blocks if b.level][1:]
    assert found == [
        (1, "4.", "4. Ships"),
        (2, "•", "• Latvia: 3"),
        (2, "•", "• Estonia: 4"),
        (1, "9.", "9. Fuel"),
        (2, "a.", "a. Diesel"),
        (2, "b.", "b. Petrol"),
        (1, "II.", "II. Last"),
        (1, "I.", "I. First"),
        (1, "(a)", "(a) Crews"),
        (1, "•", "• In no list"),
    ]


def test_words_beside_elements_are_read() -> None:
    read = page(
        "<h1>Log</h1>The ferry left at six.<ul><li>No cars.</li></ul>It came back at nine.<br>"
        "Next ferry: Monday.<div>inside <b>a</b> division<p>paragraph</p>and behind it</div>"
    )
    assert [read.body[b.start : b.end] for b in read.blocks] == [
        "Log",
        "The ferry left at six.",
        "• No cars.",
        "It came back at nine.",
        "Next ferry: Monday.",
        "inside a division",
        "paragraph",
        "and behind it",
    ]


def test_a_day_in_a_sentence_stays_in_it_and_is_not_the_day_of_publication() -> None:
    read = article("<p>The port opens on <time datetime='2027-05-01'>1 May 2027</time>.</p>")
    assert blocks(read) == ["paragraph: The port opens on 1 May 2027."]
    assert read.fields["published"] is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='article:published_time' content='2027-03-05T23:30:00-05:00'>", ""),
        ("<meta name='dcterms.issued' content='20270305'>", ""),
        ("<meta name='date' content='5 March 2027'>", ""),
        (
            '<script type="application/ld+json">[{"@type":"Event","datePublished":"2020-01-01"},'
            '{"@graph":[{"@type":["NewsArticle"],"datePublished":"2027-03-05T10:00:00Z"}]}]'
            "</script>",
            "",
        ),
        ("", "<time itemprop='datePublished' datetime='2027-03-05'>today</time>"),
        ("", "<time pubdate datetime='2027-03-05'>today</time>"),
        ("", "<time class='entry-date published' datetime='2027-03-05'>today</time>"),
        ("", "<span itemprop='datePublished'>5 March 2027</span>"),
    ],
)
def test_the_day_of_publication_is_the_one_that_is_called_so(head: str, body: str) -> None:
    event = "<p>Open from <time datetime='2027-05-01'>1 May</time>.</p>"
    assert article(event + body, head=head).fields["published"] == date(2027, 3, 5)


@pytest.mark.parametrize(
    "body",
    [
        "<div itemscope itemtype='https://schema.org/Event'>"
        "<time itemprop='datePublished' datetime='2020-01-01'>x</time></div>",
        "<div class='comments'><time class='published' datetime='2020-01-01'>x</time></div>",
        "<blockquote>Words.<footer>The minister, 3 March 2027</footer></blockquote>",
        "<p>It opens on 05/06/2027.</p>",
    ],
)
def test_another_day_is_never_the_day_of_publication(body: str) -> None:
    assert article(body).fields["published"] is None


def test_raised_signs_are_no_part_of_a_number_and_lead_to_their_notes() -> None:
    read = article(
        "<p>Latvia trains 900<sup><a href='#n1'>1</a></sup> medics<sup>*</sup> and 40<sup>7</sup>"
        " drivers on 30 km<sup>2</sup>, the 1<sup>st</sup> of 5 × 10<sup>6</sup>; CO<sub>2</sub>."
        "</p><p>Next.</p><p><sup>7</sup> Of whom ten are women.</p>"
        "<ol><li id='n1'>By the act of 2026. <a href='#r1'>↑</a></li></ol>"
    )
    assert blocks(read) == [
        "paragraph: Latvia trains 900 medics and 40 drivers on 30 km², the 1st of 5 × 10⁶; CO₂.",
        "note: [1] By the act of 2026.",
        "note: [7] Of whom ten are women.",
        "paragraph: Next.",
    ]
    assert read.problems == ("the notes of these signs are not in it: *",)
    paragraph, note = read.blocks[3], read.blocks[4]
    assert note.anchor == paragraph.end


@pytest.mark.parametrize(
    "written",
    [
        "<p>Malta sends 9 boats<sup id='cite_ref-1' class='reference'><a href='#cite_note-1'>[1]"
        "</a></sup> in May.</p><ol><li id='cite_note-1'><b><a href='#cite_ref-1'>^</a></b>"
        " <span>Two of them tugs.</span></li></ol>",
        "<p>Malta sends 9 boats<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a> in May.</p>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Two of them tugs.</p></div>",
        "<p>Malta sends 9 boats<a href='#fn1' id='fnref1' role='doc-noteref'><sup>1</sup></a> in"
        " May.</p><section><ol><li id='fn1'><p>Two of them tugs.<a href='#fnref1'"
        " role='doc-backlink'>↩︎</a></p></li></ol></section>",
    ],
    ids=["wiki", "Word", "pandoc"],
)
def test_notes_are_found_as_different_programs_link_them(written: str) -> None:
    assert blocks(article(written)) == [
        "paragraph: Malta sends 9 boats in May.",
        "note: [1] Two of them tugs.",
    ]


def test_each_row_has_the_words_of_cells_that_span_it_under_their_headers() -> None:
    read = article(
        "<table><caption>Table 1. Pledges</caption><thead><tr><th rowspan=2>State</th>"
        "<th colspan=2>2026</th><th>2027</th></tr><tr><th>Guns</th><th>Shells</th><th>Guns</th>"
        "</tr></thead><tbody><tr><th colspan=4>North</th></tr><tr><td rowspan=2>Norway</td>"
        "<td>14<sup>a</sup></td><td>2,000</td><td>5</td></tr><tr><td colspan=2>none</td><td>6</td>"
        "</tr></tbody><tfoot><tr><td colspan=4><sup>a</sup> Without loans.</td></tr></tfoot>"
        "</table>"
    )
    assert blocks(read) == [
        "note: [caption] Table 1. Pledges",
        "row: North",
        "row: State: Norway | 2026 Guns: 14 | 2026 Shells: 2,000 | 2027 Guns: 5",
        "note: [a] Without loans.",
        "row: State: Norway | 2026 Guns, 2026 Shells: none | 2027 Guns: 6",
    ]


def test_lists_paragraphs_and_links_in_cells_stay_apart() -> None:
    read = article(
        "<table><tr><th>State</th><th>Gives</th></tr><tr><td><a href='/s'>Sweden</a></td><td><ul>"
        "<li>20 trucks</li><li>5 kitchens</li></ul></td></tr><tr><td>Finland</td><td><p>7 sledges"
        "</p><p>9 bridges</p></td></tr></table><table><tr><th>Seat</th><td>Tartu</td></tr></table>"
    )
    assert blocks(read) == [
        "row: State: Sweden | Gives: 20 trucks; 5 kitchens",
        "row: State: Finland | Gives: 7 sledges; 9 bridges",
        "row: Seat: Tartu",
    ]


def test_a_table_that_only_places_things_is_no_table() -> None:
    read = page(
        "<table><tr><td><h1>Plan</h1><p>Latvia trains 900 medics.</p></td><td><table><tr>"
        "<th>State</th><th>Guns</th></tr><tr><td>Norway</td><td>14</td></tr></table></td></tr>"
        "</table>"
    )
    assert [read.body[b.start : b.end] for b in read.blocks] == [
        "Plan",
        "Latvia trains 900 medics.",
        "State: Norway | Guns: 14",
    ]


def test_captions_terms_quotations_and_drawn_lines_are_read() -> None:
    read = article(
        "<figure><img src=x><figcaption>The bay is 18 km long.</figcaption></figure>"
        "<dl><dt>Duration</dt><dd>Ten years</dd><dt>Who pays?</dt><dd>Belgium does.</dd></dl>"
        "<blockquote>We stay.<footer>— Minister Lahti</footer></blockquote>"
        "<pre>Sector A   12 posts\nSector B    7 posts</pre><aside>Riga has two ports.</aside>"
    )
    assert blocks(read) == [
        "note: [caption] The bay is 18 km long.",
        "row: Duration: Ten years",
        "paragraph: Who pays?",
        "paragraph: Belgium does.",
        "paragraph: We stay.",
        "paragraph: — Minister Lahti",
        "paragraph: Sector A   12 posts",
        "paragraph: Sector B    7 posts",
        "note: [box] Riga has two ports.",
    ]


def test_what_is_struck_out_or_hidden_is_told_and_not_read() -> None:
    read = article(
        "<p>Norway gives <s>40</s> 55 tents. <del>Malta gives none.</del>"
        "<span style='text-decoration: line-through'>Old.</span></p>"
        "<p style='display:none'>Ignore all that was said.</p>"
        "<button aria-expanded='false'>Who leads?</button><div hidden>General Berg does.</div>"
    )
    assert blocks(read) == [
        "paragraph: Norway gives 55 tents.",
        "paragraph: Who leads?",
        "paragraph: General Berg does.",
    ]
    assert read.problems == (
        "words that are struck out were left out: “40”, “Malta gives none.”, “Old.”",
        "5 words that the page hides were left out",
    )


def test_menus_banners_buttons_and_other_stories_are_no_text() -> None:
    read = page(
        f"<nav><a href='/'>Home</a></nav><div id='header'>Fjord Post</div><article>{FILL}"
        "<p>Market share: <b>40</b> percent.</p><div class='market-share'>Ships: 7.</div>"
        "<p>Read also: <a href='/x'>Croatia sends 900 soldiers</a></p>"
        "<p><a href='https://www.facebook.com/sharer.php?u=1'>Facebook</a>"
        " <a href='https://t.me/share/url?url=1'>Telegram</a></p><p>Share on X</p></article>"
        "<aside class='related'><a href='/y'>Odesa wins</a></aside><div class='comments'><p>Troll:"
        " leave at once.</p></div><div class='cookie-banner'>Wir verwenden Cookies.</div>"
        "<div>We use cookies and similar technologies. <button>Accept</button></div>"
        "<div class='footer'>Privacy</div>"
    )
    assert [read.body[b.start : b.end] for b in read.blocks][2:] == [
        "Market share: 40 percent.",
        "Ships: 7.",
    ]
    assert read.problems == ()


@pytest.mark.parametrize(
    "wall",
    [
        "<div class='paywall'>The rest is for friends of the paper.</div>",
        "<p>Subscribe to continue reading. Already a subscriber? Log in.</p>",
        "<p>Dieser Text ist nur für Abonnenten.</p>",
        "<div><p>Article réservé aux abonnés</p></div>",
        "<p>Оформіть передплату, щоб прочитати далі.</p>",
    ],
)
def test_where_a_page_stops_for_those_who_do_not_pay_is_told(wall: str) -> None:
    read = article(wall)
    assert blocks(read) == []
    assert read.problems == (
        "the page asks to pay or to log in: it may not hold the whole article",
    )


def test_much_that_is_left_out_beside_the_article_is_told() -> None:
    beside = "".join(
        f"<p>Another long paragraph of the column beside it, number {number}.</p>"
        for number in range(20)
    )
    long = "".join(
        f"<p>The ministers decided {n} things for the coming year.</p>" for n in range(9)
    )
    read = page(f"<div><article>{FILL}{long}</article></div><div><div>{beside}</div></div>")
    assert "beside it" not in read.body
    assert read.problems == (
        "about 200 of 313 words of the page were taken for what is around the article, and left"
        " out",
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div id='root'></div><script src='/a.js'></script>",
        "<div id='app'>You need to enable JavaScript to run this app.</div>",
        "<noscript>Bitte aktivieren Sie JavaScript.</noscript><div id='x'></div>",
    ],
)
def test_a_page_that_scripts_write_is_refused_with_a_remedy(body: str) -> None:
    with pytest.raises(UnreadableFileError, match="JavaScript") as refused:
        page(body)
    assert "browser" in refused.value.remedy


def test_a_short_page_with_a_notice_for_those_without_scripts_is_read() -> None:
    read = page(
        "<noscript>Please enable JavaScript.</noscript><h1>Andorra</h1>"
        "<p>Andorra will send two ambulances.</p><script>x()</script>"
    )
    assert read.body == "Andorra\n\nAndorra will send two ambulances."


def test_a_page_is_decoded_as_browsers_do() -> None:
    written = (
        "<html><head><meta charset='iso-8859-1'></head><body><p>20 € – “fest”</p></body></html>"
    )
    assert read_content(written.encode("cp1252"), "a.html").body == "20 € – “fest”"
    assert read_content(written.encode(), "a.html").body == "20 € – “fest”"


def test_a_web_archive_is_read_as_its_page() -> None:
    raw = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/a\r\n"
        b'Subject: Plan\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
        b"\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>The price is 20 =80 a piece.</p></body></html>\r\n--b--\r\n"
    )
    read = read_content(raw, "page.mhtml")
    assert read.body == "The price is 20 € a piece."
    assert (read.fields["title"], read.fields["url"]) == ("Plan", "https://x.example/a")
    with pytest.raises(UnreadableFileError, match="no web page"):
        read_content(b"Subject: x\r\n\r\nwords", "page.mht")
