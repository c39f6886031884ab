"""Which addresses are handed to a browser."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.text.urls import url_problem


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "https://example.org:8443/a%20b",
        "https://example.org/@user/post",
        "https://example.org/?mail=a@b.org",
        "https://[2001:db8::1]/a",
    ],
)
def test_web_addresses_pass(address: str) -> None:
    assert url_problem(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hello",
        "ftp://example.org/",
        "-https://example.org",
        "--new-window https://example.org",
        " https://example.org",
        "https://",
        "https:///etc/passwd",
        "https://:443/",
        "https://[/a",
        "https://example.org:port/",
        "https://user@example.org/",
        "https://user:password@example.org/",
        "https://example.org/a b",
        "https://example.org/a\tb",
        "https://example.org/a\nb",
        "https://example.org/\x1b[31m",
        "https://example.org/\x7f",
        "https://example.org\\@evil.example",
        "https://example.org/ä",
        "https://еxample.org/",
        "HTTPS//example.org",
        "https://[1]",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    assert url_problem(address) is not None


@given(st.text(alphabet=":/@?#\\ab1.%-[]\n\x00ä ", max_size=30), st.sampled_from(["http", "https://", "https://a"]))
def test_whatever_passes_is_ascii_http_with_a_host_and_without_a_user(rest: str, beginning: str) -> None:
    address = beginning + rest
    if url_problem(address):
        return
    assert address.isascii()
    assert not set(address) & set(" \\\n\x00")
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.username is None
