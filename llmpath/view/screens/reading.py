"""list, resources and search, as blocks. Pure."""

from llmpath.guide.figure import Figure
from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, Line, cell, line, spaced
from llmpath.view.quoting import message, quoted
from llmpath.view.results import reading as r
from llmpath.view.screens.words import Look, facts_text, figure_line, resource_lines, topic_table, with_command


def listing(result: r.Listing, look: Look) -> list[Block]:
    blocks: list[Block] = [figure_line(result.title, result.progress, look)]
    rows: list[r.TopicRow | Across] = []
    for part in result.parts:
        if topics := [row for row in result.topics if row.part == part.id]:
            name, figure = f"{part.number} {part.title}", _short(part.progress, look)
            rows += [BLANK_ROW, Across(cell((name, "heading")), cell((figure, "dim"))), *topics]
    if rows:
        blocks.append(topic_table(rows, look))
    else:
        blocks += [BLANK, line(look.say("list.nothing"))]
    if result.under_way:
        blocks += [BLANK, message(look.say("list.under_way", count=result.under_way), "dim")]
    if result.without_item:
        blocks += [BLANK, message(look.say("list.without_item", count=len(result.without_item)), "dim")]
    return blocks


def _short(figure: Figure, look: Look) -> str:
    """The figure of a part in one word: done of those that are not skipped."""
    if figure.total and figure.skipped == figure.total:
        return look.say("figure.skipped", count=figure.skipped)
    return f"{figure.done}/{figure.total - figure.skipped}"


def resource_listing(result: r.ResourceListing, look: Look) -> list[Block]:
    if not result.resources:
        return [line(look.say("resources.nothing"))]
    blocks: list[Block] = [line((look.say("resources.count", count=len(result.resources)), "heading"))]
    for topic in result.topics:
        own = [view for view in result.resources if view.topic == topic.id]
        blocks += [BLANK, line((f"{topic.number} {topic.title}", "heading"))]
        blocks += spaced(resource_lines(view, look, with_note=False) for view in own)
    return blocks


def search(result: r.Search, look: Look) -> list[Block]:
    if not result.matches:
        return [message(look.say("search.nothing", words=result.words))]
    blocks = spaced(_match(match, look) for match in result.matches)
    if result.total > len(result.matches):
        more = look.say("search.more", count=result.total - len(result.matches))
        command = f"llmpath search {quoted(result.words)} --all"
        blocks += [BLANK, Line(with_command(more, command, look, "dim"))]
    return blocks


def _match(match: r.Match, look: Look) -> list[Block]:
    kind = look.say(f"kind.{match.resource_kind}" if match.resource_kind else f"item.{match.kind}")
    facts = facts_text(kind, look.minutes(match.minutes), look.language(match.language), match.id)
    return [
        line(look.sign(match.state), " ", (match.title, "strong"), hang=2),
        line((facts, "dim"), indent=2),
        *([line(match.snippet, indent=2)] if match.snippet else []),
    ]
