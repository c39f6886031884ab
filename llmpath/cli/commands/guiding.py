"""Commands that lead on: next, plan, path, open, and the dashboard of a bare `llmpath`."""

import os
from collections.abc import Sequence
from datetime import date

from llmpath.cli.browser import browse
from llmpath.cli.commands.preferences import goal_in_force, preferences_of
from llmpath.cli.due import count_due
from llmpath.cli.session import Session
from llmpath.cli.values import number_of, path_of
from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Item
from llmpath.curriculum.entries import Concept, Resource, Topic
from llmpath.errors import NoResource, NothingToOpen, UnsafeAddress, UsageError
from llmpath.guide import recommend
from llmpath.guide.figure import figure_of, hours_left, total
from llmpath.progress.document import Table
from llmpath.progress.log import Log, in_curriculum, stamped
from llmpath.text.urls import url_problem
from llmpath.view.items import resource_view, topic_row
from llmpath.view.results.guiding import Dashboard, Next, Opened, Plan, PlanStep
from llmpath.view.results.reading import ResourceView
from llmpath.view.suggestions import next_steps, offered_goals

MAX_SUGGESTIONS = 1_000
HOURS_IN_A_WEEK = 168
UNDER_WAY_SHOWN = 5
"""How many topics that are under way the dashboard names."""

ARCHIVE = "https://web.archive.org/web/2/"
"""The beginning of an address that leads to the newest copy of the one behind it."""


def next_step(
    session: Session,
    count: str | None = None,
    *,
    goal: str | None = None,
    time: str | None = None,
    kind: str | None = None,
    free: bool = False,
    why: bool = False,
) -> Next:
    """The next topics, and the resource of each to open first; with `why` those that wait for others, too."""
    wanted = preferences_of(session, kind, time, free=free)
    number = number_of(count, MAX_SUGGESTIONS, "wrong_count") if count is not None else None
    target = goal_in_force(session, goal)
    progress = session.progress_with_reviews
    return next_steps(session.catalog, progress, wanted, target, number, whole_ranking=why, due=count_due(session))


def path(session: Session, goal: str | None = None, *, know: Sequence[str] = (), tree: bool = False) -> Plan:
    """The shortest way to a goal, or through all that is left, without dates. `know`: as if that were known already."""
    return _plan(session, goal_in_force(session, goal), know, tree=tree)._replace(kind="path")


def lay_out(
    session: Session,
    goal: str | None = None,
    *,
    hours_per_week: str | None = None,
    start: str | None = None,
    know: Sequence[str] = (),
    tree: bool = False,
    ics: str | None = None,
    force: bool = False,
) -> Plan:
    """Dates for what remains to the goal, or in all, from today on; what is done stands with its days."""
    ics = path_of(ics, "--ics") if ics is not None else None
    per_week = _hours_per_week(session, hours_per_week)
    first = _start(start, session.now().date())
    laid_out = _dated(_plan(session, goal_in_force(session, goal), know, tree=tree), per_week, first)
    planned = [step for step in laid_out.steps if step.week]
    if ics is not None and planned:
        from llmpath.exchange.calendars import write_calendar

        session.wrote(ics, write_calendar(ics, session.catalog, planned, session.now(), session.say, force=force))
        return laid_out._replace(calendar=os.path.abspath(ics))
    if ics is not None:
        session.notify("notice.no_calendar", {"path": ics})
    return laid_out


def _plan(session: Session, goal: str | None, know: Sequence[str], *, tree: bool) -> Plan:
    """The topics on the way to a goal, or all, in the order in which they can be learned; closed ones too."""
    from llmpath.guide.plan import pace

    catalog = session.catalog
    known = [item.id for item in catalog.resolve_all(know)]
    progress = session.progress.supposing(known)
    left = set(recommend.goal_topics(catalog, progress, goal)) if goal else None
    targets = set(catalog.topics_of(goal)) & set(catalog.briefs) if goal else set(catalog.briefs)
    wanted = graph.with_all_required(catalog.requires, targets)
    steps = [
        PlanStep(
            topic,
            catalog.numbers[topic],
            catalog.briefs[topic].title,
            hours_left(progress, catalog.briefs[topic]),
            progress.state(topic),
            [name for name in catalog.briefs[topic].requires if name in wanted and not progress.is_closed(name)],
            progress.begun_on(catalog.briefs[topic]) if progress.is_closed(topic) else None,
            progress.day(topic) if progress.is_closed(topic) else None,
        )
        for topic in graph.in_order(catalog.requires, wanted)
        if progress.is_closed(topic) or left is None or topic in left
    ]
    open_steps = [step for step in steps if not progress.is_closed(step.topic)]
    if not open_steps or not any(step.state == "done" for step in steps):
        steps = open_steps
    return Plan(
        goal,
        catalog.title_of(goal) if goal else None,
        figure_of(catalog, progress),
        float(session.settings["hours_per_week"]),
        pace(catalog, session.progress, session.now().date()),
        None,
        None,
        0,
        total(step.hours for step in open_steps),
        steps,
        known,
        [catalog.title_of(item) for item in known],
        tree,
        None,
    )


