"""What can be counted of topics and parts: hours, and the figure of a part. Pure."""

from collections.abc import Iterable

from llmpath.curriculum.catalog import Brief, Catalog, hours
from llmpath.curriculum.entries import Part
from llmpath.progress.progress import Progress
from llmpath.view.results.reading import PartRow


def hours_left(progress: Progress, topic: Brief) -> float:
    """Hours of a topic's open core and its practice."""
    return hours(progress.minutes_left(topic))


def hours_done(progress: Progress, topic: Brief) -> float:
    """Hours of a topic that are behind the learner: all once done, none where it was skipped, else its read core."""
    if progress.own_state(topic.id) == "skipped":
        return 0.0
    return hours(topic.minutes - progress.minutes_left(topic))


def total(values: Iterable[float]) -> float:
    """A sum of hours that are shown, shown in the same way."""
    return round(sum(values), 2)


def part_rows(catalog: Catalog, progress: Progress) -> list[PartRow]:
    """All parts with their figures and hours."""
    return [part_row(catalog, progress, part) for part in catalog.curriculum.parts]


def part_row(catalog: Catalog, progress: Progress, part: Part) -> PartRow:
    """A part with its figure and hours."""
    topics = [catalog.briefs[topic] for topic in part.topics]
    return PartRow(
        part.id,
        1 + [other.id for other in catalog.curriculum.parts].index(part.id),
        part.title,
        progress.figure(part.topics),
        total(hours_done(progress, topic) for topic in topics),
        total(hours_left(progress, topic) for topic in topics),
    )
