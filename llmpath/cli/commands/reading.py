"""Commands that show the curriculum: list, show, resources, search."""

from collections.abc import Sequence

from llmpath.cli.commands.checks import one_of
from llmpath.cli.session import Session
from llmpath.curriculum import library as dataset
from llmpath.curriculum import search as searching
from llmpath.curriculum.catalog import Catalog, Item
from llmpath.curriculum.entries import KINDS, LEVELS, Concept, Exercise, Resource
from llmpath.errors import UsageError
from llmpath.guide import figures, views
from llmpath.progress.log import STATES
from llmpath.text.languages import language_of
from llmpath.text.names import folded
from llmpath.view.results.reading import (
    ConceptShown,
    ExerciseShown,
    Listing,
    Match,
    ResourceListing,
    ResourceShown,
    ResourceView,
    Search,
    TopicShown,
)

Shown = TopicShown | ConceptShown | ResourceShown | ExerciseShown


def list_topics(session: Session, part: str | None = None, *, state: str | None = None) -> Listing:
    """The topics, of one part or of all, in one state or in any."""
    one_of(state, STATES, "--state")
    catalog, progress = session.catalog, session.progress
    parts = figures.part_rows(catalog, progress)
    chosen = [catalog.resolve_part(part)] if part is not None else catalog.curriculum.parts
    wanted = {row.id for row in chosen}
    states = {topic: progress.state(topic) for each in chosen for topic in each.topics}
    rows = [
        views.topic_row(catalog, progress, catalog.briefs[topic])
        for topic, own in states.items()
        if state is None or own == state
    ]
    return Listing(
        catalog.curriculum.title,
        progress.figure(),
        figures.total(row.hours_left for row in parts),
        [row for row in parts if row.id in wanted],
        rows,
        progress.unknown_items(),
        [*states.values()].count("doing") if state == "todo" else 0,
    )


def show_item(session: Session, item: str, *, kind: str | None = None) -> Shown:
    """Everything about a topic, a concept or a resource."""
    one_of(kind, KINDS, "--kind")
    catalog, progress = session.catalog, session.progress
    found = catalog.resolve(item)
    topic, entry = found.topic, found.entry
    if isinstance(entry, Resource):
        titles = [source.title for source in catalog.curriculum.sources if source.id in entry.sources]
        return ResourceShown(
            views.resource_view(progress, topic, entry), views.related(catalog, progress, topic.id), titles
        )
    if isinstance(entry, Exercise):
        exercise = views.exercise_view(progress, topic, entry)
        return ExerciseShown(exercise, views.related(catalog, progress, topic.id))
    if isinstance(entry, Concept):
        teaching = [
            views.resource_view(progress, topic, resource)
            for resource in topic.resources
            if entry.id in resource.concepts and (kind is None or resource.kind == kind)
        ]
        return ConceptShown(
            views.concept_view(progress, topic, entry),
            views.related(catalog, progress, topic.id),
            teaching,
            kind is not None,
        )
    return TopicShown(views.topic_view(catalog, progress, topic, kind), kind is not None)


def list_resources(
    session: Session,
    *items: str,
    kind: str | None = None,
    language: str | None = None,
    level: str | None = None,
    state: str | None = None,
) -> ResourceListing:
    """Resources across topics: of those items or of all, and only what the options let through."""
    one_of(kind, KINDS, "--kind")
    one_of(level, LEVELS, "--level")
    one_of(state, STATES, "--state")
    catalog, progress = session.catalog, session.progress
    wanted = _languages(session, language) if language is not None else None
    chosen = catalog.resolve_all(items) if items else [Item(t.id, t, t) for t in catalog.curriculum.topics]
    found: dict[str, ResourceView] = {}
    for item in chosen:
        for view in _resources_of(session, item):
            found.setdefault(view.item, view)
    shown = [
        view
        for view in found.values()
        if (kind is None or view.entry.kind == kind)
        and (wanted is None or view.entry.language in wanted)
        and (level is None or view.entry.level == level)
        and (state is None or view.did.state == state)
    ]
    topics = dict.fromkeys(view.topic for view in shown)
    return ResourceListing(shown, [views.related(catalog, progress, topic) for topic in topics])


def _resources_of(session: Session, item: Item) -> list[ResourceView]:
    topic, entry = item.topic, item.entry
    if isinstance(entry, Resource):
        chosen = [entry]
    elif isinstance(entry, Exercise):
        chosen = []
    elif isinstance(entry, Concept):
        chosen = [resource for resource in topic.resources if entry.id in resource.concepts]
    else:
        chosen = list(topic.resources)
    return [views.resource_view(session.progress, topic, resource) for resource in chosen]


def _languages(session: Session, word: str) -> set[str]:
    """What `--in` means: `zh` alone is Chinese of either script, otherwise one language of the resources."""
    resources = (resource for topic in session.catalog.curriculum.topics for resource in topic.resources)
    known = {resource.language for resource in resources if resource.language}
    if word.lower() in ("zh", "chinese", "中文"):
        return {language for language in known if language.startswith("zh")} or {"zh-Hans", "zh-Hant"}
    language = language_of(word) or next((name for name in known if name.lower() == word.lower()), None)
    if language is None:
        raise UsageError("not_one_of", option="--in", value=word, known=", ".join(sorted(known)))
    return {language}


def search(
    session: Session, *words: str, kind: str | None = None, language: str | None = None, everything: bool = False
) -> Search:
    """Items by words, best first; `everything`: all of them, not only as many as a person reads."""
    one_of(kind, KINDS, "--kind")
    query = " ".join(words).strip()
    if not query:
        raise UsageError("empty_search")
    catalog, progress = session.catalog, session.progress
    searched = dataset.load_searched(session.place, session.places.cache)
    languages = _languages(session, language) if language is not None else ()
    found = searching.found(searched.rows, query, (kind,) if kind else (), languages)
    if not kind and not languages:
        found = _numbered_first(catalog, searched.rows, query, found)
    matches: list[Match] = []
    for match in found if everything else found[: searching.MAX_MATCHES]:
        item = catalog.find(match.id)
        if item is None:
            continue
        title, topic, state = item.entry.title, item.topic.title, progress.state(match.id)
        snippet = searching.snippet(searched.texts(match.place), query)
        shown = Match(match.id, title, item.kind, match.score, snippet, topic, state)
        if isinstance(item.entry, Resource):
            entry = item.entry
            shown = shown._replace(resource_kind=entry.kind, minutes=entry.minutes, language=entry.language)
        matches.append(shown)
    return Search(query, matches, len(found))


def _numbered_first(
    catalog: Catalog, rows: Sequence[searching.Row], query: str, found: list[searching.Match]
) -> list[searching.Match]:
    """The matches, before all others the topic with that number."""
    topic = next((topic for topic, number in catalog.numbers.items() if number == folded(query)), None)
    first = [searching.Match(row.id, place, 100.0) for place, row in enumerate(rows) if row.id == topic]
    return [*first, *(match for match in found if match.id != topic)]