def _dated(laid_out: Plan, per_week: float, first: date) -> Plan:
    """A plan with the days of what is left, one topic after the other."""
    from llmpath.guide.plan import spans as spans_of

    left = [step for step in laid_out.steps if step.state not in ("done", "skipped")]
    try:
        spans = spans_of([step.hours for step in left], per_week, first)
    except OverflowError:
        raise UsageError("endless_plan", value=per_week) from None
    dated = {step.topic: step._replace(**span._asdict()) for step, span in zip(left, spans, strict=True)}
    steps = [dated.get(step.topic, step) for step in laid_out.steps if step.topic in dated or step.state == "done"]
    ends, weeks = (spans[-1].ends, spans[-1].week) if spans else (None, 0)
    return laid_out._replace(hours_per_week=per_week, starts=first, ends=ends, weeks=weeks, steps=steps)


def _hours_per_week(session: Session, word: str | None) -> float:
    try:
        value = float(session.settings["hours_per_week"] if word is None else word)
    except ValueError:
        raise UsageError("wrong_hours", value=word) from None
    if not 0 < value <= HOURS_IN_A_WEEK:
        raise UsageError("wrong_hours", value=word)
    return value


def _start(word: str | None, today: date) -> date:
    """The first day of a plan: that of the option if it lies ahead, else today. Raises `UsageError`."""
    if word is None:
        return today
    from llmpath.text.when import day_of

    day = day_of(word, today)
    if day is None:
        raise UsageError("wrong_start", value=word)
    return max(day, today)


def open_item(session: Session, *items: str, print_only: bool = False, archived: bool = False) -> Opened:
    """Opens resources in the browser, and notes that: those, the next one of a topic, or that of `next`."""
    chosen = [_resource_to_open(session, session.catalog.resolve(name, strict=True)) for name in items]
    views = list({view.item: view for view in chosen or [_resource_of_next(session)]}.values())
    urls = [_url_to_open(view, archived=archived) for view in views]
    if print_only:
        return Opened(views, urls, False, True, False)
    are_open = [browse(session, url) for url in urls]
    is_open = all(are_open)
    if not is_open:
        session.notify("open.no_browser", {})
    return Opened(views, urls, is_open, False, _note_opened(session, [view.item for view in views]))


def _url_to_open(view: ResourceView, *, archived: bool) -> str:
    """The address of a resource, if a browser may be handed it. Raises `NoResource` or `UnsafeAddress`."""
    url = view.entry.url
    if url is None:
        raise NoResource(name=view.item)
    if url_problem(url):
        raise UnsafeAddress(url=url)
    return ARCHIVE + url if archived else url


def _note_opened(session: Session, items: Sequence[str]) -> bool:
    """Writes to the log that resources were opened; where that cannot be, it is a warning and no failure."""
    from llmpath.errors import LlmpathError

    curriculum = in_curriculum(session.catalog.curriculum.id)

    def make(log: Log) -> list[Table]:
        return stamped([{"open": [*items], **curriculum}], log.newest, session.now())

    try:
        session.save(make)
    except LlmpathError as error:
        from llmpath.view.error_texts import text_of

        session.warn("warning.not_noted", reason=text_of(error, session.say))
        return False
    return True


def _resource_of_next(session: Session) -> ResourceView:
    following = next_steps(session.catalog, session.progress, preferences_of(session), goal_in_force(session))
    for suggestion in following.suggestions:
        return suggestion.resource or _first_unfinished(session, session.catalog.topic(suggestion.topic))
    raise NothingToOpen


def _resource_to_open(session: Session, found: Item) -> ResourceView:
    if isinstance(found.entry, Resource):
        return resource_view(session.progress, found.topic, found.entry)
    if not isinstance(found.entry, Concept):
        return _first_unfinished(session, found.topic)
    teaching = [resource for resource in found.topic.resources if found.entry.id in resource.concepts]
    return _first_unfinished(session, found.topic._replace(resources=teaching, core=()))


def _first_unfinished(session: Session, topic: Topic) -> ResourceView:
    """The resource that `next` would name; beyond the core any that is unfinished; of a finished topic the first."""
    progress, wanted = session.progress, preferences_of(session)
    chosen = recommend.chosen_resource(topic, progress, wanted)
    chosen = chosen or recommend.chosen_resource(topic._replace(core=()), progress, wanted)
    chosen = chosen or next((each for each in topic.resources if wanted.allow(each)), None)
    if chosen is None:
        raise NoResource(name=topic.id)
    return resource_view(progress, topic, chosen)


def dashboard(session: Session) -> Dashboard:
    """Where the learner stands, in a few lines."""
    from llmpath.guide.stats import streak

    catalog, progress = session.catalog, session.progress_with_reviews
    goal = goal_in_force(session)
    under_way = [topic for topic, state in progress.states().items() if state == "doing"]
    under_way.sort(key=lambda topic: str(progress.touched_at(catalog.briefs[topic]) or ""), reverse=True)
    following = next_steps(catalog, progress, preferences_of(session), goal, due=count_due(session))
    has_begun = progress.has_begun or goal is not None
    return Dashboard(
        catalog.curriculum.title,
        catalog.curriculum.parts[0].id,
        has_begun,
        following.progress,
        [topic_row(catalog, progress, catalog.briefs[topic]) for topic in under_way[:UNDER_WAY_SHOWN]],
        len(under_way[UNDER_WAY_SHOWN:]),
        following,
        goal,
        catalog.title_of(goal) if goal else None,
        len(recommend.goal_topics(catalog, progress, goal)) if goal else 0,
        streak(progress.active_days(), session.now().date()).current,
        [] if has_begun else offered_goals(catalog, progress),
        len(session.news()[1]),
    )
