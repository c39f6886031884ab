"""Commands that lead on: next, path, plan, open, and the dashboard of a bare `llmpath`."""

import os
import re
from collections.abc import Sequence
from datetime import date, timedelta

from llmpath.cli.commands.checks import file_name, one_of
from llmpath.cli.commands.wishes import goal_in_force, wishes_of
from llmpath.cli.session import Session
from llmpath.curriculum import graph
from llmpath.curriculum.entries import KINDS, Concept, Resource, Topic
from llmpath.errors import NoResource, NothingToOpen, UnsafeAddress, UsageError
from llmpath.guide import figures, recommend, steps, views
from llmpath.view.results.guiding import Dashboard, Next, Opened, Path, PathStep, Plan, PlanStep
from llmpath.view.results.reading import ResourceView

MAX_SUGGESTIONS = 1_000
HOURS_IN_A_WEEK = 168


def next_step(
    session: Session,
    count: str | int | None = None,
    *,
    goal: str | None = None,
    time: str | None = None,
    kind: str | None = None,
    why: bool = False,
) -> Next:
    """The next topics, and the resource of each to open first; with `why` those that wait for others, too."""
    one_of(kind, KINDS, "--kind")
    wishes = wishes_of(session, kind, minutes_of(time) if time is not None else None)
    number = _count(count) if count is not None else None
    target = goal_in_force(session, goal)
    return steps.next_steps(session.catalog, session.progress, wishes, target, number, whole_ranking=why)


def _count(word: str | int) -> int:
    try:
        number = int(word)
    except ValueError:
        number = 0
    if not 1 <= number <= MAX_SUGGESTIONS:
        raise UsageError("wrong_count", value=word)
    return number


def minutes_of(word: str) -> int:
    """A stretch of time in minutes: `45`, `45m`, `1h`, `1h30`, `1.5h`, `2小时`. Raises `UsageError`."""
    text = word.strip().lower()
    if match := re.fullmatch(r"(\d{1,5})\s*(?:m|mins?|minutes?|分|分钟|分鐘)?", text, re.ASCII):
        minutes = int(match[1])
    elif match := re.fullmatch(
        r"(\d{1,3}(?:\.\d+)?)\s*(?:h|hrs?|hours?|小时|小時)\s*(?:(\d{1,2})\s*(?:m|mins?|分|分钟|分鐘)?)?",
        text,
        re.ASCII,
    ):
        minutes = round(float(match[1]) * 60) + int(match[2] or 0)
    else:
        minutes = 0
    if minutes <= 0:
        raise UsageError("wrong_time", value=word)
    return minutes


def path(session: Session, goal: str | None = None, *, know: Sequence[str] = (), tree: bool = False) -> Path:
    """The shortest way to a goal from what is done; `know`: what if that were known already?"""
    catalog, progress = session.catalog, session.progress
    target = goal_in_force(session, goal)
    if target is None:
        raise UsageError("no_goal")
    known = [item.address for item in catalog.resolve_all(know)]
    progress = progress.supposing(known)
    topics = recommend.goal_topics(catalog, progress, target)
    on_the_way = set(topics)
    steps = [
        PathStep(
            topic,
            catalog.numbers[topic],
            catalog.briefs[topic].title,
            figures.hours_left(progress, catalog.briefs[topic]),
            progress.state(topic),
            [name for name in catalog.briefs[topic].requires if name in on_the_way],
        )
        for topic in topics
    ]
    hours = figures.total(step.hours for step in steps)
    return Path(target, views.title_of(catalog, target), steps, hours, tree, known)


def lay_out(
    session: Session,
    *,
    goal: str | None = None,
    hours_per_week: str | None = None,
    start: str | None = None,
    ics: str | None = None,
    force: bool = False,
) -> Plan:
    """Dates for what remains to the goal, or in all. A start in the past is taken as it is: the plan began then."""
    from llmpath.guide import plan

    if ics is not None:
        file_name(ics, "--ics")
    catalog, progress = session.catalog, session.progress
    per_week = _hours_per_week(session, hours_per_week)
    first = _start(start, session.now().date())
    target = goal_in_force(session, goal)
    if target is None:
        topics = graph.in_order(catalog.requires, (t for t in catalog.briefs if not progress.is_closed(t)))
    else:
        topics = recommend.goal_topics(catalog, progress, target)
    amounts = [figures.hours_left(progress, catalog.briefs[topic]) for topic in topics]
    try:
        spans = plan.spans(amounts, per_week, first)
    except OverflowError:
        raise UsageError("endless_plan", value=per_week) from None
    steps = [
        PlanStep(topic, catalog.numbers[topic], catalog.briefs[topic].title, amount, *span)
        for topic, amount, span in zip(topics, amounts, spans, strict=True)
    ]
    if ics is not None and steps:
        from llmpath.exchange.calendars import write_calendar

        write_calendar(ics, catalog, steps, session.now(), session.say, force=force)
    elif ics is not None:
        session.notify("notice.no_calendar", {"path": ics})
    return Plan(
        target,
        views.title_of(catalog, target) if target else None,
        progress.figure(),
        per_week,
        first,
        steps[-1].ends if steps else None,
        steps[-1].week if steps else 0,
        figures.total(amounts),
        steps,
        os.path.abspath(ics) if ics is not None and steps else None,
    )


