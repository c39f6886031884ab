"""A map as one SVG picture, for a README or a talk: light or dark as its reader is, the same bytes each time. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from llmpath.guide.map import CourseMap
from llmpath.text.clean import clean
from llmpath.view.map_layout import RAIL, chart_of
from llmpath.view.map_page import rendered
from llmpath.view.screens.words import Look

MARGIN, HEAD, FOOT = 24, 104, 56
SMALL_SIZE = 12.5
NARROW, WIDE = frozenset("fijlrtI.,:;'|!()[]-·’ "), frozenset("mwMW%@—…")

HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
PIECES = re.compile(rf"[{HAN}]|[^\s{HAN}-]+-?|-|\s+")
"""Pieces that a line never divides: a Chinese character, a word up to its hyphen, a space."""


def picture_of(course: CourseMap, look: Look) -> str:
    """The picture. Texts that are too long for their place end in `…`; each card has its whole title as a tooltip."""
    chart = chart_of(course)
    return rendered(
        "picture.svg.j2",
        course,
        chart,
        look,
        width=round(chart.width + 2 * MARGIN),
        height=round(chart.height + HEAD + FOOT),
        margin=MARGIN,
        head=HEAD,
        rail=RAIL,
        small=SMALL_SIZE,
        lines_of=lines_of,
        shortened=shortened,
        text_width=text_width,
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is in pixels, whatever the font: rather too wide than too narrow."""
    return sum(_letter_width(letter) for letter in text) * size


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    if letter in NARROW:
        return 0.36
    return 0.95 if letter in WIDE else 0.74 if letter.isupper() else 0.56


def lines_of(text: str, width: float, size: float) -> list[str]:
    """A text in at most three lines of that width, as few as it takes; none of them the last character alone."""
    pieces = PIECES.findall(clean(" ".join(text.split())))
    lines = _filled(pieces, width, size)
    if len(lines) > 3:
        lines = [*lines[:2], " ".join(lines[2:])]
    elif len(lines) > 1 and len(lines[-1]) == 1:
        lines = _filled(pieces, width - size, size)
    return [shortened(line, width, size) for line in lines]


def _filled(pieces: Sequence[str], width: float, size: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def shortened(text: str, width: float, size: float) -> str:
    """A text that ends in `…` where it is wider than that."""
    text = clean(text)
    if text_width(text, size) <= width * 1.02:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
