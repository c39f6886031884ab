"""The user's own programs: the browser for `open` and the map's page, the editor for notes and settings."""

import os
import sys

from llmpath.cli.session import Session
from llmpath.errors import EditorFailed, UsageError

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


def edit_file(session: Session, path: str, default: str = "") -> str:
    """Opens a file in the user's editor, or else the `default` one, and waits; returns the editor's command.

    Raises `UsageError` without one, `EditorFailed` where it cannot be started or ends with an error.
    """
    import shlex
    import subprocess

    editor = session.environ.get("VISUAL") or session.environ.get("EDITOR") or default
    if not editor:
        raise UsageError("no_editor")
    try:
        code = subprocess.run([*shlex.split(editor), path], check=False).returncode
    except (OSError, ValueError) as error:
        raise EditorFailed(editor=editor, reason=str(error)) from error
    if code:
        raise EditorFailed(editor=editor, reason=code)
    return editor
