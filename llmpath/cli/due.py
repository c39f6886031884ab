"""Edge: what was learned, and how much of it is to be reviewed, for screens beside `review`."""

from llmpath.cli.session import Session
from llmpath.guide import review as reviews


def learned_now(session: Session) -> reviews.Learned:
    """What is reviewed, with its recalls. Imports no scheduler."""
    return reviews.learned(session.catalog, session.progress_with_reviews, session.now().date())


def count_due(session: Session) -> int:
    """How many questions `review` asks today, for the line in other screens."""
    today = session.now().date()
    return len(reviews.for_today(learned_now(session), today, session.settings["reviews_per_day"]).asked)
