"""Commands that show the curriculum: list, show, resources, search."""

from collections.abc import Sequence

from llmpath.cli.commands.preferences import minutes_from, preferences_of
from llmpath.cli.session import Session
from llmpath.cli.values import one_of, some_of
from llmpath.curriculum import library
from llmpath.curriculum.catalog import Catalog, Item
from llmpath.curriculum.entries import KINDS, LEVELS, Concept, Exercise, Part, Resource
from llmpath.errors import AmbiguousItem, ItemForPart, UnknownItem, UsageError
from llmpath.guide.figure import figure_of
from llmpath.guide.recommend import chosen_resource
from llmpath.progress.log import STATES
from llmpath.text.languages import LANGUAGES, languages_meant
from llmpath.text.names import folded
from llmpath.view.items import (
    Filter,
    concept_view,
    exercise_view,
    part_rows,
    related,
    resource_view,
    topic_row,
    topic_view,
)
from llmpath.view.results.reading import (
    ConceptShown,
    ConceptView,
    ExerciseShown,
    Listing,
    Match,
    OneShown,
    ResourceListing,
    ResourceShown,
    ResourceView,
    Search,
    Shown,
    TopicShown,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.curriculum import search as searching


def list_topics(session: Session, part: str | None = None, *, state: str | None = None) -> Listing:
    """The topics of one part or of all, in one state or in any. A state may be given in place of the part."""
    state = one_of(state, "state", STATES, "--state")
    catalog, progress = session.catalog, session.progress
    if part is not None and state is None and (meant := _state_meant(session, part)):
        part, state = None, meant
    chosen = [_part(catalog, part)] if part is not None else catalog.curriculum.parts
    wanted = {row.id for row in chosen}
    states = {topic: progress.state(topic) for each in chosen for topic in each.topics}
    rows = [
        topic_row(catalog, progress, catalog.briefs[topic])
        for topic, own in states.items()
        if state is None or own == state
    ]
    return Listing(
        catalog.curriculum.title,
        figure_of(catalog, progress),
        [row for row in part_rows(catalog, progress) if row.id in wanted],
        rows,
        progress.unknown_items(),
        [*states.values()].count("doing") if state == "todo" else 0,
    )


def _state_meant(session: Session, word: str) -> str | None:
    """The state that a word means where no part is called so: `list done`."""
    try:
        session.catalog.resolve_part(word)
    except (UnknownItem, AmbiguousItem):
        from llmpath.cli.values import named

        return named(word, "state", STATES)
    return None


def _part(catalog: Catalog, word: str) -> Part:
    """The part that a word means. Raises `UnknownItem`, which names the item's command where it means an item."""
    try:
        return catalog.resolve_part(word)
    except UnknownItem:
        item = catalog.resolve(word)
        raise ItemForPart(id=item.id, title=item.entry.title) from None


def show_item(
    session: Session, items: Sequence[str], *, every: bool = False, kind: str | None = None, language: str | None = None
) -> OneShown | Shown:
    """Topics in one screen each, or with everything; concepts, resources and exercises with all there is."""
    kinds = some_of(kind, "kind", KINDS, "--kind")
    wanted = Filter(kinds, _languages(language) if language is not None else ())
    found = {item.id: item for item in (session.catalog.resolve(name) for name in items)}
    shown = [_shown(session, item, wanted, everything=every) for item in found.values()]
    return shown[0] if len(shown) == 1 else Shown(shown)


def _shown(session: Session, found: Item, wanted: Filter, *, everything: bool) -> OneShown:
    catalog, progress = session.catalog, session.progress_with_reviews
    topic, entry = found.topic, found.entry
    about = related(catalog, progress, topic.id)
    match entry:
        case Resource():
            titles = [source.title for source in catalog.curriculum.sources if source.id in entry.sources]
            return ResourceShown(resource_view(progress, topic, entry), about, titles)
        case Exercise():
            return ExerciseShown(exercise_view(progress, topic, entry), about)
        case Concept():
            views = (resource_view(progress, topic, each) for each in topic.resources if entry.id in each.concepts)
            teaching = [view for view in views if wanted.passes(view)]
            [concept] = _remembered(session, [concept_view(progress, topic, entry)])
            return ConceptShown(concept, about, teaching, not wanted.is_open)
    preferences = preferences_of(session)
    following = chosen_resource(topic, progress, preferences)
    to_read = f"{topic.id}/{following.id}" if following and not progress.is_closed(topic.id) else None
    view = topic_view(catalog, progress, topic, to_read, wanted)
    view = view._replace(concepts=_remembered(session, view.concepts))
    return TopicShown(view, not wanted.is_open, everything, preferences.languages)


def _remembered(session: Session, concepts: Sequence[ConceptView]) -> list[ConceptView]:
    """Concepts, those marked that are hardly remembered any more."""
    from llmpath.cli.due import learned_now
    from llmpath.guide import review

    chances = review.chances(learned_now(session), session.now().date())
    return [view._replace(is_faded=chances.get(view.item, 1.0) < review.FADING) for view in concepts]


def list_resources(
    session: Session,
    *items: str,
    kind: str | None = None,
    language: str | None = None,
    level: str | None = None,
    state: str | None = None,
    time: str | None = None,
    free: bool = False,
) -> ResourceListing:
    """Resources across topics: of those items or of all, and only what the options let through."""
    wanted = Filter(
        some_of(kind, "kind", KINDS, "--kind"),
        _languages(language) if language is not None else (),
        one_of(level, "level", LEVELS, "--level"),
        one_of(state, "state", STATES, "--state"),
        minutes_from(time),
        free,
    )
    catalog, progress = session.catalog, session.progress
    chosen = catalog.resolve_all(items) if items else [Item(t.id, t, t) for t in catalog.curriculum.topics]
    found: dict[str, ResourceView] = {}
    for item in chosen:
        for view in _resources_of(session, item):
            found.setdefault(view.item, view)
    shown = [view for view in found.values() if wanted.passes(view)]
    topics = dict.fromkeys(view.topic for view in shown)
    return ResourceListing(shown, [related(catalog, progress, topic) for topic in topics])


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
    return [resource_view(session.progress, topic, resource) for resource in chosen]


def _languages(word: str) -> list[str]:
    """The languages that `--in` means: `zh` alone is Chinese of either script, anything else one language."""
    languages = languages_meant(word)
    if not languages:
        raise UsageError("not_one_of", option="--in", value=word, known=LANGUAGES)
    return languages


def search(
    session: Session, words: Sequence[str], *, kind: str | None = None, language: str | None = None, every: bool = False
) -> Search:
    """Items by words, best first; `every`: all of them, not only as many as a person reads."""
    from llmpath.curriculum import search as searching

    kinds = some_of(kind, "kind", KINDS, "--kind")
    query = " ".join(words).strip()
    if not query:
        raise UsageError("empty_search")
    catalog, progress = session.catalog, session.progress
    searched = library.load_searched(session.place, session.places.cache)
    languages = _languages(language) if language is not None else ()
    found = searching.found(searched.rows, query, kinds, languages)
    if not kinds and not languages:
        found = _numbered_first(catalog, searched.rows, query, found)
    matches: list[Match] = []
    for match in found if every else found[: searching.MAX_MATCHES]:
        item = catalog.find(match.id)
        if item is None:
            continue
        title, topic, state = item.entry.title, item.topic.title, progress.state(match.id)
        # A text in another language is shown only where neither the title nor the reader's own texts show the match.
        snippet = searching.snippet(_own_texts(item), query)
        if not snippet and folded(query) not in folded(title):
            texts = searched.texts(match.place)
            snippet = searching.snippet([text for text in texts if text != match.id.rpartition("/")[2]], query)
        shown = Match(match.id, title, item.kind, match.score, snippet, topic, state)
        if isinstance(item.entry, Resource):
            entry = item.entry
            shown = shown._replace(resource_kind=entry.kind, minutes=entry.minutes, language=entry.language)
        matches.append(shown)
    return Search(query, matches, len(found))


def _own_texts(item: Item) -> list[str]:
    """What an item says of itself in the language in force."""
    texts = (getattr(item.entry, name, None) for name in ("summary", "note", "done_when"))
    return [text for text in texts if text]


def _numbered_first(
    catalog: Catalog, rows: "Sequence[searching.Row]", query: str, found: "list[searching.Match]"
) -> "list[searching.Match]":
    """The matches, before all others the topic with that number."""
    from llmpath.curriculum import search as searching

    topic = next((topic for topic, number in catalog.numbers.items() if number == folded(query)), None)
    first = [searching.Match(row.id, place, 100.0) for place, row in enumerate(rows) if row.id == topic]
    return [*first, *(match for match in found if match.id != topic)]
