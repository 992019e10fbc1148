"""Mails: whose words they are, in which part they stand, and what is attached."""

from email import policy
from email.message import EmailMessage

import pytest

from sources.errors import UnreadableFileError
from sources.readers.content import Content
from sources.readers.kinds import read_content

OLAF = "Olaf Krug, 12 March 2027"


def mail(*, subject: str = "Ships", sender: str = "Ada Berg <ada@example.org>") -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"], message["From"] = subject, sender
    message["Date"] = "Mon, 15 Mar 2027 09:30:00 +0200"
    return message


def read(message: EmailMessage) -> Content:
    return read_content(message.as_bytes(), "mail.eml")


def plain(words: str, **parameters: str) -> Content:
    message = mail()
    message.set_content(words, params=parameters or None)
    return read(message)


def html(words: str, *, beside: str | None = None) -> Content:
    message = mail()
    if beside is None:
        message.set_content(words, subtype="html")
    else:
        message.set_content(beside)
        message.add_alternative(words, subtype="html")
    return read(message)


def said(content: Content) -> list[tuple[int, str, str]]:
    """Of each block how deep it is quoted, whose it is, and its words."""
    return [
        (b.level, b.label, content.body[b.start : b.end])
        if b.kind == "quoted"
        else (0, "", content.body[b.start : b.end])
        for b in content.blocks
    ]


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("On Fri, 12 Mar 2027 at 08:10, Olaf Krug <o@example.org> wrote:", OLAF),
        ("On Mar 12, 2027, at 8:10 AM, Olaf Krug <o@example.org> wrote:", OLAF),
        ("Am Fr., 12. März 2027 um 08:10 Uhr schrieb Olaf Krug <o@example.org>:", OLAF),
        ("Am 12.03.27 um 08:10 schrieb Olaf Krug:", OLAF),
        ("Le ven. 12 mars 2027 à 08:10, Olaf Krug <o@example.org> a écrit :", OLAF),
        ("pt., 12 mar 2027 o 08:10 Olaf Krug <o@example.org> napisał(a):", OLAF),
        ("W dniu 12.03.2027 o 08:10, Olaf Krug pisze:", OLAF),
        (
            "пт, 12 бер. 2027 р. о 08:10 Олег Круг <o@example.org> пише:",
            "Олег Круг, 12 March 2027",
        ),
        ("пт, 12 мар. 2027 г. в 08:10, Олег Круг <o@example.org>:", "Олег Круг, 12 March 2027"),
        ("On Fri, 12 Mar 2027 at 08:10 o@example.org wrote:", "o@example.org, 12 March 2027"),
        ("On 6/5/2027 8:10 AM, Olaf Krug wrote:", "Olaf Krug"),
        ("Olaf Krug wrote:", "Olaf Krug"),
    ],
)
def test_the_line_above_a_quotation_says_whose_it_is(line: str, whose: str) -> None:
    found = plain(f"Three ships.\n\n{line}\n> Five ships.\n\nAda\n")
    assert said(found) == [
        (0, "", "Three ships."),
        (1, whose, line),
        (1, whose, "Five ships."),
        (0, "", "Ada"),
    ]


