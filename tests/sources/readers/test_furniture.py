"""Menus, buttons and banners of crawled pages are no text; running prose always is."""

import pytest

from sources.reading import Reading, read_bytes

PROSE = (
    "The envoys of eleven states met in Riga on Monday and agreed to send forty boats to the south."
)
MORE = "Their ministers are to sign the paper in the spring, once all parliaments have approved it."


def read(*paragraphs: str) -> Reading:
    return read_bytes("\n\n".join(paragraphs).encode(), "crawled.md")


def test_a_page_is_left_with_its_article() -> None:
    reading = read(
        "[Skip to content](#main)",
        "- [Home](/)\n- [World](/world)\n- [Business](/business)\n- [Sport](/sport)",
        "We use cookies to improve your experience on our website. By continuing you agree to our"
        " use of cookies and accept our privacy policy.",
        "# Forty boats for the south",
        "Share on Facebook",
        "![boats](boats.jpg)",
        "Photo: Ana Vik / Harbour Press",
        PROSE,
        "Downloaded by reader@x.example on 3 March 2026",
        MORE,
        "Share this article: Facebook, X, Telegram",
        "## Related articles",
        "- [Boats wait in port](/1)\n- [Who pays for boats](/2)\n- [A strike ends](/3)",
        "© 2026 Harbour Press. All rights reserved.",
    )
    assert reading.body == f"Forty boats for the south\n\n{PROSE}\n\n{MORE}"
    assert reading.card.title == "Forty boats for the south"
    assert reading.problems == (
        "15 lines of menus, buttons, picture credits and the like were left out.",
        "Its title is taken from its own headline.",
    )


@pytest.mark.parametrize(
    "kept",
    [
        "The council discussed cookies, biscuits and other supplies for the soldiers at the front.",
        "Share of the budget",
        "Photo reconnaissance is done by two wings of the air force, which has eleven machines.",
        "Printed money was the third source of income, after taxes and loans from two states.",
        "By [Ana Vik](/ana)",
        "These states pay:\n\n- [Norland](/n)\n- [Castria](/c)\n- [Estmark](/e)",
    ],
)
def test_words_of_the_text_stay(kept: str) -> None:
    reading = read(PROSE, kept, MORE)
    assert "left out" not in "".join(reading.problems)


def test_links_that_a_sentence_leads_in_stay_at_the_end() -> None:
    reading = read(PROSE, "These states pay:", "- [Norland](/n)\n- [Castria](/c)\n- [Estmark](/e)")
    assert reading.body.endswith("• Norland\n\n• Castria\n\n• Estmark")


@pytest.mark.parametrize(
    "furniture",
    ["[Home](/) / [World](/w) / [Europe](/e)", "Advertisement", "**Read also:** [Who pays](/2)",
     "Tags: [Norland](/t/1), [boats](/t/2)"],
)  # fmt: skip
def test_lines_that_only_lead_elsewhere_are_left_out(furniture: str) -> None:
    place = [furniture, PROSE, MORE] if furniture.startswith("[") else [PROSE, furniture, MORE]
    assert read(*place).body == f"{PROSE}\n\n{MORE}"


def test_a_list_without_prose_is_kept_whole() -> None:
    written = "# Documents\n\n- [Treaty](/1)\n- [Annex](/2)\n- [Minutes](/3)\n"
    assert len(read(written).blocks) == 4


def test_what_each_page_repeats_is_left_out() -> None:
    pages = [part for n in range(1, 5) for part in (f"Report on boats, page {n} of 4", PROSE)]
    assert read(*pages).body.count("Report on boats") == 0


@pytest.mark.parametrize("title", ["", "title: crawled", "title: report_final-v2.pdf"])
def test_a_file_s_name_is_no_title_where_the_text_has_one(title: str) -> None:
    raw = f"---\nlanguage: en\n{title}\n---\n# Forty boats\n\n{PROSE}".encode()
    assert read_bytes(raw, "crawled.md").card.title == "Forty boats"


def test_a_title_of_its_own_stays() -> None:
    raw = f"---\ntitle: Boats at last\n---\n# Forty boats\n\n{PROSE}".encode()
    reading = read_bytes(raw, "crawled.md")
    assert (reading.card.title, reading.problems) == ("Boats at last", ())
