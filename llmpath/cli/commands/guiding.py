"""Commands that lead on: next, plan, path, open, and the dashboard of a bare `llmpath`."""

import os
from collections.abc import Sequence
from datetime import date

from llmpath.cli.commands.preferences import day_from, goal_in_force, preferences_of
from llmpath.cli.programs import browse
from llmpath.cli.session import Session
from llmpath.cli.settings import value_from
from llmpath.cli.values import number_of, path_of
from llmpath.curriculum import graph
from llmpath.curriculum.catalog import Item
from llmpath.curriculum.entries import Concept, Resource, Topic
from llmpath.errors import LlmpathError, NoResource, NothingToOpen, UnsafeAddress, UsageError
from llmpath.guide import recommend
from llmpath.guide.figure import figure_of, hours_left, total
from llmpath.text.urls import url_problem
from llmpath.view.items import topic_row, view_of
from llmpath.view.next_steps import next_steps, offered_goals
from llmpath.view.results.guiding import Dashboard, NextSteps, Opened, Plan, PlanStep
from llmpath.view.results.reading import ResourceView

MAX_SUGGESTIONS = 1_000
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
) -> NextSteps:
    """The next topics, and the resource of each to open first; with `why` those that wait for others, too."""
    wanted = preferences_of(session, kind, time, free=free)
    number = number_of(count, MAX_SUGGESTIONS, "wrong_count")
    target = goal_in_force(session, goal)
    progress = session.progress_with_reviews
    return next_steps(session.catalog, progress, wanted, target, number, whole_ranking=why, due=session.count_due())


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
    per_week, today = _hours_per_week(session, hours_per_week), session.now().date()
    first = max(today, day_from(start, today, "wrong_start") or today)
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
    targets = catalog.topics_of(goal) if goal else catalog.briefs
    wanted = graph.with_all_required(catalog.requires, set(targets) & set(catalog.briefs))
    on_the_way = recommend.goal_topics(catalog, progress, goal) if goal else wanted
    left = {topic for topic in on_the_way if not progress.is_closed(topic)}
    has_past = bool(left) and any(progress.state(topic) == "done" for topic in wanted)
    steps: list[PlanStep] = []
    for brief in (catalog.briefs[topic] for topic in graph.in_order(catalog.requires, wanted)):
        is_past = has_past and progress.is_closed(brief.id)
        if is_past or brief.id in left:
            requires = [name for name in brief.requires if name in wanted and not progress.is_closed(name)]
            days = (progress.begun_on(brief), progress.day(brief.id)) if is_past else (None, None)
            number, hours, state = catalog.numbers[brief.id], hours_left(progress, brief), progress.state(brief.id)
            steps.append(PlanStep(brief.id, number, brief.title, hours, state, requires, *days))
    return Plan(
        goal,
        catalog.title_of(goal) if goal else None,
        figure_of(catalog, progress),
        float(session.settings["hours_per_week"]),
        pace(catalog, session.progress, session.now().date()),
        None,
        None,
        0,
        total(step.hours for step in steps),
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
    steps = [dated.get(step.topic, step) for step in laid_out.steps if step.state != "skipped"]
    ends, weeks = (spans[-1].ends, spans[-1].week) if spans else (None, 0)
    return laid_out._replace(hours_per_week=per_week, starts=first, ends=ends, weeks=weeks, steps=steps)


def _hours_per_week(session: Session, word: str | None) -> float:
    """The hours of the option, or else of the settings. Raises `UsageError`."""
    if word is None:
        return float(session.settings["hours_per_week"])
    try:
        return float(value_from("hours_per_week", word, "--hours-per-week"))
    except UsageError:
        raise UsageError("wrong_hours", value=word) from None


def open_item(session: Session, *items: str, print_only: bool = False, archived: bool = False) -> Opened:
    """Opens resources in the browser, and notes that: those, the next one of a topic, or that of `next`."""
    chosen = [_resource_to_open(session, session.catalog.resolve(name, strict=True)) for name in items]
    views = list({view.item: view for view in chosen or [_resource_of_next(session)]}.values())
    urls = [_url_to_open(view, archived=archived) for view in views]
    if print_only:
        return Opened(views, urls, False, False)
    are_open = [browse(session, url) for url in urls]
    is_open = all(are_open)
    if not is_open:
        session.notify("open.no_browser", {})
    return Opened(views, urls, is_open, _note_opened(session, [view.item for view in views]))


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
    try:
        session.record(lambda _log: [{"open": [*items]}])
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
        return view_of(session.progress, found.topic, found.entry)
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
    return view_of(progress, topic, chosen)


def dashboard(session: Session) -> Dashboard:
    """Where the learner stands, in a few lines."""
    from llmpath.guide.stats import active_days, streak

    catalog, progress = session.catalog, session.progress_with_reviews
    goal = goal_in_force(session)
    under_way = [topic for topic, state in progress.states().items() if state == "doing"]
    under_way.sort(key=lambda topic: str(progress.touched_at(catalog.briefs[topic]) or ""), reverse=True)
    following = next_steps(catalog, progress, preferences_of(session), goal, due=session.count_due())
    has_begun = progress.has_begun or goal is not None
    return Dashboard(
        catalog.curriculum.title,
        catalog.curriculum.parts[0].id,
        has_begun,
        [topic_row(catalog, progress, catalog.briefs[topic]) for topic in under_way[:UNDER_WAY_SHOWN]],
        len(under_way[UNDER_WAY_SHOWN:]),
        following,
        len(recommend.goal_topics(catalog, progress, goal)) if goal else 0,
        streak(active_days(progress), session.now().date()).current,
        [] if has_begun else offered_goals(catalog, progress),
        len(session.news()[1]),
    )
