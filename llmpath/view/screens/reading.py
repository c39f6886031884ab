"""list, resources and search, as blocks. Pure."""

from llmpath.guide.figure import Figure
from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, cell, line, spaced
from llmpath.view.quoting import quoted, with_commands
from llmpath.view.results import reading as r
from llmpath.view.screens.words import (
    Look,
    facts_text,
    figure_line,
    language_text,
    minutes_text,
    resource_lines,
    sign,
    topic_table,
    with_command,
)


def listing(result: r.Listing, look: Look) -> list[Block]:
    blocks: list[Block] = [figure_line(result.title, result.progress, look)]
    rows: list[r.TopicRow | Across] = []
    for part in result.parts:
        topics = [row for row in result.topics if row.part == part.id]
        if topics:
            name, figure = f"{part.number} {part.title}", _short(part.progress, look)
            heading = Across(cell((name, "heading")), cell((figure, "dim")))
            rows += [BLANK_ROW, heading, *topics]
    if rows:
        blocks.append(topic_table(rows, look))
    else:
        blocks += [BLANK, line(look.say("list.nothing"))]
    if result.under_way:
        blocks += [BLANK, line(*with_commands(look.say("list.under_way", count=result.under_way), "dim"))]
    if result.without_item:
        text = look.say("list.without_item", count=len(result.without_item))
        blocks += [BLANK, line(*with_commands(text, "dim"))]
    return blocks


def _short(figure: Figure, look: Look) -> str:
    """The figure of a part in one word: done of those that are not skipped."""
    if figure.total and figure.skipped == figure.total:
        return look.say("figure.skipped", count=figure.skipped)
    return f"{figure.done}/{figure.total - figure.skipped}"


def resources(result: r.ResourceListing, look: Look) -> list[Block]:
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
        return [line(*with_commands(look.say("search.nothing", words=result.words)))]
    blocks = spaced(_match(match, look) for match in result.matches)
    if result.total > len(result.matches):
        more = look.say("search.more", count=result.total - len(result.matches))
        command = f"llmpath search {quoted(result.words)} --all"
        blocks += [BLANK, line(*with_command(more, command, look, "dim"))]
    return blocks


def _match(match: r.Match, look: Look) -> list[Block]:
    kind = look.say(f"kind.{match.resource_kind}" if match.resource_kind else f"item.{match.kind}")
    language = language_text(match.language, look) if match.language else ""
    return [
        line(sign(match.state, look), " ", (match.title, "strong"), hang=2),
        line((facts_text(kind, minutes_text(match.minutes, look), language, match.id), "dim"), indent=2),
        *([line(match.snippet, indent=2)] if match.snippet else []),
    ]
