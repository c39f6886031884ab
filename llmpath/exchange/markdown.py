"""Markdown made of other people's words: nothing in a title, a note or an address becomes markup. Pure.

GitHub and Obsidian are both served: their own signs for mathematics, tags, highlights and comments are escaped too.
"""

import re
from collections.abc import Iterable

from llmpath.text.clean import clean

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SIGN = re.compile(r"[\\`*\[\]~|$#^]|==+|%%+|(?<![^\W_])_|_(?![^\W_])")
"""Characters that are markup anywhere; an underscore is not inside a word."""

_NUMBER_AT_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(#x?[0-9a-fA-F]{1,6}|lt|gt|amp|quot|nbsp);|<(https?://[^<>\s]+)>")
_ADDRESS = re.compile(r"(https?://[!-;=?-~]*[\w/#=&%+~-])", re.ASCII)
"""A web address in prose; a stop or a bracket behind it is none of it."""


def escaped(text: str) -> str:
    """The text in one line, to be read as it is. It opens no comment and no tag, and begins no list or quotation."""
    return _safe_at_start(_inline(_in_one_line(text)))


def quoted(text: str) -> list[str]:
    """The text as the lines of a block quotation, each line a paragraph of its own; web addresses become links."""
    lines = [_in_one_line(line) for line in text.splitlines()]
    paragraphs = [f"> {_safe_at_start(_with_links(line))}" for line in lines if line]
    return "\n>\n".join(paragraphs).splitlines()


def unquoted(lines: Iterable[str]) -> str:
    """The text of a block quotation, given without its `>`: what `quoted` made, each paragraph a line."""
    paragraphs = "\n".join(line.strip() for line in lines).split("\n\n")
    return "\n".join(_plain(" ".join(paragraph.split("\n"))) for paragraph in paragraphs if paragraph.strip())


def _plain(text: str) -> str:
    from html import unescape

    return _ESCAPED.sub(lambda match: match[1] or match[3] or unescape(f"&{match[2]};"), text.strip())


def link(text: str, url: str) -> str:
    """A link that shows the text."""
    return f"[{escaped(text)}]({destination(url)})"


def destination(url: str) -> str:
    """An address as it may stand in the brackets of a link: what would end it or be taken for an entity is encoded."""
    safe = _ENTITY.sub("&amp;", url.replace("<", "%3C").replace(">", "%3E"))
    return safe if _is_balanced(safe) else safe.replace("(", "%28").replace(")", "%29")


def _is_balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def _in_one_line(text: str) -> str:
    return clean(_SPACE.sub(" ", text)).strip()


def _inline(text: str) -> str:
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return _SIGN.sub(lambda match: "".join(f"\\{sign}" for sign in match[0]), text)


def _safe_at_start(text: str) -> str:
    if text.startswith(("-", "+", "=", ">")):
        return f"\\{text}"
    return _NUMBER_AT_START.sub(r"\1\\\2", text, count=1) if _NUMBER_AT_START.match(text) else text


def _with_links(line: str) -> str:
    parts = _ADDRESS.split(line)
    return "".join(f"<{part}>" if number % 2 else _inline(part) for number, part in enumerate(parts))
