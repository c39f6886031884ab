"""Hands addresses to the user's browser: `open`, and the map's page."""

import re
import sys
from urllib.parse import urlsplit

from llmpath.cli.session import Session
from llmpath.errors import UnsafeAddress


def check_address(url: str) -> None:
    """Lets through what a browser may safely be handed: ASCII http(s) with a host and no user part."""
    ok = url.isascii() and not re.search(r"[\s\\\x00-\x1f\x7f]", url)
    if not ok or not re.match(r"https?://(?:\[[0-9a-fA-F:.]+\]|[^/?#@:\[\]]+)(?::\d+)?(?:[/?#]|$)", url):
        raise UnsafeAddress(url=url)
    try:
        urlsplit(url)
    except ValueError:  # a number in brackets that is no address of any network
        raise UnsafeAddress(url=url) from None


def browse(session: Session, url: str) -> bool:
    """Whether a browser was started. `webbrowser` respects $BROWSER; one that shows text needs a terminal."""
    import webbrowser

    names = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    has_place = session.terminal.is_terminal or sys.platform in ("win32", "darwin")
    if not has_place and not any(session.environ.get(name) for name in names):
        return False
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
