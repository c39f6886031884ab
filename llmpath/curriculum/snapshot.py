"""The compiled form of a curriculum: JSON that daily commands read without pydantic. Written and read here alone. Pure.

Never pickle: a cache folder is not a place to run code from. The documents, by their file names:

- `manifest.json`: the form, the curriculum's languages and a checksum of every other document;
- `LANG.jsonl`: the curriculum in one language, in its first line what is needed all the time, then a line per topic;
- `LANG.questions.json`: the questions of each topic;
- `LANG.index.tsv`: ids, numbers, titles and other names for a TAB, which has no time for a parser;
- `names.json`: what names lead to, in all languages at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple
from zlib import crc32

from llmpath.curriculum import entries
from llmpath.curriculum.catalog import Brief, Catalog, Digest, Names, brief_of, former_ids
from llmpath.curriculum.entries import Concept, Curriculum, Exercise, Goal, Part, Question, Resource, Source, Topic
from llmpath.files.folders import INDEX
from llmpath.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from llmpath.curriculum import models

FORMAT = 7
"""Changes with the form of the documents, so that an older cache is made anew."""

MANIFEST, NAMES, COURSE, QUESTIONS = "manifest.json", "names.json", ".jsonl", ".questions.json"


class Manifest(NamedTuple):
    """The list of documents. `sums`: their checksums by name, which reveal damage."""

    form: int
    languages: Sequence[str]
    sums: Mapping[str, int]


# writing


def documents_of(curriculum: models.Curriculum) -> dict[str, bytes]:
    """Every document of a curriculum, by its file name."""
    documents = {NAMES: _json(_names(curriculum)._asdict())}
    for language in curriculum.languages:
        documents |= _in_one_language(curriculum, language)
    sums = {name: crc32(document) for name, document in documents.items()}
    return {MANIFEST: _json(Manifest(FORMAT, curriculum.languages, sums)), **documents}


def _in_one_language(curriculum: models.Curriculum, language: str) -> dict[str, bytes]:
    """The documents for one language. Topics are taken one by one: a large curriculum fits into memory once."""
    light = in_language(curriculum.model_copy(update={"topics": []}), language)
    briefs: list[Brief] = []
    lines: list[bytes] = []
    rows = _index_of_outline(light)
    numbers = Catalog(light, lambda: Names({}, {}, {}, {}), Digest([], {})).numbers
    for each in curriculum.topics:
        topic: Topic = _light(each, _reader_of(language, curriculum.languages[0]))
        briefs.append(brief_of(topic))
        lines.append(_json(topic))
        rows += _index_of_topic(topic, numbers[topic.id])
    former = former_ids(curriculum.topics)
    rows += [["former", old, item] for item, olds in former.items() for old in olds]
    first = [light._replace(questions={}), briefs, former]
    return {
        language + COURSE: b"\n".join([_json(first), *lines]),
        language + QUESTIONS: _json(light.questions),
        language + INDEX: "".join("\t".join(row) + "\n" for row in rows).encode(),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def in_language(curriculum: models.Curriculum, language: str) -> Curriculum:
    """A curriculum in one of its languages. A text that it lacks stands in its first one, which is named behind it."""
    light: Curriculum = _light(curriculum, _reader_of(language, curriculum.languages[0]))
    return light


def _reader_of(language: str, first: str) -> Callable[[Mapping[str, str]], str]:
    def text_in(text: Mapping[str, str]) -> str:
        if language in text:
            return text[language]
        tag = first if first in text else next(iter(text))
        return f"{text[tag]} [{tag}]"

    return text_in


def _light(value: Any, in_one_language: Callable[[Mapping[str, str]], str]) -> Any:
    """The light twin of an entry of `models`, of a list of them, or of a value of theirs."""
    if isinstance(value, list):
        return [each if type(each) in _PLAIN else _light(each, in_one_language) for each in value]
    if isinstance(value, dict):
        if value and isinstance(next(iter(value.values())), list):
            return {name: _light(entry, in_one_language) for name, entry in value.items()}
        return in_one_language(value) if value else {}
    if twin := getattr(entries, type(value).__name__, None):
        fields = (getattr(value, field) for field in twin._fields)
        return twin._make(each if type(each) in _PLAIN else _light(each, in_one_language) for each in fields)
    return value.isoformat() if isinstance(value, date) else value


_PLAIN = frozenset((str, int, type(None)))


def _names(curriculum: models.Curriculum) -> Names:
    names = Names({}, {}, {}, {})

    def add(table: Any, given: Iterable[str], item: str) -> None:
        for name in map(folded, given):
            ids = table.setdefault(name, [])
            if item not in ids:
                ids.append(item)

    for part in curriculum.parts:
        add(names.part_titles, part.title.values(), part.id)
    for goal in curriculum.goals:
        add(names.goal_titles, goal.title.values(), goal.id)
    for topic in curriculum.topics:
        add(names.aliases, topic.aliases, topic.id)
        add(names.titles, topic.title.values(), topic.id)
        for concept in topic.concepts:
            item = f"{topic.id}/{concept.id}"
            add(names.aliases, concept.aliases, item)
            add(names.titles, concept.title.values(), item)
        for resource in topic.resources:
            add(names.titles, [resource.title], f"{topic.id}/{resource.id}")
        if topic.exercise:
            add(names.titles, topic.exercise.task.values(), f"{topic.id}/{entries.EXERCISE}")
    return names


def _index_of_outline(curriculum: Curriculum) -> list[Sequence[str]]:
    """The rows that a TAB needs; the first value of each names its sort. No text has a tab or a line break.

    `curriculum` ID; `part` ID NUMBER TITLE TOPIC...; `goal` ID TITLE; `item` ID NUMBER TITLE ALIAS..., in teaching
    order, the number empty for what is inside a topic; `former` FORMER-ID ID.
    """
    rows: list[Sequence[str]] = [["curriculum", curriculum.id]]
    rows += [["part", part.id, str(n), part.title, *part.topics] for n, part in enumerate(curriculum.parts, 1)]
    return [*rows, *(["goal", goal.id, goal.title] for goal in curriculum.goals)]


def _index_of_topic(topic: Topic, number: str) -> Iterator[Sequence[str]]:
    yield ["item", topic.id, number, topic.title, *topic.aliases]
    for entry in topic.entries:
        yield ["item", f"{topic.id}/{entry.id}", "", entry.title, *getattr(entry, "aliases", ())]


# reading; each raises `ValueError`, `TypeError`, `LookupError` or `AttributeError` for what was not written here


def manifest_from(document: bytes) -> Manifest:
    """The list of documents."""
    manifest = Manifest(*json.loads(document))
    if manifest.form != FORMAT:
        raise ValueError(manifest.form)
    return manifest


def checked(document: bytes, name: str, manifest: Manifest) -> bytes:
    """A document, if it is the one of its name that was written with the manifest."""
    if manifest.sums[name] != crc32(document):
        raise ValueError(name)
    return document


class Topics(Sequence[Topic]):
    """The topics of a curriculum, of which each is parsed when it is first asked for."""

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines
        self._parsed: dict[int, Topic] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        if place not in self._parsed:
            self._parsed[place] = _topic(json.loads(self._lines[place]))
        return self._parsed[place]


class Questions(Mapping[str, Sequence[Question]]):
    """The questions of a curriculum by topic, loaded when one is first asked for."""

    def __init__(self, load: Callable[[], Mapping[str, Sequence[Question]]]) -> None:
        self._load = load

    @cached_property
    def _all(self) -> Mapping[str, Sequence[Question]]:
        return self._load()

    def __getitem__(self, topic: str) -> Sequence[Question]:
        return self._all[topic]

    def __iter__(self) -> Any:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def curriculum_from(document: bytes, questions: Mapping[str, Sequence[Question]]) -> tuple[Curriculum, Digest]:
    """The light curriculum of a language's document, and its digest."""
    first, *lines = document.split(b"\n")
    values, briefs, former = json.loads(first)
    if len(briefs) != len(lines):
        raise ValueError(len(lines))
    curriculum = Curriculum(*values)
    found = curriculum._replace(
        sources=[Source(*each) for each in curriculum.sources],
        parts=[Part(*each) for each in curriculum.parts],
        goals=[Goal(*each) for each in curriculum.goals],
        topics=Topics(lines),
        questions=questions,
    )
    return found, Digest([Brief(*each) for each in briefs], former)


def _topic(values: list[Any]) -> Topic:
    topic = Topic(*values)
    return topic._replace(
        exercise=topic.exercise and Exercise(*topic.exercise),
        concepts=[Concept(*each) for each in topic.concepts],
        resources=[Resource(*each) for each in topic.resources],
    )


def questions_from(document: bytes) -> dict[str, list[Question]]:
    """The questions of each topic that has some."""
    return {topic: [Question(*each) for each in questions] for topic, questions in json.loads(document).items()}


def names_from(document: bytes) -> Names:
    """The names of a curriculum."""
    return Names(**json.loads(document))


def index_from(document: bytes) -> list[list[str]]:
    """The rows of an index, the sort of each first."""
    return [line.split("\t") for line in document.decode().split("\n")[:-1]]
