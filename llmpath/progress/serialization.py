"""A progress file as bytes: read within limits, because anybody may have written it, and written. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from llmpath.errors import CannotWrite, DamagedProgress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


MAX_BYTES = 4 * 1024 * 1024
MAX_PARTS = 40_000
"""Of tables, lists and dots between parts of keys: each may cost the parser a kilobyte. 5,000 records have 15,000."""

NESTING = frozenset({dict, list})
MAX_DEPTH = 64
"""Of tables and lists in each other. What is read can also be compared and written."""

BOM_UTF8 = b"\xef\xbb\xbf"
"""What some editors put before a text; the codec that knows of it would have to be imported."""

HEADER = '# llmpath progress. Safe to edit; comments are not kept (use note = "...").\n'


def parsed(content: bytes, path: str) -> Mapping[str, Any]:
    """The document in some bytes; `path` is for the error. Raises `DamagedProgress`."""
    if not content.strip(b"\0 \t\r\n"):
        raise DamagedProgress(path, "zero_filled" if b"\0" in content else "empty")
    if len(content) > MAX_BYTES:
        raise too_large(path)
    if sum(content.count(mark) for mark in (b".", b"[", b"{")) > MAX_PARTS:
        raise DamagedProgress(path, "too_many_parts")
    document = _parsed(content, path)
    if not _is_shallow(document):
        raise DamagedProgress(path, "too_deep")
    schema = document.get("schema")
    if type(schema) is not int or schema < 1:
        raise DamagedProgress(path, "no_schema")
    return document


def too_large(path: str) -> DamagedProgress:
    """The error for a file of too many bytes."""
    return DamagedProgress(path, "too_large", details=(str(MAX_BYTES // 1024 // 1024),))


def _parsed(content: bytes, path: str) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(content.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        raise DamagedProgress(path, "not_utf8", content.count(b"\n", 0, error.start) + 1) from None
    except tomli.TOMLDecodeError as error:
        import re

        if marker := re.search(rb"^<{7}", content, re.MULTILINE):
            raise DamagedProgress(path, "merge_markers", content.count(b"\n", 0, marker.start()) + 1) from None
        raise DamagedProgress(path, "syntax", error.lineno, details=(error.msg,)) from None
    except ValueError as error:  # a number of thousands of digits
        raise DamagedProgress(path, "syntax", details=(str(error),)) from None
    except (RecursionError, MemoryError):
        raise DamagedProgress(path, "too_deep") from None


def _is_shallow(document: dict[str, Any]) -> bool:
    level: list[Any] = [document]
    for _ in range(MAX_DEPTH):
        level = [
            value
            for parent in level
            for value in (parent.values() if type(parent) is dict else parent)
            if type(value) in NESTING
        ]
        if not level:
            return True
    return False


def encoded(document: Mapping[str, Any], path: str) -> tuple[bytes, Mapping[str, Any]]:
    """The file that holds a document, and what is read back from it. Raises `CannotWrite`."""
    import tomli_w

    try:
        content = (HEADER + tomli_w.dumps(document)).encode()
        return content, parsed(content, path)
    except (ValueError, RecursionError, DamagedProgress) as error:
        reason = error.fields["reason"] if isinstance(error, DamagedProgress) else error
        raise CannotWrite(path=path, reason=f"what would be written could not be read back: {reason}") from error
