"""The user's browser, for `open` and for the map's page."""

import sys

from llmpath.cli.session import Session


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
