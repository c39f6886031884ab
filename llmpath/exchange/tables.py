"""The curriculum with its progress as data: one document, or a table with a row per item. Pure.

Both have the fields of the JSON of `show`, which takes them from the entries themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Concept, Exercise, Resource, Topic
from llmpath.guide.figure import Figure, figure_of
from llmpath.progress.progress import Progress
from llmpath.text.clean import clean
from llmpath.view.items import did_with, topic_view
from llmpath.view.results.reading import TopicView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Export(NamedTuple):
    """`export json`: everything in one document; topics, concepts and resources in teaching order.

    `curriculum` has the fields of the curriculum itself, without its parts and topics; `parts` have each their figure;
    `gone`: the state and notes that are kept of items that the curriculum no longer has.
    """

    curriculum: Mapping[str, Any]
    progress: Figure
    goal: str | None
    parts: Sequence[Mapping[str, Any]]
    topics: Sequence[TopicView]
    gone: Sequence[Mapping[str, Any]]
    kind: str = "export"


def export_of(catalog: Catalog, progress: Progress) -> Export:
    """The curriculum in its language in force, with the progress in it."""
    curriculum = catalog.curriculum
    parts = [
        {**part._asdict(), "number": number, "progress": figure_of(catalog, progress, part.topics)}
        for number, part in enumerate(curriculum.parts, 1)
    ]
    return Export(
        {name: value for name, value in curriculum._asdict().items() if name not in ("parts", "topics", "questions")},
        figure_of(catalog, progress),
        progress.goal,
        parts,
        [topic_view(catalog, progress, topic) for topic in curriculum.topics],
        [{"id": item, "did": did_with(progress, item)} for item in progress.unknown_items()],
    )


FIRST_COLUMNS = (
    "type", "id", "number", "part", "topic", "title", "state", "on", "my_notes", "kind", "language", "minutes",
    "level", "core", "url", "summary", "note", "hours", "hours_left", "requires", "unlocks",
)  # fmt: skip
_FIELDS = (*Topic._fields, *Concept._fields, *Resource._fields, *Exercise._fields)
_HELD = {"exercise", "resources"}
COLUMNS = tuple(dict.fromkeys(name for name in (*FIRST_COLUMNS, *_FIELDS) if name not in _HELD))
"""The columns of the table: what is looked at first, then every other field of an entry. A list stands in one cell."""

BETWEEN = " | "
BETWEEN_ALTERNATIVES = " or "

_FORMULA = re.compile(r"(^|[\n;])(?=\s*[=+\-@＝＋－＠])")
_LINE_END = re.compile(r"\r\n|\r")


def csv_of(document: Mapping[str, Any]) -> str:
    """The table of an `Export` as JSON, in the form of RFC 4180: commas, quotation marks, lines that end with CR LF.

    No cell begins a formula: one that would, in whatever line of it or behind a semicolon (which is the separator in
    half of Europe), gets an apostrophe before it. A tab becomes a space; what could drive a terminal, U+FFFD.
    """
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for topic in document["topics"]:
        context = {"number": topic["number"], "part": topic["part"], "topic": topic["id"]}
        exercise = topic["exercise"] and {**topic["exercise"], "title": topic["exercise"]["task"]}
        for sort, records in (
            ("topic", [{**topic, "concepts": None}]),
            ("concept", topic["concepts"]),
            ("resource", topic["resources"]),
            ("exercise", [exercise] if exercise else []),
        ):
            for record in records:
                row = {**context, **record, "type": sort}
                writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return _harmless(BETWEEN.join(_joined(entry) for entry in value))
    return _harmless(str(value))


def _joined(entry: Any) -> str:
    """An entry of a list: a text, a note, or a slot of the core with its alternatives."""
    if isinstance(entry, dict):
        return str(entry["text"])
    return entry if isinstance(entry, str) else BETWEEN_ALTERNATIVES.join(entry)


def _harmless(text: str) -> str:
    lines = _LINE_END.sub("\n", text).replace("\t", " ").split("\n")
    return _FORMULA.sub(r"\1'", "\n".join(clean(line) for line in lines))
