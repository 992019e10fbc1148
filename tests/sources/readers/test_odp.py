"""Slides of LibreOffice are read under their titles, with what is said about them."""

from sources.readers.content import Content
from sources.readers.kinds import read_content
from tests.sources.readers.word_files import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = "".join(
    f' xmlns:{short}="{_OASIS}:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("presentation", "presentation"),
    )
)  # fmt: skip


def frame(content: str, kind: str = "") -> str:
    """A frame with these lines, or this raw XML."""
    shown = content if content.startswith("<") else f"<text:p>{content}</text:p>"
    kind = f' presentation:class="{kind}"' if kind else ""
    return f"<draw:frame{kind}><draw:text-box>{shown}</draw:text-box></draw:frame>"


def read(*slides: str) -> Content:
    pages = "".join(
        one if one.startswith("<draw:page") else f"<draw:page>{one}</draw:page>" for one in slides
    )
    return read_content(
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.presentation",
                "content.xml": f"<office:document-content{_NAMES}><office:automatic-styles>"
                '<style:style style:name="gone" style:family="drawing-page">'
                '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
                "</office:automatic-styles><office:body><office:presentation>"
                f"{pages}</office:presentation></office:body></office:document-content>",
            }
        ),
        "a.odp",
    )


def test_slides_stand_under_their_titles_with_what_is_said_of_them() -> None:
    points = (
        "<text:list><text:list-item><text:p>The lamp is lit.</text:p></text:list-item></text:list>"
    )
    table = (
        "<draw:frame><table:table><table:table-row><table:table-cell><text:p>Norden</text:p>"
        "</table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell>"
        "</table:table-row></table:table><draw:image/></draw:frame>"
    )
    notes = f"<presentation:notes>{frame('Say it aloud.', 'notes')}</presentation:notes>"
    content = read(
        frame(points, "outline")
        + frame("What was agreed", "title")
        + frame("7", "page-number")
        + notes,
        f"<draw:g>{table}</draw:g>",
        f'<draw:page draw:style-name="gone">{frame("Secret")}</draw:page>',
    )
    assert content.body.split("\n\n") == [
        "What was agreed",
        "• The lamp is lit.",
        "[speaker's notes] Say it aloud.",
        "Slide 2",
        "Norden | 12",
    ]
    assert [mark.label for mark in content.locators] == ["What was agreed", "Slide 2"]
    assert content.problems == ("1 hidden slide left out",)
