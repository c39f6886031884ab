"""Makes any text safe to print: nothing in it can drive a terminal."""

import unicodedata

_ZWJ = "\u200d"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str) -> str:
    """The text with every control, format, surrogate, private, unassigned or separating character as U+FFFD.

    A zero-width joiner between two symbols stays: it makes one emoji of them.
    """
    if text.isprintable():  # Python's rule leaves out the same categories, and all spaces but one
        return text
    if not any(unicodedata.category(character) in _UNSAFE for character in text):
        return text
    return "".join(
        character if unicodedata.category(character) not in _UNSAFE or _joins_emoji(text, place) else "\ufffd"
        for place, character in enumerate(text)
    )


def json_text(document: object, *, as_ascii: bool = False) -> str:
    """A document as JSON, in which every character that `clean` would replace is written as its number."""
    import json

    text = json.dumps(document, ensure_ascii=as_ascii, indent=2)
    unsafe = {character for character in set(text) if unicodedata.category(character) in _UNSAFE and character != "\n"}
    return text.translate({ord(character): json.dumps(character)[1:-1] for character in unsafe}) if unsafe else text


def _joins_emoji(text: str, place: int) -> bool:
    if text[place] != _ZWJ or not 0 < place < len(text) - 1:
        return False
    before = text[place - 2] if text[place - 1] == "\ufe0f" and place > 1 else text[place - 1]
    return unicodedata.category(before) in ("So", "Sk") and unicodedata.category(text[place + 1]) == "So"
