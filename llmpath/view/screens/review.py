"""review, as blocks. Pure."""

from datetime import date

from llmpath.guide.review import minutes_for
from llmpath.view.document import BLANK, Block, Line, cell, joined, line
from llmpath.view.results import review as r
from llmpath.view.screens.words import Look, facts_text, take_back_line

INDENT = 5


def review_due(result: r.ReviewDue, look: Look) -> list[Block]:
    if not result.due:
        return [_nothing(result, look)]
    blocks = heading(result, look)
    for number, asked in enumerate(result.due, 1):
        blocks += [BLANK, *_question(asked, f"{number}."), line((asked.id, "dim"), indent=INDENT)]
    return [*blocks, BLANK, line((look.say("question.how"), "dim"))]


def _nothing(result: r.ReviewDue, look: Look) -> Line:
    if result.total:
        return line(look.say("question.enough", answered=result.answered, count=result.total))
    if result.next_due is None:
        return line(look.say("question.nothing_learned"))
    return line(look.say("question.nothing_due", day=look.day(result.next_due)))


def heading(result: r.ReviewDue, look: Look) -> list[Block]:
    """How much there is to do, and why more than usual."""
    count = len(result.due)
    key = "question.due" if count == result.total else "question.some_due"
    parts = look.say(key, count=count, total=result.total), look.say("question.minutes", count=minutes_for(count))
    blocks: list[Block] = [line((facts_text(*parts), "heading"))]
    if result.gives_way:
        blocks.append(line((look.say("question.gives_way", count=result.per_day), "dim")))
    return blocks


def question(asked: r.Asked, place: int, count: int, look: Look) -> list[Block]:
    """A question with what may be answered to it."""
    keys = [("Enter", "answer"), ("s", "later"), ("q", "stop")]
    return [*_question(asked, f"{place}/{count}"), _keys(keys, look)]


def _question(asked: r.Asked, place: str) -> list[Block]:
    where = f"{place:<{INDENT}}"
    return [
        line(where, (f"{asked.number} {asked.topic_title} · ", "dim"), (asked.title, "strong"), hang=INDENT),
        line(asked.question, indent=INDENT),
    ]


def answer(asked: r.Asked, look: Look) -> list[Block]:
    """The answer with its source, and how it may be graded."""
    blocks: list[Block] = [line(asked.answer, indent=INDENT)]
    if asked.source:
        blocks.append(line((facts_text(asked.source.title, asked.source.where or ""), "dim"), indent=INDENT))
    keys = _keys([("y", "yes"), ("n", "no"), ("e", "easily")], look)
    return [*blocks, Line([*cell(look.say("question.known"), "  "), *keys.spans], INDENT)]


def _keys(keys: list[tuple[str, str]], look: Look) -> Line:
    cells = [cell((f"[{key}]", "code"), f" {look.say(f'question.key_{name}')}") for key, name in keys]
    return Line(joined(cells, "   "), INDENT)


def again(day: date, look: Look) -> list[Block]:
    """When what was answered is asked again."""
    return [line((look.say("question.again", day=look.day(day)), "dim"), indent=INDENT), BLANK]


def answered(result: r.Answered, look: Look) -> list[Block]:
    day = look.day(result.due)
    return [line(look.say("question.recorded", title=result.title, day=day)), take_back_line(look)]


def review_ended(result: r.ReviewEnded, look: Look) -> list[Block]:
    blocks = again(result.last, look) if result.last else []
    said = [look.say("question.ended", count=result.answered)]
    if result.left:
        said.append(look.say("question.left", count=result.left))
    elif result.next_due:
        said.append(look.say("question.next", day=look.day(result.next_due)))
    return [*blocks, line(look.space.join(said)), *([take_back_line(look)] if result.answered else [])]
