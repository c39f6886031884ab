"""Commands that show the curriculum: list, show, resources, search."""

from collections.abc import Sequence

from llmpath.cli.commands.preferences import minutes_from, preferences_of
from llmpath.cli.session import Session
from llmpath.cli.values import named, one_of, some_of
from llmpath.curriculum.catalog import Catalog, Item
from llmpath.curriculum.entries import Concept, Exercise, Part, Resource
from llmpath.curriculum.kinds import KINDS, LEVELS
from llmpath.errors import AmbiguousItem, ItemForPart, UnknownItem, UsageError
from llmpath.guide.figure import figure_of
from llmpath.guide.recommend import chosen_resource
from llmpath.progress.log import STATES
from llmpath.text.languages import LANGUAGES, languages_meant
from llmpath.text.names import folded
from llmpath.view.items import Filter, part_rows, related, topic_row, topic_view, view_of
from llmpath.view.results.reading import ConceptView, Listing, Match, ResourceListing, ResourceView, Search
from llmpath.view.results.showing import ConceptShown, ExerciseShown, OneShown, ResourceShown, Shown, TopicShown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from llmpath.curriculum import search as searching


def list_topics(session: Session, part: str | None = None, *, state: str | None = None) -> Listing:
    """The topics of one part or of all, in one state or in any. A state may be given in place of the part."""
    state = one_of(state, "state", STATES, "--state")
    catalog, progress = session.catalog, session.progress
    parts, state = _parts_and_state(catalog, part, state) if part is not None else (catalog.curriculum.parts, state)
    states = {topic: progress.state(topic) for each in parts for topic in each.topics}
    return Listing(
        catalog.curriculum.title,
        figure_of(catalog, progress),
        [row for row in part_rows(catalog, progress) if row.id in {part.id for part in parts}],
        [topic_row(catalog, progress, catalog.briefs[topic]) for topic, own in states.items() if state in (None, own)],
        progress.unknown_items(),
        [*states.values()].count("doing") if state == "todo" else 0,
    )


def _parts_and_state(catalog: Catalog, word: str, state: str | None) -> tuple[Sequence[Part], str | None]:
    """The part that a word means, or all parts and the state that it means: `list done`.

    Raises `AmbiguousItem`, `UnknownItem`, or `ItemForPart`, which names the command for an item.
    """
    try:
        return [catalog.resolve_part(word)], state
    except (UnknownItem, AmbiguousItem) as error:
        if state is None and (meant := named(word, "state", STATES)):
            return catalog.curriculum.parts, meant
        if isinstance(error, AmbiguousItem):
            raise
    item = catalog.resolve(word)
    raise ItemForPart(id=item.id, title=item.entry.title)


def show_item(
    session: Session, items: Sequence[str], *, every: bool = False, kind: str | None = None, language: str | None = None
) -> OneShown | Shown:
    """Topics in one screen each, or with everything; concepts, resources and exercises with all there is."""
    kinds = some_of(kind, "kind", KINDS, "--kind")
    wanted = Filter(kinds, _languages(language))
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
            return ResourceShown(view_of(progress, topic, entry), about, titles)
        case Exercise():
            return ExerciseShown(view_of(progress, topic, entry), about)
        case Concept():
            views = (view_of(progress, topic, each) for each in topic.resources if entry.id in each.concepts)
            teaching = [view for view in views if wanted.passes(view)]
            [concept] = _remembered(session, [view_of(progress, topic, entry)])
            return ConceptShown(concept, about, teaching, not wanted.is_open)
    preferences = preferences_of(session)
    following = chosen_resource(topic, progress, preferences)
    to_read = f"{topic.id}/{following.id}" if following and not progress.is_closed(topic.id) else None
    view = topic_view(catalog, progress, topic, to_read, wanted)
    view = view._replace(concepts=_remembered(session, view.concepts))
    return TopicShown(view, not wanted.is_open, everything, preferences.languages)


def _remembered(session: Session, concepts: Sequence[ConceptView]) -> list[ConceptView]:
    """Concepts, those marked that are hardly remembered any more."""
    from llmpath.guide import review

    chances = review.chances(session.learned(), session.now().date())
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
        _languages(language),
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
    return [view_of(session.progress, topic, resource) for resource in chosen]


def _languages(word: str | None) -> list[str]:
    """The languages that `--in` means, if any: `zh` alone is Chinese of either script, anything else one language."""
    if word is None:
        return []
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
    languages = _languages(language)
    found = searching.found(searching.rows_of(session.catalogs), query, kinds, languages)
    if not kinds and not languages:
        found = _numbered_first(catalog, query, found)
    matches: list[Match] = []
    for match in found if every else found[: searching.MAX_MATCHES]:
        item = catalog.find(match.id)
        if item is None:
            continue
        title, topic, state = item.entry.title, item.topic.title, progress.state(match.id)
        snippet = _snippet(session, item, query)
        shown = Match(match.id, title, item.kind, match.score, snippet, topic, state)
        if isinstance(item.entry, Resource):
            entry = item.entry
            shown = shown._replace(resource_kind=entry.kind, minutes=entry.minutes, language=entry.language)
        matches.append(shown)
    return Search(query, matches, len(found))


def _snippet(session: Session, item: Item, query: str) -> str:
    """The piece of an item's texts that shows a match; empty where the title does, and its own texts do not.

    A text in another language is shown only where none in the reader's own shows the match.
    """
    from llmpath.curriculum.search import snippet, texts_of

    own = snippet(texts_of(item), query)
    if own or folded(query) in folded(item.entry.title):
        return own
    others = [other for catalog in session.catalogs if (other := catalog.find(item.id))]
    texts = [text for other in others for text in texts_of(other)]
    return snippet([*texts, *(other.entry.title for other in others), *getattr(item.entry, "aliases", ())], query)


def _numbered_first(catalog: Catalog, query: str, found: "list[searching.Match]") -> "list[searching.Match]":
    """The matches, before all others the topic with that number."""
    from llmpath.curriculum import search as searching

    topic = next((topic for topic, number in catalog.numbers.items() if number == folded(query)), None)
    first = [searching.Match(topic, 100.0)] if topic else []
    return [*first, *(match for match in found if match.id != topic)]
