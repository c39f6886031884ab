"""Commands that look back: log and stats."""

from llmpath.cli.session import Session
from llmpath.guide import figures, stats, views
from llmpath.view.results.reviewing import Event, Log, Stats


def show_log(session: Session, item: str | None = None) -> Log:
    """What was done when, newest first, with the notes; of one item where one is named."""
    catalog = session.catalog
    name = catalog.resolve(item).address if item is not None else None
    rows = [row for row in session.progress_with_reviews.history() if name is None or name in row.items]
    return Log([Event(*row, [views.title_of(catalog, each) for each in row.items]) for row in rows])


def show_stats(session: Session) -> Stats:
    """What has been reached, in all and per part."""
    progress, today = session.progress_with_reviews, session.now().date()
    parts = figures.part_rows(session.catalog, progress)
    days = progress.active_days()
    return Stats(
        progress.figure(),
        parts,
        figures.total(row.hours_done for row in parts),
        figures.total(row.hours_left for row in parts),
        stats.streak(days, today),
        {day.isoformat(): count for day, count in stats.last_year(days, today).items()},
        today,
    )
