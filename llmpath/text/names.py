"""Comparison of names: differences that never matter are folded away."""

import os
import re
import unicodedata
from functools import cache

SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "scripts.txt")
"""A line of traditional characters, a line of the simplified ones; made from OpenCC by `tests/text/test_names`."""

_CHINESE = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_BESIDE_LATIN = f"(?<=[{_CHINESE}]) (?=[^{_CHINESE}])|(?<=[^{_CHINESE}]) (?=[{_CHINESE}])"
"""Compiled by the first Chinese name only: that takes as long as a tenth of `llmpath list`."""


def folded(name: str) -> str:
    """The form under which two spellings of one name are equal: "Ａttention " and "atténtion" are "attention".

    Letter case, full and half width, accents, surrounding space, the Chinese script, and a space between Chinese and
    Latin never matter: `RAG 评估` is `rag評估`.
    """
    if name.isascii():
        return " ".join(name.lower().split())
    apart = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    text = " ".join(unicodedata.normalize("NFKC", plain).split())
    return re.sub(_SPACE_BESIDE_LATIN, "", text.translate(_simplified()))


@cache
def _simplified() -> dict[int, int]:
    with open(SCRIPTS, encoding="utf-8") as file:
        traditional, simplified = file.read().split("\n")[:2]
    return str.maketrans(traditional, simplified)
