"""The user's browser, for `open` and for the map's page."""

import os
import sys

from llmpath.cli.session import Session

TEXT_BROWSERS = ("www-browser", "browsh", "elinks", "links", "links2", "lynx", "w3m")
"""Browsers that write on the terminal."""


def browse(session: Session, url: str) -> bool:
    """Whether a browser was started. `webbrowser` respects $BROWSER; one that shows text needs a terminal."""
    import webbrowser

    if not session.terminal.is_terminal:
        named = os.path.basename(session.environ.get("BROWSER", "").partition(" ")[0])
        screens = any(session.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
        if named in TEXT_BROWSERS or not (screens or sys.platform in ("win32", "darwin")):
            return False
        os.environ.pop("TERM", None)  # without it `webbrowser` takes no text browser in place of one that is missing
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
