"""Commands that show: list, show, resources, search, log, stats, and the dashboard of a bare `llmpath`."""

from llmpath import dataset, stats, views
from llmpath.catalog import KINDS, LEVELS, Concept, Item, Resource
from llmpath.errors import UsageError
from llmpath.languages import language_of
from llmpath.progress import STATES
from llmpath.recommend import Wishes, goal_topics
from llmpath.results import (
    ConceptShown,
    Dashboard,
    Event,
    Listing,
    Log,
    Match,
    PartRow,
    ResourceListing,
    ResourceShown,
    ResourceView,
    Search,
    Stats,
    TopicShown,
)
from llmpath.session import Session


def one_of(word: str | None, known: tuple[str, ...], option: str) -> str | None:
    """The word, if it is one of those known, or None where none is given. Raises `UsageError`."""
    if word is None or word in known:
        return word
    raise UsageError("not_one_of", option=option, value=word, known=", ".join(known))


def list_topics(session: Session, part: str | None = None, *, state: str | None = None) -> Listing:
    """The topics, of one part or of all, in one state or in any."""
    one_of(state, STATES, "--state")
    catalog, progress = session.catalog, session.progress
    parts = _part_rows(session)
    chosen = [catalog.resolve_part(part)] if part is not None else catalog.curriculum.parts
    wanted = {row.id for row in chosen}
    rows = [
        views.topic_row(catalog, progress, catalog.briefs[topic])
        for each in chosen
        for topic in each.topics
        if state is None or progress.state(topic) == state
    ]
    return Listing(
        catalog.curriculum.title,
        progress.figure(),
        stats.total(row.hours_left for row in parts),
        [row for row in parts if row.id in wanted],
        rows,
        progress.unknown_items(),
    )


def _part_rows(session: Session) -> list[PartRow]:
    return [stats.part_row(session.catalog, session.progress, part) for part in session.catalog.curriculum.parts]


def show_item(session: Session, item: str, *, kind: str | None = None) -> TopicShown | ConceptShown | ResourceShown:
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
    if isinstance(entry, Concept):
        teaching = [
            views.resource_view(progress, topic, resource)
            for resource in topic.resources
            if entry.id in resource.concepts and (kind is None or resource.kind == kind)
        ]
        return ConceptShown(
            views.concept_view(progress, topic, entry), views.related(catalog, progress, topic.id), teaching
        )
    return TopicShown(views.topic_view(catalog, progress, topic, kind))


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
            found.setdefault(view.id, view)
    shown = [
        view
        for view in found.values()
        if (kind is None or view.kind == kind)
        and (wanted is None or view.language in wanted)
        and (level is None or view.level == level)
        and (state is None or view.state == state)
    ]
    topics = dict.fromkeys(view.topic for view in shown)
    return ResourceListing(shown, [views.related(catalog, progress, topic) for topic in topics])


def _resources_of(session: Session, item: Item) -> list[ResourceView]:
    topic, entry = item.topic, item.entry
    if isinstance(entry, Resource):
        chosen = [entry]
    elif isinstance(entry, Concept):
        chosen = [resource for resource in topic.resources if entry.id in resource.concepts]
    else:
        chosen = list(topic.resources)
    return [views.resource_view(session.progress, topic, resource) for resource in chosen]


def _languages(session: Session, word: str) -> set[str]:
    """What `--in` means: `zh` alone is Chinese of either script, otherwise one language of the resources."""
    known = {resource.language for topic in session.catalog.curriculum.topics for resource in topic.resources}
    if word.lower() in ("zh", "chinese", "中文"):
        return {language for language in known if language.startswith("zh")} or {"zh-Hans", "zh-Hant"}
    language = language_of(word) or next((name for name in known if name.lower() == word.lower()), None)
    if language is None:
        raise UsageError("not_one_of", option="--in", value=word, known=", ".join(sorted(known)))
    return {language}


