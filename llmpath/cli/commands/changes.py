"""`news`: what changed in the curriculum since the learner last looked; and how many changes wait to be looked at."""

from contextlib import suppress

from llmpath.cli.session import Session
from llmpath.curriculum.catalog import Catalog
from llmpath.guide.news import Change, Seen, changes_since, plain_of, seen_from, seen_now
from llmpath.progress.progress import Progress
from llmpath.view.results.changes import News, TopicNamed


def show_news(session: Session) -> News:
    """What changed since the last look. On a terminal that look is this one: the file beside the log is renewed."""
    catalog, progress = session.catalog, session.progress
    seen = seen_of(session, catalog)
    changes = _changes(session, seen)
    named = {
        topic: TopicNamed(catalog.numbers[topic], catalog.briefs[topic].title, progress.state(topic))
        for topic in dict.fromkeys(change.topic for change in changes)
        if topic in catalog.briefs
    }
    if session.terminal.is_terminal:
        keep_seen(session, catalog)
    return News(seen.day if seen else None, changes, named)


def unseen_changes(session: Session) -> int:
    """How many changes the learner has not looked at, for the one line of the dashboard."""
    return len(_changes(session, seen_of(session, session.catalog)))


def _changes(session: Session, seen: Seen | None) -> list[Change]:
    progress: Progress = session.progress
    return changes_since(seen, session.catalog, progress, session.language) if seen else []


def seen_of(session: Session, catalog: Catalog) -> Seen | None:
    """What was seen of a curriculum at the last look; None where nothing was, or the file is damaged."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        return seen_from(session.seen_file(catalog).read())
    return None


def keep_seen(session: Session, catalog: Catalog) -> None:
    """Keeps what the curriculum is like now. Where that cannot be written, the next look tells the same again."""
    day = session.now().date().isoformat()
    with suppress(OSError):
        session.seen_file(catalog).write(plain_of(seen_now(catalog, day, session.language)))
