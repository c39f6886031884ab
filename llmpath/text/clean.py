"""Makes any text safe to print: nothing in it can drive a terminal, and letters of every language pass."""

UNSAFE = (
    range(0x20),  # controls, escape among them
    range(0x7F, 0xA0),
    range(0x2028, 0x202F),  # line and paragraph separators; embeddings and overrides of the writing direction
    range(0x2066, 0x206A),  # isolates of the writing direction
    range(0xD800, 0xE000),  # lone surrogates
    range(0xFDD0, 0xFDF0),  # noncharacters
    *(range(plane * 0x10000 + 0xFFFE, (plane + 1) * 0x10000) for plane in range(17)),  # noncharacters, too
)
"""The characters that can drive a terminal or turn a line around, and those that are none.

Joiners, soft hyphens, flags, private use and characters newer than this Python are letters to somebody, and pass.
"""


def unsafe_in(text: str) -> set[str]:
    """The unsafe characters of a text."""
    return set() if text.isprintable() else {sign for sign in set(text) if any(ord(sign) in each for each in UNSAFE)}


def clean(text: str) -> str:
    """The text with every unsafe character as U+FFFD; as long as before."""
    return text if text.isprintable() else text.translate({ord(sign): "\ufffd" for sign in unsafe_in(text)})


def json_text(document: object, *, as_ascii: bool = False) -> str:
    """A document as JSON, in which every unsafe character is written as its number."""
    import json

    text = json.dumps(document, ensure_ascii=as_ascii, indent=2)
    unsafe = unsafe_in(text) - {"\n"}
    return text.translate({ord(character): json.dumps(character)[1:-1] for character in unsafe}) if unsafe else text
