"""The ranking of what to do next, as a result. Pure."""

from itertools import islice

from llmpath.curriculum.catalog import Catalog
from llmpath.guide import figures, recommend
from llmpath.guide.recommend import Candidate, Wishes
from llmpath.guide.views import resource_view, title_of
from llmpath.progress.progress import Progress
from llmpath.view.results.guiding import Next, Reason, Suggestion


def suggestion(progress: Progress, catalog: Catalog, candidate: Candidate, to_open: str) -> Suggestion:
    """A candidate of the ranking, as it is shown."""
    topic, resource = candidate.topic, candidate.resource
    return Suggestion(
        topic.id,
        catalog.numbers[topic.id],
        topic.title,
        figures.hours_left(progress, catalog.briefs[topic.id]),
        [_named(catalog, reason) for reason in candidate.reasons],
        resource_view(progress, topic, resource) if resource else None,
        candidate.can_begin,
        to_open,
    )


def _to_open(candidate: Candidate, wishes: Wishes, *, is_default: bool) -> str:
    """What tells `llmpath open` to open a candidate's resource, as short as it can be."""
    if wishes.choose_resource and candidate.resource is not None:
        return f"{candidate.topic.id}/{candidate.resource.id}"
    return "" if is_default else candidate.topic.id


def _named(catalog: Catalog, reason: Reason) -> Reason:
    """A reason with the titles of the topics and the goal that it speaks of."""
    fields = dict(reason.fields)
    if "topics" in fields:
        fields["titles"] = [title_of(catalog, name) for name in fields["topics"]]
    if "goal" in fields:
        fields["title"] = title_of(catalog, fields["goal"])
    return reason._replace(fields=fields)


def next_steps(
    catalog: Catalog,
    progress: Progress,
    wishes: Wishes,
    goal: str | None = None,
    count: int | None = 1,
    *,
    whole_ranking: bool = False,
) -> Next:
    """What to do next: the first `count` topics that can be begun, one by default; or of all that are open, or all."""
    candidates = recommend.ranking(catalog, progress, wishes, goal)
    chosen = list(islice(candidates, count)) if whole_ranking else recommend.suggestions(candidates, count or 1)
    return Next(
        [
            suggestion(
                progress,
                catalog,
                candidate,
                _to_open(candidate, wishes, is_default=place == 0 and goal == progress.goal),
            )
            for place, candidate in enumerate(chosen)
        ],
        progress.figure(),
        goal,
        title_of(catalog, goal) if goal else None,
        bool(goal) and not recommend.goal_topics(catalog, progress, goal or ""),
        whole_ranking,
    )