def search(session: Session, *words: str) -> Search:
    """Items by words, best first."""
    from llmpath import search as searching

    query = " ".join(words).strip()
    if not query:
        raise UsageError("empty_search")
    catalog, progress = session.catalog, session.progress
    rows = dataset.load_search_rows(session.place, session.places.cache)
    matches: list[Match] = []
    for address, score in searching.found(rows, query):
        item = catalog.find(address)
        if item is None:
            continue
        kind = "topic" if address == item.topic.id else "concept" if isinstance(item.entry, Concept) else "resource"
        matches.append(Match(address, item.entry.title, kind, score, item.topic.title, progress.state(address)))
    return Search(query, matches)


def show_log(session: Session) -> Log:
    """What was done when, newest first; what was done in one go, in teaching order."""
    catalog = session.catalog
    records = session.progress.records_by_address()
    known = [item.address for item in catalog.items() if item.address in records]
    events = [
        Event(record.day, record.at, address, views.title_of(catalog, address), record.state, record.note)
        for address in dict.fromkeys([*known, *sorted(records)])
        if (record := records[address]).state != "todo" or record.note
    ]
    return Log(sorted(events, key=lambda event: (event.on, event.at), reverse=True))


def show_stats(session: Session) -> Stats:
    """What has been reached, in all and per part."""
    parts = _part_rows(session)
    today = session.now().date()
    records = session.progress.records_by_address()
    days = stats.active_days(records, today)
    return Stats(
        session.progress.figure(),
        parts,
        stats.total(row.hours_done for row in parts),
        stats.total(row.hours_left for row in parts),
        stats.streak(records, today),
        {day.isoformat(): count for day, count in days.items()},
        today,
    )


def wishes_of(session: Session, kind: str | None = None, minutes: int | None = None) -> Wishes:
    """What the settings say of the learner's languages and kinds, with what the command line asks for."""
    languages = list(session.config.get("preferred_languages", [])) or default_languages(session.language.value)
    return Wishes(languages, list(session.config.get("preferred_kinds", [])), kind, minutes)


def default_languages(language: str) -> list[str]:
    """Languages of resources for a reader of the program's language, best first."""
    return {"zh-Hans": ["zh-Hans", "zh-Hant"], "zh-Hant": ["zh-Hant", "zh-Hans"]}.get(language, [language])


def goal_in_force(session: Session, word: str | None = None) -> str | None:
    """The goal of the option, or else the one that is kept; None without, and where its item is gone, which is said.

    Raises `UnknownItem` or `AmbiguousItem`.
    """
    if word is not None:
        return resolved_goal(session, word)
    goal = session.progress.goal
    if goal is None or session.catalog.find(goal) or any(part.id == goal for part in session.catalog.curriculum.parts):
        return goal
    session.notify("notice.goal_gone", {"name": goal})
    return None


def resolved_goal(session: Session, word: str) -> str:
    """The address or the part that a user means as a goal. Raises `UnknownItem` or `AmbiguousItem`."""
    found = session.catalog.resolve_item_or_part(word)
    return found.address if isinstance(found, Item) else found.id


def dashboard(session: Session) -> Dashboard:
    """Where the learner stands, in a few lines."""
    catalog, progress = session.catalog, session.progress
    goal = goal_in_force(session)
    states = progress.states()
    today = session.now().date()
    return Dashboard(
        catalog.curriculum.title,
        progress.has_begun or goal is not None,
        progress.figure(),
        stats.total(row.hours_left for row in _part_rows(session)),
        [views.topic_row(catalog, progress, catalog.briefs[t]) for t, state in states.items() if state == "doing"],
        views.next_steps(catalog, progress, wishes_of(session), goal),
        goal,
        views.title_of(catalog, goal) if goal else None,
        len(goal_topics(catalog, progress, goal)) if goal else 0,
        stats.streak(progress.records_by_address(), today).current,
        catalog.curriculum.parts[0].id if len(catalog.curriculum.parts) > 1 else None,
    )
