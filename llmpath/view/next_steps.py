"""Suggestions and goals, as results. Pure."""

from collections.abc import Iterable
from itertools import islice

from llmpath.curriculum.catalog import Catalog, Item
from llmpath.guide import recommend
from llmpath.guide.figure import figure_of, hours_left, is_core_read, total
from llmpath.guide.recommend import Candidate, Preferences, Reason
from llmpath.progress.progress import Progress
from llmpath.view.items import last_note, view_of
from llmpath.view.results.guiding import GoalRow, NextSteps, Suggestion
from llmpath.view.results.marking import Marked


def _suggestion(
    progress: Progress, catalog: Catalog, candidate: Candidate, wanted: Preferences, *, is_default: bool
) -> Suggestion:
    """A candidate of the ranking, as it is shown; `is_default`: `open` alone would open it."""
    topic, resource, brief = candidate.topic, candidate.resource, catalog.briefs[candidate.topic.id]
    is_core_done = resource is None and is_core_read(progress, brief)
    exercise = topic.exercise if is_core_done and not progress.is_closed(f"{topic.id}/exercise") else None
    to_open = "" if is_default else topic.id
    if wanted.are_narrow and resource is not None:
        to_open = f"{topic.id}/{resource.id}"
    return Suggestion(
        topic.id,
        catalog.numbers[topic.id],
        topic.title,
        hours_left(progress, brief),
        [_named(catalog, reason) for reason in candidate.reasons],
        view_of(progress, topic, resource) if resource else None,
        wanted.minutes if candidate.in_parts else None,
        view_of(progress, topic, exercise) if exercise else None,
        [view_of(progress, topic, each) for each in candidate.unreadable],
        last_note(progress, brief),
        candidate.can_begin,
        to_open,
    )


def _named(catalog: Catalog, reason: Reason) -> Reason:
    """A reason with the titles of the topics and the goal that it speaks of."""
    fields = dict(reason.fields)
    if "topics" in fields:
        fields["titles"] = [catalog.title_of(name) for name in fields["topics"]]
    if "goal" in fields:
        fields["title"] = catalog.title_of(fields["goal"])
    return reason._replace(fields=fields)


def next_steps(
    catalog: Catalog,
    progress: Progress,
    wanted: Preferences,
    goal: str | None = None,
    count: int | None = 1,
    *,
    whole_ranking: bool = False,
    due: int = 0,
) -> NextSteps:
    """Suggestions: the first `count` topics that can be started, one by default; or of all that are open, or all."""
    candidates = recommend.ranking(catalog, progress, wanted, goal)
    chosen = list(islice(candidates, count)) if whole_ranking else recommend.suggestions(candidates, count or 1)
    is_own = goal == progress.goal
    return NextSteps(
        [
            _suggestion(progress, catalog, candidate, wanted, is_default=is_own and place == 0)
            for place, candidate in enumerate(chosen)
        ],
        figure_of(catalog, progress),
        goal,
        catalog.title_of(goal) if goal else None,
        goal is not None and not recommend.goal_topics(catalog, progress, goal),
        whole_ranking,
        due,
    )


def offered_goals(catalog: Catalog, progress: Progress) -> list[GoalRow]:
    """The goals that are not reached yet: those of the curriculum, or its parts where it has none."""
    curriculum = catalog.curriculum
    return [
        GoalRow(each.id, each.title, each.summary, hours_of(catalog, progress, topics))
        for each in (curriculum.goals or curriculum.parts)
        if (topics := recommend.goal_topics(catalog, progress, each.id))
    ]


def hours_of(catalog: Catalog, progress: Progress, topics: Iterable[str]) -> float:
    """The hours that are left of some topics, as the sum of what is shown of each."""
    return total(hours_left(progress, catalog.briefs[topic]) for topic in topics)


def marked(catalog: Catalog, progress: Progress, item: Item) -> Marked:
    """An item as a command that changes it shows it."""
    return Marked(
        item.id,
        catalog.numbers[item.topic.id],
        item.entry.title,
        progress.state(item.id),
        is_topic=item.id == item.topic.id,
        on=progress.day(item.id),
    )


def finished_cores(catalog: Catalog, progress: Progress, topics: Iterable[str]) -> list[Marked]:
    """Those topics whose core is read and which are not done yet."""
    return [
        marked(catalog, progress, Item(name, catalog.topic(name), catalog.topic(name)))
        for name in topics
        if not progress.is_closed(name) and is_core_read(progress, catalog.briefs[name])
    ]
