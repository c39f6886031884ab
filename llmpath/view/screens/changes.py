"""news, as blocks, and its line in the dashboard. Pure."""

from datetime import date
from itertools import groupby

from llmpath.guide.news import Change
from llmpath.view.document import BLANK, Block, line
from llmpath.view.results import changes as r
from llmpath.view.screens.words import Look, day_text, minutes_text, sign


def news(result: r.News, look: Look) -> list[Block]:
    say = look.say
    if result.since is None:
        return [line(say("news.first_look"))]
    since = day_text(date.fromisoformat(result.since), look)
    if not result.changes:
        return [line(say("news.nothing", day=since))]
    blocks: list[Block] = [line((say("news.since", day=since, count=len(result.changes)), "heading"))]
    for topic, changes in groupby(
        result.changes, key=lambda change: change.topic if change.topic in result.topics else ""
    ):
        blocks.append(BLANK)
        if topic:
            named = result.topics[topic]
            blocks.append(line(sign(named.state, look), f" {named.number} ", (named.title, "strong")))
        blocks += [line(*_said(change, look), indent=4 if topic else 0, hang=2) for change in changes]
    return blocks


def _said(change: Change, look: Look) -> list[str | tuple[str, str]]:
    """One change: what happened to what, how long it takes, whether it concerns the learner, and its id."""
    say = look.say
    key = f"news.{change.kind}" if change.was or f"news.{change.kind}.alone" not in say else f"news.{change.kind}.alone"
    parts: list[str | tuple[str, str]] = [say(key, title=change.title, was=change.was)]
    if change.minutes:
        parts.append((f" · {minutes_text(change.minutes, look)}", "dim"))
    if change.affects_you:
        concerns = "news.core_of_done" if change.kind.startswith("core_") else "news.yours"
        parts.append((f" · {say(concerns)}", "warning"))
    if not change.kind.startswith("topic_"):
        parts.append((f"  {change.id}", "dim"))
    return parts


def news_line(count: int, look: Look) -> list[Block]:
    """The line of the dashboard that says how many changes have not been looked at; none where there are none."""
    return [line(look.say("news.line", count=count), " ", ("llmpath news", "code"))] if count else []
