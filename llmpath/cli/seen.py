"""Edge: what the learner last saw of a curriculum, which `news` compares with how it is now."""

from contextlib import suppress

from llmpath.cli.session import Session
from llmpath.curriculum.catalog import Catalog
from llmpath.guide.news import Change, Seen, changes_since, plain_of, seen_from, seen_now


def seen_of(session: Session) -> Seen | None:
    """The curriculum as the learner last saw it; None where they never did, or the file is damaged."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        return seen_from(session.seen_file(session.catalog).read())
    return None


def changes_to_see(session: Session, seen: Seen | None) -> list[Change]:
    """The changes since then; none where nothing was seen."""
    return changes_since(seen, session.catalog, session.progress, session.language) if seen else []


def unseen_changes(session: Session) -> int:
    """How many changes the learner has not looked at, for the one line of the dashboard."""
    return len(changes_to_see(session, seen_of(session)))


def keep_seen(session: Session, catalog: Catalog) -> None:
    """Keeps what a curriculum is like now. Where that cannot be written, the next look tells the same again."""
    day = session.now().date().isoformat()
    with suppress(OSError):
        session.seen_file(catalog).write(plain_of(seen_now(catalog, day, session.language)))
