import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.addresses import check_address, safe_address
from sources.errors import UseError

UNSAFE = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "  javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\u200bscript:alert(1)",
    "\u00a0javascript:alert(1)",
    "javascript :alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "javascript%3Aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "view-source:javascript:alert(1)",
    "blob:https://example.org/1",
    "file:///etc/passwd",
    "ftp://example.org/a",
    "//example.org/a",
    "\\\\example.org\\share",
    "/originals/a",
    "example.org/a",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "https:\\\\example.org",
    "https://",
    "https://?a",
    "https://user@example.org/",
    "https://example.org:secret@elsewhere.test/",
    "https://example.org\\@elsewhere.test/",
    "https://example.org\u2028/",
    "https://exam\u202eple.org/",
    "https://example.org:99999999/",
    "https://[::1/",
    "https://exa mple.org/",
    "mailto:",
    "mailto:nobody",
    "mailto:a@example.org%0d%0aBcc:b@example.org",
    "mailto:javascript:alert(1)@example.org",
    "",
)


@pytest.mark.parametrize("written", UNSAFE)
def test_only_the_web_and_mailboxes_are_linked_to(written: str) -> None:
    assert safe_address(written) is None
    with pytest.raises(UseError, match="is not an address for a card") as refused:
        check_address(written)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("https://example.org", "https://example.org"),
        ("  HTTPS://Example.org/A?b=c&copy=2#d ", "https://Example.org/A?b=c&copy=2#d"),
        ("http://localhost:8000/a", "http://localhost:8000/a"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("https://uk.wikipedia.org/wiki/Україна", "https://uk.wikipedia.org/wiki/Україна"),
        ("https://пошта.укр/", "https://пошта.укр/"),
        ("https://example.org/@name/a", "https://example.org/@name/a"),
        ("https://example.org/a b\u00a0c", "https://example.org/a%20b%C2%A0c"),
        ('https://example.org/"><b>{c}', "https://example.org/%22%3E%3Cb%3E%7Bc%7D"),
        ("mailto:desk@example.org?subject=a", "mailto:desk@example.org?subject=a"),
    ],
)
def test_a_safe_address_is_made_fit_for_a_link(written: str, safe: str) -> None:
    assert safe_address(written) == safe
    assert check_address(written) == safe


def test_no_address_is_none() -> None:
    assert safe_address(None) is None


def test_an_address_without_its_scheme_is_answered_by_one_with_it() -> None:
    with pytest.raises(UseError) as refused:
        check_address("example.org/a")
    assert "https://example.org/a" in refused.value.remedy


@given(st.text(), st.sampled_from(("", "javascript:", "https://", "mailto:", "//")))
def test_what_is_safe_stays_safe_and_is_of_a_safe_kind(words: str, begin: str) -> None:
    safe = safe_address(begin + words)
    if safe is not None:
        assert re.match(r"https?://[^\s@/]+|mailto:[^\s@:]+@", safe)
        assert safe_address(safe) == safe
        assert not re.search(r"""[\s"<>\\^`{|}]""", safe)
