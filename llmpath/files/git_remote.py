"""Edge: where a file of a git checkout is to be read on the web."""

import os
import re
import subprocess
from urllib.parse import quote

GIT_SECONDS = 10


def remote_of(path: str) -> str:
    """The address of the web page of the folder in which a file stands, with a slash at its end.

    Links of the file are relative to it. Empty where the file is in no checkout, or its remote is none of the web.
    """
    folder = os.path.dirname(os.path.realpath(path))
    remotes = _git(folder, "remote").split()
    remote = "origin" if "origin" in remotes else next(iter(remotes), "")
    branch = _git(folder, "symbolic-ref", "--quiet", "--short", "HEAD") or "HEAD"
    return page_of(_git(folder, "remote", "get-url", remote), branch, _git(folder, "rev-parse", "--show-prefix"))


def _git(folder: str, *words: str) -> str:
    """What git answers in a folder; empty where it fails or is not there."""
    try:
        told = subprocess.run(["git", "-C", folder, *words], capture_output=True, check=True, timeout=GIT_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ""
    return os.fsdecode(told.stdout).strip()


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
    places = [repository, middle, branch, *filter(None, [folder.strip("/")])]
    return f"https://{host}/{'/'.join(quote(place) for place in places)}/"
