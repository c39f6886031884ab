"""Commands that look back: log, stats and news."""

from llmpath.cli.commands.preferences import past_day
from llmpath.cli.session import Session
from llmpath.cli.values import number_of
from llmpath.guide import review, stats
from llmpath.guide.figure import figure_of
from llmpath.view.items import part_rows, related
from llmpath.view.results.reviewing import Event, Log, News, Stats


def show_log(session: Session, item: str | None = None, *, most: str | None = None, since: str | None = None) -> Log:
    """What was done when, newest first, with the notes; of one item, only the newest, or only since a day."""
    catalog = session.catalog
    name = catalog.resolve(item).id if item is not None else None
    first = past_day(since, session.now().date())
    count = number_of(most, 10**9, "wrong_count")
    rows = [
        row
        for row in session.progress_with_reviews.history()
        if (name is None or name in row.items) and (first is None or row.day >= first)
    ]
    events = [Event(*row, [catalog.title_of(item) for item in row.items]) for row in rows[:count]]
    return Log(events, name is not None or first is not None)


def show_stats(session: Session) -> Stats:
    """What has been reached, in all and per part."""
    catalog, progress, today = session.catalog, session.progress_with_reviews, session.now().date()
    days = stats.active_days(progress)
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


def show_news(session: Session) -> News:
    """The changes since the last look. On a terminal this is the new last look: the file beside the log is renewed."""
    catalog, progress = session.catalog, session.progress
    seen, changes = session.news()
    named = {
        topic: related(catalog, progress, topic)
        for topic in dict.fromkeys(change.topic for change in changes)
        if topic in catalog.briefs
    }
    if session.terminal.is_terminal:
        session.keep_seen(catalog)
    return News(seen.day if seen else None, changes, named)
