"""A map as one SVG picture, for a README or a talk: light or dark as its reader is, the same bytes each time. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from llmpath.guide.map import CourseMap, Lane, Node
from llmpath.text.clean import clean
from llmpath.view.map_layout import CARD_WIDTH, RAIL, Box, Chart, Point, chart_of
from llmpath.view.map_page import Words, rendered
from llmpath.view.screens.words import Look, facts_text

MARGIN, HEAD, FOOT = 24, 104, 56
TITLE_SIZE, PART_SIZE, SMALL_SIZE = 15.5, 16, 12.5
TITLE_LINES = 3
NARROW, WIDE = frozenset("fijlrtI.,:;'|!()[]-·’ "), frozenset("mwMW%@—…")


HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
PIECES = re.compile(rf"[{HAN}]|[^\s{HAN}-]+-?|-|\s+")
"""Pieces that a line never divides: a Chinese character, a word up to its hyphen, a space."""


class _Card(NamedTuple):
    """A topic as drawn: its title in lines, and each fact where it stands."""

    node: Node
    box: Box
    lines: Sequence[str]
    state: str
    foot: str
    label: str


class _Name(NamedTuple):
    """A part as drawn."""

    number: int
    box: Box
    lines: Sequence[str]
    figure: str


def picture_of(course: CourseMap, look: Look) -> str:
    """The picture. Texts that are too long for their place end in `…`; each card has its whole title as a tooltip."""
    chart, words = _shifted(chart_of(course)), Words(look)
    return rendered(
        "picture.svg.j2",
        course,
        chart,
        look,
        width=round(chart.width),
        height=round(chart.height),
        cards=[_card(node, chart.cards[topic], words) for topic, node in course.nodes.items()],
        names=[_name(lane, chart.lanes[lane.id], words) for lane in course.lanes],
        title=_shortened(clean(course.title), chart.width - 2 * MARGIN, 38),
        key=_key(course, look),
        margin=MARGIN,
        flag=text_width(look.say("chart.goal"), 12),
    )


def _shifted(chart: Chart) -> Chart:
    """The chart with room around it."""

    def box(each: Box) -> Box:
        return each._replace(x=each.x + MARGIN, y=each.y + HEAD)

    def point(each: Point) -> Point:
        return each[0] + MARGIN, each[1] + HEAD

    return Chart(
        chart.width + 2 * MARGIN,
        chart.height + HEAD + FOOT,
        {name: box(each) for name, each in chart.lanes.items()},
        {name: box(each) for name, each in chart.cards.items()},
        [road._replace(points=[point(each) for each in road.points]) for road in chart.roads],
    )


def _name(lane: Lane, box: Box, words: Words) -> _Name:
    return _Name(lane.number, box, _lines(lane.title, RAIL - 20, PART_SIZE, 3), words.figure(lane.progress))


def _card(node: Node, box: Box, words: Words) -> _Card:
    state, left = words.look.state(node.state), words.left(node)
    label = facts_text(f"{node.number} {node.title}", state, left, *(note.text for note in node.notes))
    lines = _lines(node.title, CARD_WIDTH - 22, TITLE_SIZE, TITLE_LINES)
    return _Card(node, box, lines, _shortened(state, CARD_WIDTH - 70, SMALL_SIZE), left, label)


def _key(course: CourseMap, look: Look) -> list[tuple[str, str, float]]:
    """The key: class, text and place of each entry from the left."""
    entries = [(state, look.state(state)) for state in ("done", "doing", "todo", "skipped")]
    if course.edges:
        entries.append(("road", look.say("chart.key_road")))
    if course.goal:
        entries.append(("way", look.say("chart.key_way")))
    x = float(MARGIN)
    placed: list[tuple[str, str, float]] = []
    for kind, text in entries:
        placed.append((kind, text, x))
        x += (44 if kind in ("road", "way") else 22) + text_width(text, SMALL_SIZE) + 22
    return placed


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


def _lines(text: str, width: float, size: float, most: int) -> list[str]:
    """A text in lines of that width at most, as few as it takes; none of them the last character alone."""
    pieces = PIECES.findall(clean(" ".join(text.split())))
    lines = _filled(pieces, width, size)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    elif len(lines) > 1 and len(lines[-1]) == 1:
        lines = _filled(pieces, width - size, size)
    return [_shortened(line, width, size) for line in lines]


def _filled(pieces: Sequence[str], width: float, size: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _shortened(text: str, width: float, size: float) -> str:
    if text_width(text, size) <= width * 1.02:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
