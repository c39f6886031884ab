"""The check list: the curriculum with its progress as Markdown; `checklist_reader` reads a ticked one. Pure.

Every item is a box in one line. Behind it stands a comment that no reader sees, with the item's id and, where its
own record says more than `todo`, that state and its day:

    - [x] [The title](https://example.org/) · article <!-- llmpath: quantization/gptq-4bit done 2026-11-21 -->

The comment alone says what a box stands for. Titles, numbers and languages may change between export and import, and
ids are followed to their newer ones. Where an editor has dropped the comment, the address of the link serves instead.
A quotation under the line has the user's own notes, each after its day:

      > **2026-11-21** Read the appendix again
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmpath.curriculum.catalog import Catalog
from llmpath.curriculum.entries import Topic
from llmpath.exchange.markdown import escaped, link, quoted
from llmpath.guide.figure import figure_of
from llmpath.progress.progress import Progress
from llmpath.view.items import topic_view
from llmpath.view.results.reading import ResourceView
from llmpath.view.screens.words import Look, figure_cell


def checklist_of(catalog: Catalog, progress: Progress, look: Look) -> str:
    """The check list of the whole curriculum, topics in teaching order, with the user's notes as quotations."""
    curriculum, say = catalog.curriculum, look.say
    figure = "".join(span.text for span in figure_cell(figure_of(catalog, progress), look))
    paragraphs = [
        f"# {escaped(curriculum.title)}",
        f"<!-- llmpath-curriculum: {curriculum.id} -->",
        escaped(curriculum.summary),
        f"**{figure}**",
        say("checklist.how"),
    ]
    for number, part in enumerate(curriculum.parts, 1):
        paragraphs += [f"## {number} {escaped(part.title)}", escaped(part.summary)]
        for name in part.topics:
            paragraphs += _topic(catalog, progress, catalog.topic(name), look)
    return "\n\n".join(paragraphs) + "\n"


def _topic(catalog: Catalog, progress: Progress, topic: Topic, look: Look) -> Iterator[str]:
    """A topic as paragraphs: heading, summary, its own box, then a list for each sort of entry."""
    view, say = topic_view(catalog, progress, topic), look.say
    yield f"### {view.row.number} {escaped(topic.title)}"
    yield escaped(topic.summary)
    if topic.requires:
        names = {other.id: f"{other.number} {other.title}" for other in view.related}
        yield f"*{escaped(say('checklist.builds_on', topics=look.titles([names[name] for name in topic.requires])))}*"
    hours = look.hours(view.row.hours)
    facts = [say("next.about", hours=hours)] if hours else []
    yield "\n".join(_entry(progress, topic.id, f"**{escaped(topic.title)}**", facts, look))
    concepts = [_entry(progress, concept.item, escaped(concept.entry.title), [], look) for concept in view.concepts]
    core = [_resource(progress, resource, look) for resource in view.resources if resource.core]
    deeper = [_resource(progress, resource, look) for resource in view.resources if not resource.core]
    elsewhere = [[f"- {_linked_title(resource)}"] for resource in view.see_also]
    each = view.exercise
    exercise = [_entry(progress, each.item, escaped(each.entry.task), [], look)] if each else []
    sorts = (
        ("concepts", concepts),
        ("core", core),
        ("exercise", exercise),
        ("deeper", deeper),
        ("see_also", elsewhere),
    )
    for name, entries in sorts:
        if entries:
            yield f"**{say(f'show.{name}')}**"
            yield "\n".join(line for lines in entries for line in lines)


def _resource(progress: Progress, view: ResourceView, look: Look) -> list[str]:
    facts = look.facts(view.entry, with_level=True)
    if view.entry.note:
        remark = escaped(view.entry.note)
        facts[-1:] = [look.say("checklist.remark", fact=facts[-1], remark=remark) if facts else remark]
    return _entry(progress, view.item, _linked_title(view), facts, look)


def _linked_title(view: ResourceView) -> str:
    """The title as a link, or with the words that say where to find what has no address."""
    if view.entry.url:
        return link(view.entry.title, view.entry.url)
    return f"{escaped(view.entry.title)} ({escaped(view.entry.where or '')})"


def _entry(progress: Progress, item: str, title: str, facts: Sequence[str], look: Look) -> list[str]:
    """The line of one item, and the user's notes under it as one quotation, each beginning with its day."""
    state, day = progress.state(item), progress.day(item)
    shown = [f"*{look.state(state)}*"] if state in ("doing", "skipped") else []
    said = f" {progress.own_state(item)} {day.isoformat()}" if day is not None else ""
    text = " · ".join([title, *shown, *facts])
    lines = [f"- [{'x' if state == 'done' else ' '}] {text} <!-- llmpath: {item}{said} -->"]
    for note in progress.notes(item):
        first, *more = quoted(note.text) or ["> "]
        lines += [*(["  >"] if len(lines) > 1 else []), f"  > **{note.day.isoformat()}** {first[2:]}"]
        lines += [f"  {line}" for line in more]
    return lines
