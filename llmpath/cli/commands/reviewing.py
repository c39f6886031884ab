"""Commands that look back: log and stats."""

from llmpath.cli.session import Session
from llmpath.guide import figures, stats, views
from llmpath.view.results.reviewing import Event, Log, Stats


def show_log(session: Session) -> Log:
    """What was done when, newest first; what was done in one go, in teaching order."""
    catalog = session.catalog
    records = session.progress.records_by_address()
    known = [item.address for item in catalog.items() if item.address in records]
    events = [
        Event(record.day, record.at, address, views.title_of(catalog, address), record.state, record.note)
        for address in dict.fromkeys([*known, *sorted(records)])
        if (record := records[address]).state != "todo" or record.note
    ]
    return Log(sorted(events, key=lambda event: (event.on, event.at), reverse=True))


def show_stats(session: Session) -> Stats:
    """What has been reached, in all and per part."""
    parts = figures.part_rows(session.catalog, session.progress)
    today = session.now().date()
    records = session.progress.records_by_address()
    days = stats.active_days(records, today)
    return Stats(
        session.progress.figure(),
        parts,
        figures.total(row.hours_done for row in parts),
        figures.total(row.hours_left for row in parts),
        stats.streak(records, today),
        {day.isoformat(): count for day, count in days.items()},
        today,
    )