def test_quotations_between_answers_and_within_one_another_stay_whose_they_are() -> None:
    found = plain(
        "Am 12.03.2027 um 08:10 schrieb Olaf Krug:\n> Wie viele?\n\nDrei.\n\n> Und wann?\n>\n"
        "> On 11 Mar 2027 at 07:00, Pia Sund wrote:\n>> In May.\n>>> Never.\n\nIm Mai.\n"
    )
    assert said(found)[1:] == [
        (1, OLAF, "Wie viele?"),
        (0, "", "Drei."),
        (1, OLAF, "Und wann?"),
        (2, "Pia Sund, 11 March 2027", "On 11 Mar 2027 at 07:00, Pia Sund wrote:"),
        (2, "Pia Sund, 11 March 2027", "In May."),
        (3, "", "Never."),
        (0, "", "Im Mai."),
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "-----Original Message-----\nFrom: Olaf Krug [mailto:o@example.org]\n"
        "Sent: Friday, March 12, 2027 8:10 AM\nTo: Ada Berg\nSubject: RE: ships",
        "---------- Forwarded message ---------\nFrom: Olaf Krug <o@example.org>\n"
        "Date: Fri, 12 Mar 2027 at 08:10\nSubject: ships\nTo: Ada Berg <a@example.org>",
        "________________________________\nVon: Olaf Krug\nGesendet: Freitag, 12. März 2027 08:10\n"
        "An: Ada Berg\nBetreff: Schiffe",
        "De : Olaf Krug <o@example.org>\nEnvoyé : vendredi 12 mars 2027 08:10\nÀ : Ada Berg",
        "Od: Olaf Krug\nWysłano: piątek, 12 marca 2027 08:10\nDo: Ada\nTemat: statki",
        "Від: Olaf Krug\nНадіслано: п’ятниця, 12 березня 2027 р. 08:10\nКому: Ada\nТема: судна",
        "От: Olaf Krug\nОтправлено: 12 марта 2027 г. 8:10\nКому: Ada\nТема: суда",
    ],
)
def test_all_after_the_head_of_another_mail_is_its_sender_s(lead: str) -> None:
    found = said(plain(f"Three ships.\n\n{lead}\n\nFive ships.\n\n- in May\n"))
    assert found[0] == (0, "", "Three ships.")
    assert found[-2:] == [(1, OLAF, "Five ships."), (1, OLAF, "- in May")]


def test_what_only_looks_like_another_mail_is_none() -> None:
    found = plain(
        "From: Kyiv\nTo: Lviv\n\nThe train leaves at nine.\n\n"
        "The minister wrote on 12 March 2027:\nWe will not leave.\n"
    )
    assert {level for level, _, _ in said(found)} == {0}


GMAIL = (
    "<div dir='ltr'>Three ships.</div><div class='gmail_quote'><div class='gmail_attr'>On Fri, 12"
    " Mar 2027 at 08:10, Olaf Krug &lt;<a href='mailto:o@example.org'>o@example.org</a>&gt; wrote:"
    "<br></div><blockquote class='gmail_quote'><div>Five ships.<ul><li>one</li></ul></div>"
    "</blockquote></div>"
)
OUTLOOK = (
    "<div class=WordSection1><p class=MsoNormal>Three ships.</p><div style='border:none;border-top:"
    "solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Olaf Krug &lt;o@example.org&gt;<br><b>"
    "Sent:</b> Friday, 12 March 2027 08:10<br><b>To:</b> Ada<br><b>Subject:</b> Ships</p></div>"
    "<p class=MsoNormal>Five ships.</p><ul><li>one</li></ul></div>"
)
OUTLOOK_WEB = (
    "<div>Three ships.</div><hr><div id='divRplyFwdMsg'><font><b>From:</b> Olaf Krug<br><b>Sent:"
    "</b> Friday, March 12, 2027 8:10 AM<br><b>To:</b> Ada</font></div><div>Five ships.</div>"
    "<ul><li>one</li></ul>"
)
THUNDERBIRD = (
    "<p>Three ships.</p><div class='moz-forward-container'>-------- Forwarded Message --------"
    "<table class='moz-email-headers-table'><tr><th>Subject: </th><td>Ships</td></tr><tr><th>Date:"
    " </th><td>Fri, 12 Mar 2027 08:10:00 +0100</td></tr><tr><th>From: </th><td>Olaf Krug"
    " &lt;o@example.org&gt;</td></tr></table><p>Five ships.</p><ul><li>one</li></ul></div>"
)


@pytest.mark.parametrize(
    "written", [GMAIL, OUTLOOK, OUTLOOK_WEB, THUNDERBIRD], ids=["gmail", "outlook", "web", "moz"]
)
def test_html_of_different_programs_keeps_whose_words_are(written: str) -> None:
    found = said(html(written))
    assert found[0] == (0, "", "Three ships.")
    assert found[-2:] == [(1, OLAF, "Five ships."), (1, OLAF, "• one")]


