"""Edge: where a file of a git checkout is to be read on the web. Reads `.git` as text; runs nothing."""

import os
import re
from urllib.parse import quote

from llmpath.files.bounded import read_bounded

MAX_BYTES = 256 * 1024


def remote_of(path: str) -> str:
    """The address of the web page of the folder in which a file stands, with a slash at its end.

    Links of the file are relative to it. Empty where the file is in no checkout, or its remote is none of the web.
    """
    folder = os.path.dirname(os.path.realpath(path))
    top = folder
    while not os.path.exists(os.path.join(top, ".git")):
        if os.path.dirname(top) == top:
            return ""
        top = os.path.dirname(top)
    git = _git_folder(os.path.join(top, ".git"))
    common = os.path.join(git, _text(os.path.join(git, "commondir")).strip() or ".")
    head = _text(os.path.join(git, "HEAD")).strip()
    branch = head.removeprefix("ref: refs/heads/") if head.startswith("ref: refs/heads/") else head or "HEAD"
    inside = os.path.relpath(folder, top).replace(os.sep, "/")
    return page_of(_origin(_text(os.path.join(common, "config"))), branch, "" if inside == "." else inside)


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
    places = [repository, middle, branch, *([folder] if folder else [])]
    return f"https://{host}/{'/'.join(quote(place) for place in places)}/"


def _git_folder(path: str) -> str:
    """The git folder: `.git` itself, or the folder that it names in a worktree or a submodule."""
    if os.path.isdir(path):
        return path
    return os.path.join(os.path.dirname(path), _text(path).strip().removeprefix("gitdir: "))


def _origin(config: str) -> str:
    """The address of `origin`, else of the first remote."""
    found: dict[str, str] = {}
    section = ""
    for line in config.splitlines():
        if header := re.match(r'\s*\[remote "(.*)"\]', line):
            section = header[1]
        elif line.lstrip().startswith("["):
            section = ""
        elif section and (url := re.match(r"\s*url\s*=\s*(\S+)", line)):
            found.setdefault(section, url[1])
    return found.get("origin") or next(iter(found.values()), "")


def _text(path: str) -> str:
    try:
        return read_bounded(path, MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