def _hours_per_week(session: Session, word: str | None) -> float:
    try:
        value = float(session.setting("hours_per_week") if word is None else word)
    except ValueError:
        raise UsageError("wrong_hours", value=word) from None
    if not 0 < value <= HOURS_IN_A_WEEK:
        raise UsageError("wrong_hours", value=word)
    return value


def _start(word: str | None, today: date) -> date:
    text = "today" if word is None else word.strip().lower()
    named = {"today": today, "tomorrow": today + timedelta(days=1)}
    try:
        return named.get(text) or date.fromisoformat(text.upper())
    except ValueError:
        raise UsageError("wrong_start", value=word) from None


def open_item(session: Session, item: str | None = None, *, print_only: bool = False) -> Opened:
    """Opens a resource in the browser: that one, the first unfinished one of a topic, or that of `next`."""
    view = _resource_to_open(session, item)
    url = view.entry.url
    if url is None:
        raise NoResource(name=view.item)
    check_address(url)
    is_open = not print_only and _browse(session, url)
    if not is_open and not print_only:
        session.notify("open.no_browser", {})
    return Opened(view, is_open, print_only)


def _resource_to_open(session: Session, item: str | None) -> ResourceView:
    catalog, progress = session.catalog, session.progress
    if item is None:
        following = steps.next_steps(catalog, progress, wishes_of(session), goal_in_force(session))
        for suggestion in following.suggestions:
            if suggestion.resource is not None:
                return suggestion.resource
            return _first_unfinished(session, catalog.topic(suggestion.topic))
        raise NothingToOpen
    found = catalog.resolve(item)
    if isinstance(found.entry, Resource):
        return views.resource_view(progress, found.topic, found.entry)
    if not isinstance(found.entry, Concept):
        return _first_unfinished(session, found.topic)
    teaching = [resource for resource in found.topic.resources if found.entry.id in resource.concepts]
    return _first_unfinished(session, found.topic._replace(resources=teaching, core=()))


def _first_unfinished(session: Session, topic: Topic) -> ResourceView:
    """The resource that `next` would name; beyond the core any that is unfinished; of a finished topic the first."""
    progress, wishes = session.progress, wishes_of(session)
    chosen = recommend.chosen_resource(topic, progress, wishes)
    chosen = chosen or recommend.chosen_resource(topic._replace(core=()), progress, wishes)
    chosen = chosen or next(iter(topic.resources), None)
    if chosen is None:
        raise NoResource(name=topic.id)
    return views.resource_view(progress, topic, chosen)


def check_address(url: str) -> None:
    """Lets through what a browser may safely be handed: ASCII http(s) with a host and no user part."""
    from urllib.parse import urlsplit

    ok = url.isascii() and not re.search(r"[\s\\\x00-\x1f\x7f]", url)
    if not ok or not re.match(r"https?://(?:\[[0-9a-fA-F:.]+\]|[^/?#@:\[\]]+)(?::\d+)?(?:[/?#]|$)", url):
        raise UnsafeAddress(url=url)
    try:
        urlsplit(url)
    except ValueError:  # a number in brackets that is no address of any network
        raise UnsafeAddress(url=url) from None


def _browse(session: Session, url: str) -> bool:
    """Whether a browser was started. `webbrowser` respects $BROWSER; one that shows text needs a terminal."""
    import sys
    import webbrowser

    names = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    has_place = session.terminal.is_terminal or sys.platform in ("win32", "darwin")
    if not has_place and not any(session.environ.get(name) for name in names):
        return False
    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False


def dashboard(session: Session) -> Dashboard:
    """Where the learner stands, in a few lines."""
    from llmpath.guide import stats

    catalog, progress = session.catalog, session.progress
    goal = goal_in_force(session)
    states = progress.states()
    today = session.now().date()
    return Dashboard(
        catalog.curriculum.title,
        progress.has_begun or goal is not None,
        progress.figure(),
        figures.total(row.hours_left for row in figures.part_rows(catalog, progress)),
        [views.topic_row(catalog, progress, catalog.briefs[t]) for t, state in states.items() if state == "doing"],
        steps.next_steps(catalog, progress, wishes_of(session), goal),
        goal,
        views.title_of(catalog, goal) if goal else None,
        len(recommend.goal_topics(catalog, progress, goal)) if goal else 0,
        stats.streak(progress.active_days(), today).current,
        catalog.curriculum.parts[0].id if len(catalog.curriculum.parts) > 1 else None,
    )