def test_html_keeps_paragraphs_lists_tables_and_quotations_of_nobody_known() -> None:
    found = html(
        "<div>Hello,</div><div><br></div><div>Latvia&nbsp;joins.</div><ul><li>A: 12</li></ul>"
        "<blockquote type=cite>Latvia stays out.</blockquote><blockquote style='margin:0 0 0 40px;"
        "border:none'>My own.</blockquote><table><tr><th>State</th><th>Guns</th></tr>"
        "<tr><td>Latvia</td><td>0</td></tr></table>"
    )
    assert said(found) == [
        (0, "", "Hello,"),
        (0, "", "Latvia joins."),
        (0, "", "• A: 12"),
        (1, "", "Latvia stays out."),
        (0, "", "My own."),
        (0, "", "State: Latvia | Guns: 0"),
    ]


def test_the_part_that_people_read_is_read() -> None:
    words = "<p>Portugal lends 11 bridges until March.</p><table><tr><td>Spain<td>40</table>"
    stub = html(words, beside="Your program cannot show this mail.\n")
    assert stub.body == "Portugal lends 11 bridges until March.\n\nSpain | 40"
    assert stub.problems == ("its plain text part has other words, which were left out",)
    both = html("<p>Three ships.</p><ul><li>one</li></ul>", beside="Three ships.\n\n* one\n")
    assert (both.body, both.problems) == ("Three ships.\n\n• one", ())


def test_lines_that_only_a_width_broke_are_joined() -> None:
    found = plain(
        "The Swiss told us that the\nmonitors would be paid by the\nhost state. They named\n"
        "3 July 2027 as the first day of\nthe deploy-\nment, which Ms. Keller of the\nU.S. side"
        " welcomed.\n\n- item one: 14 cars\n- item two: 3 drones\n  for the east\n\nBest\nAda\n"
    )
    assert [words for _, _, words in said(found)] == [
        "The Swiss told us that the monitors would be paid by the host state. They named 3 July"
        " 2027 as the first day of the deployment, which Ms. Keller of the U.S. side welcomed.",
        "- item one: 14 cars",
        "- item two: 3 drones for the east",
        "Best",
        "Ada",
    ]


