"""A map as one HTML page that needs nothing else: no script, no request, no clock. Pure.

The headings, lists and links of the page say everything; roads and colours repeat it for the eye.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from llmpath.guide.map import CourseMap, Node
from llmpath.progress.progress import Note
from llmpath.text.clean import clean
from llmpath.text.urls import url_problem
from llmpath.view.map_layout import CARD_HEIGHT, CARD_WIDTH, RAIL, Chart, chart_of, path_of
from llmpath.view.screens.words import Look, figure_cell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment


MARGIN = 56
"""The pixels that a window must have beside the chart."""

SMALLEST, LARGEST = 0.84, 1.15
"""The bounds within which the chart shrinks and grows with the window."""

WIDEST = 1800
"""A wider chart keeps its size, and is not printed."""

ENOUGH = 1024
"""A window in which the chart is shown even if it has to be moved sideways; in a smaller one its cards become lists."""


def page_of(course: CourseMap, look: Look) -> str:
    """The page. The course is one with texts."""
    chart = chart_of(course)
    fits, rems = chart.width <= WIDEST, f"{chart.width / 16:.2f}"
    scale = f"clamp({SMALLEST}rem, calc((100vw - {MARGIN / 16}rem) / {rems}), {LARGEST}rem)"
    return rendered(
        "page.html.j2",
        course,
        chart,
        look,
        meridians=sorted({card.x + card.width / 2 for card in chart.cards.values()}),
        near=_near(chart),
        em=em,
        url_problem=url_problem,
        sizes={"card_width": CARD_WIDTH, "card_height": CARD_HEIGHT, "rail": RAIL},
        wide=f"{min(chart.width * SMALLEST + MARGIN, ENOUGH) / 16:.2f}em",
        fits=fits,
        rems=rems,
        scale=scale if fits else "1rem",
        hours_in_all=sum(lane.hours for lane in course.lanes) or 1,
    )


def rendered(template: str, course: CourseMap, chart: Chart, look: Look, **values: object) -> str:
    """A template with the map, its roads and the texts filled in, and what else it asks for."""
    common = {"course": course, "chart": chart, "nets": nets_of(course, chart)}
    paths = [(number, path_of(road.points)) for number, road in enumerate(chart.roads)]
    figure = "".join(span.text for span in figure_cell(course.progress, look))
    texts = {"say": look.say, "look": look, "words": Words(look), "language": look.say.language, "figure": figure}
    return environment().get_template(template).render(**common, paths=paths, **texts, **values) + "\n"


@cache
def environment() -> Environment:
    """Jinja2 with every text escaped and cleaned. Loaded by this export alone."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("llmpath", "view/templates"),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _cleaned(value: object) -> object:
    """A text with nothing in it that drives or reorders what is shown; markup of the templates as it is."""
    if not isinstance(value, str) or value.isprintable() or hasattr(value, "__html__"):
        return value
    return "\n".join(clean(line) for line in value.splitlines())


def em(pixels: float) -> str:
    """A length that grows with the letters of the chart."""
    return f"{pixels / 16:.3f}".rstrip("0").rstrip(".") + "em"


def nets_of(course: CourseMap, chart: Chart) -> list[list[tuple[int, str]]]:
    """The roads by the topic at which they begin, as (number, kind): `way`, `open` or `road`; the way lies on top."""
    nets: dict[tuple[bool, str], list[tuple[int, str]]] = {}
    for number, road in enumerate(chart.roads):
        start, end = course.nodes[road.start], course.nodes[road.end]
        way = start.way and end.way
        kind = "way" if way else "open" if start.state in ("done", "skipped") else "road"
        nets.setdefault((way, road.start), []).append((number, kind))
    return [nets[key] for key in sorted(nets, key=lambda key: key[0])]


def _near(chart: Chart) -> Mapping[str, tuple[Sequence[tuple[int, str]], Sequence[tuple[int, str]]]]:
    """Each topic's roads: those that lead to it, with where they begin, and those that lead on, with where they end."""
    near: dict[str, tuple[list[tuple[int, str]], list[tuple[int, str]]]] = {topic: ([], []) for topic in chart.cards}
    for number, road in enumerate(chart.roads):
        near[road.end][0].append((number, road.start))
        near[road.start][1].append((number, road.end))
    return near


class Words:
    """Facts of a map in words, in the language in force; for the page and the picture alike."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def left(self, node: Node) -> str:
        """The hours left of a topic, as text; empty where none are or hours are turned off."""
        hours = self.look.hours(node.hours_left)
        return self.look.say("chart.left", hours=hours) if hours else ""

    def note_of(self, note: Note) -> str:
        """The words before a note: that it is the learner's, and its day, always with the year."""
        elsewhen = self.look._replace(today=date.min)
        return self.look.say("chart.note", day=elsewhen.day(note.day))

    def numbers(self, course: CourseMap, topics: Sequence[str]) -> str:
        """The numbers of topics in a row."""
        return self.look.listed(course.nodes[name].number for name in topics)

    def prose(self, text: str) -> str:
        """A text of the curriculum; what stands between backticks as code."""
        pieces = text.split("`")
        if len(pieces) < 3 or len(pieces) % 2 == 0:
            return text
        from markupsafe import Markup

        code = Markup("<code>{}</code>")
        return Markup("").join(
            code.format(clean(piece)) if place % 2 else clean(piece) for place, piece in enumerate(pieces)
        )

    def commands(self, node: Node) -> list[str]:
        """The commands to go on with a topic."""
        if node.state in ("done", "skipped"):
            return [f"llmpath show {node.id}", f"llmpath reset {node.id}"]
        exercise = node.texts.exercise if node.texts else None
        own = [f"llmpath done {node.id}/{exercise.entry.id}"] if exercise and exercise.state != "done" else []
        return [f"llmpath show {node.id}", f"llmpath open {node.id}", *own, f"llmpath done {node.id}"]
