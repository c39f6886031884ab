"""The rules of a curriculum that no single entry can break alone: what has to fit together, and what is legal but poor.

Pure: models in, every problem at once out. An entry with problems of its own comes with empty fields where these are
(`model_problems.draft_of`); no rule complains of what is empty.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from llmpath.curriculum import graph
from llmpath.curriculum.entries import EXERCISE, whole_id
from llmpath.curriculum.kinds import TIMED_KINDS
from llmpath.curriculum.models import Concept, Outline, Question, Resource, Topic
from llmpath.curriculum.problems import Problem
from llmpath.text.names import folded

OUTLINE = "curriculum.toml"
MAX_TOPICS = 5_000
"""More than any course has, and few enough to be refused quickly where somebody lists a million."""

MAX_ANSWER_WORDS, MAX_ANSWER_CHARACTERS = 40, 80
"""The longest that an answer to a question should be, in English words and in Chinese characters."""

Questions = Mapping[str, Sequence[Question]]


def topic_file(topic_id: str) -> str:
    """The path of a topic's file inside a curriculum's folder."""
    return f"topics/{topic_id}.toml"


def question_file(topic_id: str) -> str:
    """The path of a topic's questions inside a curriculum's folder."""
    return f"questions/{topic_id}.toml"


def problems_of(
    outline: Outline, topics: Sequence[Topic], questions: Questions, unread: Collection[str] = ()
) -> list[Problem]:
    """Everything that does not fit together, warnings among it. `unread`: ids of topics whose files tell nothing."""
    topic_ids = {topic.id for topic in topics}
    return [
        *_outline_problems(outline, topic_ids),
        *_goal_problems(outline, {*topic_ids, *unread}),
        *(problem for topic in topics for problem in _topic_problems(outline, topic)),
        *_requirement_problems(topics, unread),
        *_former_id_problems(topics),
        *_alias_problems(topics),
        *_url_problems(topics),
        *_reference_problems(topics, unread),
        *_question_problems(outline, topics, questions, unread),
    ]


def _unknown(code: str, file: str, entry: str, values: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    """A problem for each value of a list that nothing has for its id."""
    for number, value in enumerate(values, 1):
        if value not in known:
            yield Problem(code, file, f"{entry}.{number}", 0, (value,))


def _listed_doubles(file: str, entry: str, values: Iterable[str]) -> Iterator[Problem]:
    """A problem for each value that stands in a list more than once, at its second place."""
    seen: set[str] = set()
    said: set[str] = set()
    for number, value in enumerate(values, 1):
        if value in seen and value not in said:
            said.add(value)
            yield Problem("double_id", file, f"{entry}.{number}" if entry else value, 0, (value,))
        seen.add(value)


def _outline_problems(outline: Outline, topic_ids: Collection[str]) -> Iterator[Problem]:
    yield from _listed_doubles(OUTLINE, "parts", [part.id for part in outline.parts])
    yield from _listed_doubles(OUTLINE, "sources", [source.id for source in outline.sources])
    yield from _listed_doubles(OUTLINE, "languages", outline.languages)
    seen: set[str] = set()
    for part in outline.parts:
        entry = f"parts.{part.id}"
        for number, topic in enumerate(part.topics, 1):
            if topic in seen:
                yield Problem("double_id", OUTLINE, f"{entry}.topics.{number}", 0, (topic,))
            seen.add(topic)
        if part.id in topic_ids:
            yield Problem("named_as_topic", OUTLINE, f"{entry}.id", 0, (part.id,))
        if not part.topics:
            yield Problem("empty_part", OUTLINE, f"{entry}.topics", 0, (part.id,), is_warning=True)
    texts = {"title": outline.title, "summary": outline.summary, "credit": outline.credit}
    for part in outline.parts:
        texts |= {f"parts.{part.id}.title": part.title, f"parts.{part.id}.summary": part.summary}
    for goal in outline.goals:
        texts |= {f"goals.{goal.id}.title": goal.title, f"goals.{goal.id}.summary": goal.summary}
    yield from _language_problems(outline, OUTLINE, texts)


def _goal_problems(outline: Outline, topic_ids: Collection[str]) -> Iterator[Problem]:
    taken = {part.id for part in outline.parts}
    for number, goal in enumerate(outline.goals, 1):
        if goal.id in taken:
            yield Problem("double_id", OUTLINE, f"goals.{number}.id", 0, (goal.id,))
        taken.add(goal.id)
        if goal.id in topic_ids:
            yield Problem("named_as_topic", OUTLINE, f"goals.{goal.id}.id", 0, (goal.id,))
        yield from _listed_doubles(OUTLINE, f"goals.{goal.id}.topics", goal.topics)
        yield from _unknown("unknown_requirement", OUTLINE, f"goals.{goal.id}.topics", goal.topics, topic_ids)


def _language_problems(outline: Outline, file: str, texts: Mapping[str, Mapping[str, str] | None]) -> Iterator[Problem]:
    """Texts in a language of no use, and missing ones: those in the first language must be there, others should be."""
    declared = ", ".join(outline.languages)
    for entry, text in texts.items():
        if not text or not outline.languages:
            continue
        for place, language in enumerate(outline.languages):
            if language not in text:
                key = f"{entry.rpartition('.')[2]}.{language}"
                yield Problem("missing_language", file, entry, 0, (language, key), is_warning=place > 0)
        for language in text:
            if language not in outline.languages:
                yield Problem("undeclared_language", file, f"{entry}.{language}", 0, (language, declared))


def _topic_problems(outline: Outline, topic: Topic) -> Iterator[Problem]:
    file = topic_file(topic.id)
    texts: dict[str, Mapping[str, str] | None] = {"title": topic.title, "summary": topic.summary}
    for concept in topic.concepts:
        texts |= {f"concepts.{concept.id}.title": concept.title, f"concepts.{concept.id}.summary": concept.summary}
    for resource in topic.resources:
        texts |= {f"resources.{resource.id}.{name}": getattr(resource, name) for name in ("note", "why", "read")}
    if topic.exercise:
        texts |= {f"exercise.{name}": getattr(topic.exercise, name) for name in ("task", "start", "done_when")}
    yield from _language_problems(outline, file, texts)
    yield from _own_id_problems(topic, file)
    yield from _listed_doubles(file, "requires", topic.requires)
    yield from _listed_doubles(file, "see_also", topic.see_also)
    yield from _resource_problems(outline, topic, file)
    yield from _core_problems(topic, file)
    served = {concept for resource in topic.resources for concept in resource.concepts}
    for concept in topic.concepts:
        if concept.id not in served:
            yield Problem("unserved_concept", file, f"concepts.{concept.id}", 0, (concept.id,), is_warning=True)


def _own_id_problems(topic: Topic, file: str) -> Iterator[Problem]:
    """Ids that two concepts or resources of a topic share, or that its exercise has."""
    taken = {EXERCISE} if topic.exercise else set()
    for place, entry in _held(topic):
        if entry.id in taken:
            yield Problem("double_id", file, f"{place}.id", 0, (entry.id,))
        taken.add(entry.id)


def _held(topic: Topic) -> Iterator[tuple[str, Concept | Resource]]:
    """Each concept and each resource of a topic, with its place in the file."""
    yield from ((f"concepts.{number}", concept) for number, concept in enumerate(topic.concepts, 1))
    yield from ((f"resources.{number}", resource) for number, resource in enumerate(topic.resources, 1))


def _resource_problems(outline: Outline, topic: Topic, file: str) -> Iterator[Problem]:
    concept_ids = {concept.id for concept in topic.concepts}
    source_ids = {source.id for source in outline.sources}
    core = {name for slot in topic.core for name in ([slot] if isinstance(slot, str) else slot)}
    for resource in topic.resources:
        entry = f"resources.{resource.id}"
        if resource.url is None and resource.where is None:
            yield Problem("no_place", file, f"{entry}.url", 0)
        wanted = ["kind", "language", "level", "note"]
        wanted += ["minutes"] if resource.kind in TIMED_KINDS or resource.id in core else []
        missing = [name for name in wanted if not getattr(resource, name)]
        if missing:
            yield Problem("incomplete", file, entry, 0, (", ".join(missing),), is_warning=True)
        yield from _listed_doubles(file, f"{entry}.concepts", resource.concepts)
        yield from _listed_doubles(file, f"{entry}.sources", resource.sources)
        yield from _unknown("unknown_concept", file, f"{entry}.concepts", resource.concepts, concept_ids)
        yield from _unknown("unknown_source", file, f"{entry}.sources", resource.sources, source_ids)


def _core_problems(topic: Topic, file: str) -> Iterator[Problem]:
    known = {resource.id for resource in topic.resources}
    slots = [[slot] if isinstance(slot, str) else slot for slot in topic.core]
    for number, slot in enumerate(slots, 1):
        for name in slot:
            if name not in known:
                yield Problem("unknown_core", file, f"core.{number}", 0, (name,))
    for name, count in Counter(name for slot in slots for name in slot).items():
        if count > 1:
            yield Problem("double_id", file, "core", 0, (name,))
    if not topic.core:
        yield Problem("no_core", file, "core", 0, (topic.id,), is_warning=True)


def _requirement_problems(topics: Sequence[Topic], unread: Collection[str]) -> Iterator[Problem]:
    known = {topic.id for topic in topics}
    for topic in topics:
        yield from _unknown(
            "unknown_requirement", topic_file(topic.id), "requires", topic.requires, known.union(unread)
        )
    requires = {topic.id: [name for name in topic.requires if name in known] for topic in topics}
    loops = list(graph.loops_of(requires))
    for loop in loops:
        yield Problem("requirement_loop", topic_file(loop[0]), "requires", 0, (" → ".join(loop),))
    if not loops:
        for topic_id, implied, through in graph.implied_requirements(requires):
            yield Problem(
                "implied_requirement", topic_file(topic_id), "requires", 0, (implied, through), is_warning=True
            )


def _former_id_problems(topics: Sequence[Topic]) -> Iterator[Problem]:
    """Former ids that another item has, or had: progress could follow only one of them."""
    owners = {topic.id: topic.id for topic in topics}
    claims: list[tuple[str, str, str, str]] = []
    for topic in topics:
        claims += [(topic.id, former, topic_file(topic.id), "former_ids") for former in topic.former_ids]
        for place, entry in _held(topic):
            own = f"{topic.id}/{entry.id}"
            owners[own] = own
            whole = (whole_id(former, topic.id) for former in entry.former_ids)
            claims += [(own, former, topic_file(topic.id), f"{place}.former_ids") for former in whole]
    for item, former, file, place in dict.fromkeys(claims):
        owner = owners.setdefault(former, item)
        if owner != item:
            yield Problem("double_former_id", file, place, 0, (former, owner))


def _alias_problems(topics: Sequence[Topic]) -> Iterator[Problem]:
    """Aliases that two items share, and aliases that hide a title or are hidden by an id."""
    titles: dict[str, str] = {}
    for topic in topics:
        for item, title in _titles(topic):
            titles.setdefault(folded(title), item)
    topic_ids = {topic.id for topic in topics}
    owners: dict[str, str] = {}
    for topic in topics:
        file = topic_file(topic.id)
        for item, alias in _aliases(topic):
            name = folded(alias)
            entry = f"concepts.{item.partition('/')[2]}.aliases" if "/" in item else "aliases"
            if not name:
                yield Problem("empty_alias", file, entry, 0, (alias,))
                continue
            owner = owners.setdefault(name, item)
            if owner != item:
                yield Problem("double_alias", file, entry, 0, (alias, owner))
            if titles.get(name, item) != item:
                yield Problem("alias_hides_title", file, entry, 0, (alias, titles[name]), is_warning=True)
            if name in topic_ids and name != item:
                yield Problem("alias_hidden_by_id", file, entry, 0, (alias, name), is_warning=True)


def _titles(topic: Topic) -> Iterator[tuple[str, str]]:
    yield from ((topic.id, title) for title in topic.title.values())
    for concept in topic.concepts:
        yield from ((f"{topic.id}/{concept.id}", title) for title in concept.title.values())
    yield from ((f"{topic.id}/{resource.id}", resource.title) for resource in topic.resources)


def _aliases(topic: Topic) -> Iterator[tuple[str, str]]:
    yield from ((topic.id, alias) for alias in topic.aliases)
    for concept in topic.concepts:
        yield from ((f"{topic.id}/{concept.id}", alias) for alias in concept.aliases)


def _url_problems(topics: Sequence[Topic]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for topic in topics:
        for resource in topic.resources:
            item = f"{topic.id}/{resource.id}"
            for name, urls in (("url", [resource.url]), ("former_urls", resource.former_urls)):
                for url in filter(None, urls):
                    owner = owners.setdefault(url, item)
                    if owner != item:
                        entry = f"resources.{resource.id}.{name}"
                        yield Problem("double_url", topic_file(topic.id), entry, 0, (url, owner), is_warning=True)


def _reference_problems(topics: Sequence[Topic], unread: Collection[str]) -> Iterator[Problem]:
    """References to resources that do not exist, here or in another topic."""
    known = {f"{topic.id}/{resource.id}" for topic in topics for resource in topic.resources}
    for topic in topics:
        named = [(f"see_also.{number}", name) for number, name in enumerate(topic.see_also, 1)]
        named += [
            (f"resources.{resource.id}.superseded_by", whole_id(resource.superseded_by, topic.id))
            for resource in topic.resources
            if resource.superseded_by
        ]
        for entry, name in named:
            if name not in known and name.partition("/")[0] not in unread:
                yield Problem("unknown_resource", topic_file(topic.id), entry, 0, (name,))


def _question_problems(
    outline: Outline, topics: Sequence[Topic], questions: Questions, unread: Collection[str]
) -> Iterator[Problem]:
    known = {f"{topic.id}/{resource.id}" for topic in topics for resource in topic.resources}
    concepts = {topic.id: {concept.id for concept in topic.concepts} for topic in topics}
    for topic_id, sheet in questions.items():
        file = question_file(topic_id)
        yield from _listed_doubles(file, "questions", [question.id for question in sheet])
        for question in sheet:
            entry = f"questions.{question.id}"
            yield from _language_problems(
                outline, file, {f"{entry}.ask": question.ask, f"{entry}.answer": question.answer}
            )
            if question.concept and question.concept not in concepts.get(topic_id, {question.concept}):
                yield Problem("unknown_concept", file, f"{entry}.concept", 0, (question.concept,))
            source = whole_id(question.source, topic_id)
            if question.source and source not in known and source.partition("/")[0] not in unread:
                yield Problem("unknown_resource", file, f"{entry}.source", 0, (source,))
            for language, answer in question.answer.items():
                if _is_long(answer):
                    limits = (str(MAX_ANSWER_WORDS), str(MAX_ANSWER_CHARACTERS))
                    yield Problem("long_answer", file, f"{entry}.answer.{language}", 0, limits, is_warning=True)


def _is_long(answer: str) -> bool:
    chinese = len(re.findall(r"[\u3000-\u9fff\uff00-\uffef]", answer))
    return chinese > MAX_ANSWER_CHARACTERS or len(answer.split()) > MAX_ANSWER_WORDS
