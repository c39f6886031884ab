"""Commands that look back: log and stats."""

from llmpath.cli.commands.preferences import past_day
from llmpath.cli.session import Session
from llmpath.errors import UsageError
from llmpath.guide import review, stats
from llmpath.guide.figure import figure_of
from llmpath.view.items import part_rows
from llmpath.view.results.reviewing import Event, Log, Stats
from llmpath.view.suggestions import titles_of


def show_log(session: Session, item: str | None = None, *, most: str | None = None, since: str | None = None) -> Log:
    """What was done when, newest first, with the notes; of one item, only the newest, or only since a day."""
    catalog = session.catalog
    name = catalog.resolve(item).id if item is not None else None
    first = past_day(since, session.now().date()) if since is not None else None
    if most is not None and not (most.isascii() and most.isdecimal() and int(most[:9])):
        raise UsageError("wrong_count", value=most)
    rows = [
        row
        for row in session.progress_with_reviews.history()
        if (name is None or name in row.items) and (first is None or row.day >= first)
    ]
    chosen = rows[: int(most[:9])] if most is not None else rows
    events = [Event(*row, titles_of(catalog, row.items)) for row in chosen]
    return Log(events, name is not None or first is not None)


def show_stats(session: Session) -> Stats:
    """What has been reached, in all and per part."""
    catalog, progress, today = session.catalog, session.progress_with_reviews, session.now().date()
    days = progress.active_days()
    figure = figure_of(catalog, progress)
    return Stats(
        figure,
        part_rows(catalog, progress),
        figure.hours_done,
        figure.hours_left,
        stats.streak(days, today),
        {day.isoformat(): count for day, count in stats.last_year(days, today).items()},
        today,
        review.memory(review.learned(catalog, progress, today), today),
    )