def test_flowed_lines_are_joined_as_their_sender_says() -> None:
    found = plain(
        "This paragraph \ngoes on \nto here.\n\nOlaf wrote:\n> his words \n> go on.\n",
        format="flowed",
    )
    assert said(found) == [
        (0, "", "This paragraph goes on to here."),
        (1, "Olaf", "Olaf wrote:"),
        (1, "Olaf", "his words go on."),
    ]


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii", "windows-1252"])
def test_windows_characters_under_another_name_are_read(charset: str) -> None:
    raw = (
        f"From: =?windows-1252?Q?J=FCrgen?= <j@example.org>\r\nSubject: x\r\nContent-Type:"
        f" text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + b"20 \x80 \x96 \x93fest\x94, Wei\xdf.\r\n"
    found = read_content(raw, "a.eml")
    assert found.body == "20 € – “fest”, Weiß."
    assert found.fields["author"] == "Jürgen <j@example.org>"


def test_attachments_stand_under_their_names_and_what_is_unread_is_told() -> None:
    inner = mail(subject="Minutes", sender="Olaf Krug <o@example.org>")
    inner.replace_header("Date", "Fri, 12 Mar 2027 08:10:00 +0100")
    inner.set_content("Five ships.\n\n> Six.\n")
    message = mail()
    message.set_content("See below.\n")
    message.add_attachment(
        b"<h2>Costs</h2><p>Nine lei.</p>", maintype="text", subtype="html", filename="note.html"
    )
    message.add_attachment(inner)
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    found = read(message)
    assert said(found) == [
        (0, "", "See below."),
        (0, "", "Attachment: note.html"),
        (0, "", "Costs"),
        (0, "", "Nine lei."),
        (0, "", "Attachment: Minutes"),
        (1, OLAF, "Five ships."),
        (2, "", "Six."),
    ]
    assert [mark.label for mark in found.locators] == [
        "Attachment: note.html",
        "note.html: Costs",
        "Attachment: Minutes",
    ]
    assert [found.body[mark.start :][:5] for mark in found.locators] == ["Attac", "Costs", "Attac"]
    (problem,) = found.problems
    assert problem.startswith("1 attachment not read: all.zip (")


def test_pages_of_an_attachment_are_not_those_of_what_follows() -> None:
    from tests.sources.readers.test_pdf import make_pdf

    message = mail()
    message.set_content("See below.\n")
    message.add_attachment(
        make_pdf([["The first page."], ["The second."]]),
        maintype="application",
        subtype="pdf",
        filename="act.pdf",
    )
    message.add_attachment(b"Nine lei.\n", maintype="text", subtype="plain", filename="note.txt")
    found = read(message)
    assert [mark.label for mark in found.locators] == [
        "Attachment: note.txt",
        "Attachment: act.pdf",
        "1 of act.pdf",
        "2 of act.pdf",
    ]


def test_each_mail_of_a_mailbox_is_its_own_sender_s() -> None:
    box = b""
    for name, day, words in (
        ("Olaf Krug", "Fri, 12 Mar 2027 08:10:00 +0100", "Five ships.\n\n>From the start.\n"),
        ("Ada Berg", "Mon, 15 Mar 2027 08:10:00 +0100", "Three.\n\nOlaf wrote:\n> Five.\n"),
    ):
        head = f"From x@example.org Fri Mar 12 08:10:00 2027\nFrom: {name} <x@example.org>\n"
        box += f"{head}Date: {day}\nSubject: Ships\n\n{words}\n".encode()
    found = read_content(box, "a.mbox")
    assert said(found) == [
        (0, "", f"Ships ({OLAF})"),
        (1, OLAF, "Five ships."),
        (1, OLAF, "From the start."),
        (0, "", "Ships (Ada Berg, 15 March 2027)"),
        (1, "Ada Berg, 15 March 2027", "Three."),
        (2, "Olaf", "Olaf wrote:"),
        (2, "Olaf", "Five."),
    ]
    assert "2 mails" in found.problems[0]
    with pytest.raises(UnreadableFileError, match="no mails"):
        read_content(b"From here on nothing", "a.mbox")


def test_a_mail_of_outlook_is_read_as_any_other() -> None:
    from aspose.email_foss import msg

    made = msg.MapiMessage.create("Ships", "Three ships.\r\n\r\nOlaf wrote:\r\n> Five.\r\n")
    made.set_property(msg.PropertyId.SENDER_NAME, "Ada Berg")
    made.set_property(msg.PropertyId.SENDER_EMAIL_ADDRESS, "ada@example.org")
    made.add_attachment("note.txt", b"Nine lei.\n", mime_type="text/plain")
    raw = made.to_bytes()
    found = read_content(raw, "a.msg")
    assert said(found) == [
        (0, "", "Three ships."),
        (1, "Olaf", "Olaf wrote:"),
        (1, "Olaf", "Five."),
        (0, "", "Attachment: note.txt"),
        (0, "", "Nine lei."),
    ]
    assert found.fields["title"] == "Ships"
    assert "Ada Berg" in str(found.fields["author"])
    for broken in (b"no OLE file", raw[: len(raw) // 2]):
        with pytest.raises(UnreadableFileError):
            read_content(broken, "a.msg")


def test_an_encrypted_mail_is_refused_with_a_remedy() -> None:
    raw = (
        b"Subject: x\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIA"
    )
    with pytest.raises(UnreadableFileError, match="encrypted"):
        read_content(raw, "a.eml")
