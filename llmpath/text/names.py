"""How names are compared: letter case, full and half width, accents and surrounding space never matter."""

import unicodedata


def folded(name: str) -> str:
    """The form under which two spellings of one name are equal: "Ａttention " and "atténtion" are "attention"."""
    if name.isascii():
        return " ".join(name.lower().split())
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFKC", plain).split())
