"""The command that asks what was learned: review."""

from collections.abc import Mapping, Sequence
from datetime import date

from llmpath.cli.run import look_of
from llmpath.cli.session import Session
from llmpath.cli.values import number_of
from llmpath.curriculum.entries import Concept, Question, Resource, Topic
from llmpath.errors import NotLearned, UsageError
from llmpath.guide import review as reviews
from llmpath.progress.document import Table
from llmpath.progress.log import Log
from llmpath.progress.progress import Progress
from llmpath.text.names import folded
from llmpath.view.document import Block
from llmpath.view.results.reviewing import Answered, Asked, QuestionSource, ReviewDue, ReviewEnded
from llmpath.view.screens import reviewing as screens

GRADE_OF = {"y": "yes", "n": "no", "e": "easily", "yes": "yes", "no": "no", "easily": "easily"}
MAX_LIMIT = 1_000
STOP, LATER, SHOW = "q", "s", ""


def review(
    session: Session, item: str | None = None, *, limit: str | None = None, answer: str | None = None
) -> ReviewDue | ReviewEnded | Answered:
    """Asks the questions that are due, of an item or of all; lists them where nobody can answer.

    `answer`: a concept for which the grade `item` is recorded instead.
    """
    if answer is not None:
        return _recorded(session, answer, item)
    _ = session.reviews  # raises where they are damaged: else everything would be asked again
    found = due_today(session, item, number_of(limit, MAX_LIMIT, "wrong_limit"))
    if session.wants_json or not found.due or not (session.terminal.is_terminal and session.terminal.can_answer):
        return found
    session.reviews_file.writable(session.reviews)
    return _conversation(session, found)


def due_today(session: Session, item: str | None = None, limit: int | None = None) -> ReviewDue:
    """Today's questions with their answers. Raises `UsageError` for an item that has none."""
    today, per_day = session.now().date(), session.settings["reviews_per_day"]
    learned = session.learned()
    if item is not None:
        chosen = session.catalog.resolve_all([item])
        if not all(isinstance(each.entry, Topic | Concept) for each in chosen):
            raise UsageError("not_reviewed", name=chosen[0].id)
        learned = learned.only({each.id for each in chosen})
    found = reviews.for_today(learned, today, per_day, limit)
    return ReviewDue(
        [_asked(session, due) for due in found.asked],
        reviews.next_day(learned, today),
        found.due,
        found.answered,
        len(learned.days),
        found.gives_way,
        per_day,
    )


def _asked(session: Session, due: reviews.Due) -> Asked:
    catalog = session.catalog
    topic, _, name = due.item.partition("/")
    brief = catalog.briefs[topic]
    title = catalog.title_of(due.item)
    questions = [each for each in catalog.curriculum.questions.get(topic, ()) if each.concept == name]
    recalls = session.progress_with_reviews.recalls.get(due.item, ())
    if questions:
        chosen = questions[reviews.turn_of(len(questions), len(recalls))]
        ask, answer, source = chosen.ask, chosen.answer, _source(session, topic, chosen)
    else:
        concept = session.catalog.find(due.item)
        ask, source = session.say("question.about", title=title), None
        answer = concept.entry.summary if concept and isinstance(concept.entry, Concept) else ""
    return Asked(due.item, topic, catalog.numbers[topic], brief.title, title, due.since, ask, answer, source)


def _source(session: Session, topic: str, question: Question) -> QuestionSource | None:
    name = question.source if "/" in question.source else f"{topic}/{question.source}"
    item = session.catalog.find(name)
    if item is None or not isinstance(item.entry, Resource):
        return None
    return QuestionSource(item.id, item.entry.title, item.entry.url, question.where)


def _recorded(session: Session, item: str, word: str | None) -> Answered:
    """Records one answer. Raises `UsageError`, or `NotLearned` for a concept that is not reviewed."""
    grade = GRADE_OF.get(folded(word or ""))
    if grade is None:
        raise UsageError("wrong_grade", value=word or "")
    found = session.catalog.resolve(item, strict=True)
    if not isinstance(found.entry, Concept):
        raise UsageError("no_concept", name=found.id)
    if found.id not in session.learned().days:
        raise NotLearned(name=found.id, title=found.entry.title)
    return Answered(found.id, found.entry.title, grade, _save(session, found.id, grade))


def _save(session: Session, item: str, grade: str) -> date:
    """Records an answer, at once; returns the day on which the concept is asked again."""
    due = today = session.now().date()

    def make(log: Log) -> list[Table]:
        nonlocal due
        recalls = Progress(session.catalog, session.stored.log, log).recalls.get(item, [])
        due = reviews.next_due(recalls, grade, today)
        return [{"recall": [item], "grade": grade, "due": due}]

    session.record(make, is_reviews=True)
    return due


def _conversation(session: Session, found: ReviewDue) -> ReviewEnded:
    """Asks each question in turn. Every answer is saved before the next question is shown."""
    look = look_of(session)
    answered, last, is_interrupted = 0, None, False
    before: list[Block] = screens.heading(found, look)
    try:
        for place, asked in enumerate(found.due, 1):
            question = screens.question(asked, place, len(found.due), look)
            shown, before, last = [*before, *question], [], None
            reply = _reply(session, shown, question[-1:], {key: key for key in (SHOW, LATER, STOP)})
            if reply == STOP:
                break
            if reply == LATER:
                continue
            answer = screens.answer(asked, look)
            grade = _reply(session, answer, answer[-1:], {**GRADE_OF, STOP: STOP})
            if grade == STOP:
                break
            last = _save(session, asked.id, grade)
            answered += 1
            before = screens.again(last, look)
    except KeyboardInterrupt:
        is_interrupted = True
    rest = due_today(session)
    return ReviewEnded(answered, rest.total, rest.next_due, last, is_interrupted)


def _reply(session: Session, blocks: Sequence[Block], again: Sequence[Block], meant: Mapping[str, str]) -> str:
    """The answer of a person, by the words in `meant`. Asks until it is one of them; the end of input means stop."""
    reply = session.terminal.ask(blocks)
    while reply is not None and folded(reply) not in meant:
        reply = session.terminal.ask(again)
    return STOP if reply is None else meant[folded(reply)]
