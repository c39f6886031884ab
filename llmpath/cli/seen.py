"""Edge: what the learner last saw of a curriculum, which `news` compares with how it is now."""

from contextlib import suppress

from llmpath.cli.session import Session
from llmpath.guide.news import Change, Seen, changes_since, seen_from


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
