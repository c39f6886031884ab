"""`news`: what changed in the curriculum since the learner last looked."""

from llmpath.cli.seen import changes_to_see, keep_seen, seen_of
from llmpath.cli.session import Session
from llmpath.view.results.changes import News, TopicNamed


def show_news(session: Session) -> News:
    """The changes since the last look. On a terminal this is the new last look: the file beside the log is renewed."""
    catalog, progress = session.catalog, session.progress
    seen = seen_of(session)
    changes = changes_to_see(session, seen)
    named = {
        topic: TopicNamed(catalog.numbers[topic], catalog.briefs[topic].title, progress.state(topic))
        for topic in dict.fromkeys(change.topic for change in changes)
        if topic in catalog.briefs
    }
    if session.terminal.is_terminal:
        keep_seen(session, catalog)
    return News(seen.day if seen else None, changes, named)
