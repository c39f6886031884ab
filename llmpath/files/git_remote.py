"""Edge: where a file of a git checkout is to be read on the web. Reads `.git` as text; runs nothing."""

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from llmpath.files.bounded import read_bounded

MAX_BYTES = 256 * 1024


def remote_of(path: str) -> str:
    """The address of the web page of the folder in which a file stands, with a slash at its end.

    Links of the file are relative to it. Empty where the file is in no checkout, or `origin` is none of the web.
    """
    from configparser import Error, RawConfigParser

    folder = Path(path).resolve().parent
    top = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
    branch = _text(top / ".git" / "HEAD").strip().removeprefix("ref: refs/heads/") or "HEAD"
    config = RawConfigParser(strict=False, allow_no_value=True)
    with suppress(Error):
        config.read_string(_text(top / ".git" / "config"))
    remote = config.get('remote "origin"', "url", fallback=None) or ""
    return page_of(remote, branch, folder.relative_to(top).as_posix())


def page_of(remote: str, branch: str, folder: str) -> str:
    """The page of a folder in a branch of a repository that was cloned from `remote`; empty where unknown."""
    match = re.fullmatch(
        r"(?:(?:https?|ssh|git)://)?(?:[^@/\s]+@)?([A-Za-z0-9.-]+\.[A-Za-z]+)(?::\d+(?=/))?[:/]/?([^\s?#]+?)(?:\.git)?/?",
        remote,
    )
    if not match:
        return ""
    host, repository = match.groups()
    middle = {"gitlab.com": "-/blob", "codeberg.org": "src/branch", "bitbucket.org": "src"}.get(host, "blob")
    places = [repository, middle, branch, *([folder] if folder not in ("", ".") else [])]
    return f"https://{host}/{'/'.join(quote(place) for place in places)}/"


def _text(path: Path) -> str:
    try:
        return read_bounded(path, MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
