"""Which web addresses are safe: the one rule, for what a curriculum may hold and for what a browser is handed. Pure."""

import re

MAX_URL = 2_000

_UNSAFE = re.compile(r"[\s\\\x00-\x1f\x7f]")


def url_problem(url: str) -> str | None:
    """Why an address is not safe, or None: only ASCII http(s) with a host, and without a user name or password, is.

    `address_characters`, `address_form`, `address_scheme` or `address_user`, codes of texts.
    """
    if not url.isascii() or _UNSAFE.search(url) or len(url) > MAX_URL:
        return "address_characters"
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # reading the port raises for an impossible one
    except ValueError:
        return "address_form"
    if parts.scheme not in ("http", "https") or not host:
        return "address_scheme"
    if "@" in parts.netloc:
        return "address_user"
    return None if re.fullmatch(r"(?:\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::\d*)?", parts.netloc) else "address_form"
