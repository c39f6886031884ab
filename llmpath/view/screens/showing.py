"""`show` of a topic, a concept, a resource or an exercise, as blocks. Pure."""

from collections.abc import Sequence

from llmpath.progress.progress import Note
from llmpath.view import document as d
from llmpath.view.document import BLANK, Block, Cell, Column, Line, cell, commands, joined, labelled, line, spaced
from llmpath.view.results import reading as views
from llmpath.view.results import showing as r
from llmpath.view.screens import blocks_of
from llmpath.view.screens.words import MEDIUM, NARROW, Look, note_lines, place_cell, resource_lines, with_command

ItemView = views.ConceptView | views.ResourceView | views.ExerciseView


def shown(result: r.Shown, look: Look) -> list[Block]:
    return spaced(blocks_of(each, look) for each in result.items)


def topic_shown(result: r.TopicShown, look: Look) -> list[Block]:
    """A topic in one screen, or with everything."""
    topic, say = result.topic, look.say
    blocks = [_heading(topic, look), BLANK, line(topic.entry.summary, indent=2), BLANK]
    surroundings = labelled(_surroundings(topic, look, with_aliases=result.everything))
    if surroundings.rows:
        blocks += [surroundings, BLANK]
    if result.everything or result.is_filtered:
        return [*blocks, *_everything(result, look), _commands(topic)]
    if topic.concepts:
        cells = [_concept_cell(view, look) for view in topic.concepts]
        blocks += [d.Flow(cells, indent=2, label=cell((say("show.concepts"), "heading"))), BLANK]
    if topic.core or topic.exercise:
        blocks += [_core_table(result, look), BLANK]
    command = f"llmpath show {topic.entry.id} --all"
    more = len(topic.resources) - len(topic.core) + len(topic.see_also)
    shown = with_command(say("show.more", count=more), command, look, "dim") if more > 0 else commands(command)
    return [*blocks, Line(shown, indent=2), _commands(topic)]


def _concept_cell(view: views.ConceptView, look: Look) -> Cell:
    faded = f" ({look.say('show.faded')})" if view.is_faded else ""
    return cell(look.sign(view.did.state), (f" {view.entry.title}", "whole"), (faded, "warning"))


def _heading(topic: views.TopicView, look: Look) -> Block:
    did, row, say = topic.did, topic.row, look.say
    state = look.state(did.state) if did.state != "todo" else ""
    if did.on and state:
        key = "show.under_way_since" if did.state == "doing" else "list.state_on"
        state = say(key, state=state, day=look.day(did.on))
    core = say("list.core", done=row.core_done, count=row.core_total) if row.core_done else ""
    left = look.hours(row.hours_left)
    key = "show.left" if row.core_done or did.state == "doing" else "next.about"
    facts = [state, core, say(key, hours=left) if left else ""]
    text = "".join(f" · {fact}" for fact in facts if fact)
    return line(look.sign(did.state), f" {row.number} ", (topic.entry.title, "heading"), (text, "dim"), hang=2)


def _surroundings(topic: views.TopicView, look: Look, *, with_aliases: bool) -> list[tuple[str, Cell]]:
    """What a topic builds on and unlocks, and the learner's notes: the last one, or all."""
    say, all_notes = look.say, topic.did.notes
    related = {
        other.id: cell((f"{look.sign(other.state).text} {other.number} {other.title}", "whole"))
        for other in topic.related
    }
    comma, notes = say("list.comma"), all_notes if with_aliases else all_notes[-1:]
    rows = [
        (say("show.requires"), joined([related[name] for name in topic.entry.requires], comma)),
        (say("show.unlocks"), joined([related[name] for name in topic.unlocks], comma)),
        (say("show.aliases"), cell(look.listed(topic.entry.aliases) if with_aliases else "")),
        *_note_rows(notes, look),
    ]
    if len(all_notes) > len(notes):
        more = say("show.more_notes", count=len(all_notes) - len(notes))
        rows.append(("", with_command(more, f"llmpath note {topic.entry.id}", look, "dim")))
    return rows


def _note_rows(notes: Sequence[Note], look: Look) -> list[tuple[str, Cell]]:
    """Notes as rows of a table, each line on its own, the day before the first."""
    rows: list[tuple[str, Cell]] = []
    for note in notes:
        for number, text in enumerate(note.text.splitlines()):
            day = f"{look.day(note.day)}  " if not number else ""
            rows.append(("" if rows else look.say("show.my_note"), cell((day, "dim"), (text, "strong"))))
    return rows


def _core_table(result: r.TopicShown, look: Look) -> d.Table:
    """A row for each slot of the core, with an arrow before the one to read next; the exercise below."""
    topic, say = result.topic, look.say
    shown = {view.item: view for view in topic.resources}
    rows: list[Sequence[Cell] | d.Across] = [d.Across(cell(("  " + say("show.core"), "heading")))] if topic.core else []
    for slot in topic.core:
        view = _of_slot([shown[item] for item in slot], result.languages)
        entry = view.entry
        facts = [say(f"kind.{entry.kind}")] if entry.kind else []
        if entry.language and result.languages and entry.language not in result.languages[:1]:
            facts.append(look.language(entry.language))
        is_next = view.item == topic.to_read
        rows.append(
            [
                cell(("→" if is_next else "", "doing")),
                [look.sign(view.did.state)],
                cell((entry.title, "strong" if is_next else "")),
                cell((" · ".join(facts), "dim")),
                cell((look.minutes(entry.minutes), "dim")),
            ]
        )
    if exercise := topic.exercise:
        name = ("  " + say("show.exercise"), "heading")
        task = cell(name, "  ", look.sign(exercise.did.state), f" {exercise.entry.task}")
        rows.append(d.Across(task, cell((look.minutes(exercise.entry.minutes), "dim")), hang=4))
    columns = [Column(), Column(), Column(folds=True), Column(from_width=MEDIUM), Column("right", NARROW)]
    return d.Table(columns, rows, indent=2)


def _of_slot(slot: Sequence[views.ResourceView], languages: Sequence[str]) -> views.ResourceView:
    """Of alternatives the one that was begun or done, else the one in the language that the learner reads best."""
    states, places = ("done", "doing", "skipped", "todo"), [*languages]

    def rank(view: views.ResourceView) -> tuple[int, int]:
        language = view.entry.language
        return states.index(view.did.state), places.index(language) if language in places else len(places)

    return min(slot, key=rank)


def _commands(topic: views.TopicView) -> Line:
    """What to type next."""
    name, state = topic.entry.id, topic.did.state
    note = f'llmpath note {name} "…"'
    if state in ("done", "skipped"):
        names = [note, f"llmpath reset {name}", "llmpath next"]
    elif topic.to_read and state == "doing":
        names = [f"llmpath open {name}", "llmpath done", note]
    elif topic.to_read:
        names = [f"llmpath open {name}", f"llmpath skip {name}"]
    else:
        names = [f"llmpath done {name}", note]
    return Line(commands(*names), indent=2)


def _everything(result: r.TopicShown, look: Look) -> list[Block]:
    """Concepts with their summaries, the exercise, every resource with its note and address."""
    topic, say = result.topic, look.say
    shown = {view.item: view for view in topic.resources}
    slots = [[shown[item] for item in slot if item in shown] for slot in topic.core]
    with_all = not result.is_filtered
    sections = {
        "concepts": [_concept_lines(concept, look) for concept in topic.concepts if with_all],
        "core": [_alternatives(slot, look) for slot in slots if slot],
        "exercise": [_exercise_lines(topic.exercise, look)] if topic.exercise and with_all else [],
        "deeper": [_alternatives([view], look) for view in topic.resources if not view.core],
        "see_also": [_alternatives([view], look) for view in topic.see_also],
    }
    blocks: list[Block] = []
    for name, entries in sections.items():
        if entries:
            blocks += [line((say(f"show.{name}"), "heading"), indent=2), *spaced(entries), BLANK]
    if result.is_filtered and not blocks:
        blocks += [line(say("resources.nothing"), indent=2), BLANK]
    return blocks


def _alternatives(slot: Sequence[views.ResourceView], look: Look) -> list[Block]:
    blocks = resource_lines(slot[0], look, with_note=True)
    for resource in slot[1:]:
        blocks += [line((look.say("show.or"), "dim"), indent=4), *resource_lines(resource, look, with_note=True)]
    return blocks


def _title_line(view: ItemView, look: Look, style: str = "heading", indent: int = 0) -> Line:
    """The state of an item, its title and its id."""
    title = (view.entry.title, style)
    return line(look.sign(view.did.state), " ", title, (f"  {view.item}", "dim"), indent=indent, hang=2)


def _concept_lines(concept: views.ConceptView, look: Look) -> list[Block]:
    summary = line(concept.entry.summary, indent=6)
    return [_title_line(concept, look, "strong", 4), summary, *note_lines(concept.did.notes, look, 6)]


def _exercise_lines(exercise: views.ExerciseView, look: Look) -> list[Block]:
    rows = labelled(_exercise_rows(exercise, look), 6)
    return [_title_line(exercise, look, "strong", 4), rows, *note_lines(exercise.did.notes, look, 6)]


def _exercise_rows(exercise: views.ExerciseView, look: Look) -> list[tuple[str, Cell]]:
    entry, say = exercise.entry, look.say
    facts = " · ".join([look.minutes(entry.minutes), *(say(f"needs.{need}") for need in entry.needs)])
    return [
        (say("show.start"), cell(entry.start)),
        (say("show.done_when"), cell(entry.done_when)),
        (say("show.facts"), cell(facts)),
    ]


def concept_shown(result: r.ConceptShown, look: Look) -> list[Block]:
    concept, say = result.concept, look.say
    blocks: list[Block] = [
        _title_line(concept, look),
        line((say("show.in_topic", number=result.topic.number, title=result.topic.title), "dim"), indent=2),
        BLANK,
        line(concept.entry.summary, indent=2),
        *note_lines(concept.did.notes, look, 2),
    ]
    if result.resources:
        blocks += [BLANK, line((say("show.taught_by"), "heading"), indent=2)]
        blocks += spaced(resource_lines(resource, look, with_note=True) for resource in result.resources)
    elif result.is_filtered:
        blocks += [BLANK, line(say("resources.nothing"), indent=2)]
    return [*blocks, BLANK, _item_commands(concept)]


def _item_commands(view: ItemView) -> Line:
    verbs = ("reset", "note") if view.did.state in ("done", "skipped") else ("open", "done")
    return Line(commands(*(f"llmpath {verb} {view.item}" for verb in verbs)), indent=2)


def resource_shown(result: r.ResourceShown, look: Look) -> list[Block]:
    resource, entry, say = result.resource, result.resource.entry, look.say
    taught = [f"{resource.topic}/{name}" for name in entry.concepts]
    rows = [
        (say("show.topic"), cell(f"{result.topic.number} {result.topic.title}")),
        (say("show.facts"), cell(" · ".join(look.facts(entry, with_level=True)))),
        (say("show.read"), cell(entry.read or "")),
        (say("show.why"), cell(entry.why or "")),
        (say("show.access"), cell(say(f"access.{entry.access}") if entry.access else "")),
        (say("show.needs"), cell(look.listed(say(f"needs.{need}") for need in entry.needs))),
        (say("show.authors"), cell(look.listed(entry.authors))),
        (say("show.published"), cell(str(entry.published or ""))),
        (say("show.checked"), cell(entry.checked or "")),
        (say("show.status"), cell((_status(resource, look), "warning"))),
        (say("show.address"), place_cell(entry)),
        (say("show.former"), joined([cell(url) for url in entry.former_urls], "  ")),
        (say("show.teaches"), cell(look.listed(taught))),
        (say("show.sources"), cell(look.listed(result.source_titles))),
        (say("show.guessed"), cell(look.listed(entry.guessed))),
        *_note_rows(resource.did.notes, look),
    ]
    return [
        _title_line(resource, look),
        BLANK,
        *([line(entry.note, indent=2), BLANK] if entry.note else []),
        labelled(rows),
        BLANK,
        _item_commands(resource),
    ]


def _status(resource: views.ResourceView, look: Look) -> str:
    """What has become of a resource that is not what it was."""
    entry = resource.entry
    if entry.status in (None, "live"):
        return ""
    instead = look.say("status.instead", item=entry.superseded_by) if entry.superseded_by else ""
    return look.say(f"status.{entry.status}") + (look.space + instead if instead else "")


def exercise_shown(result: r.ExerciseShown, look: Look) -> list[Block]:
    exercise = result.exercise
    topic = (look.say("show.topic"), cell(f"{result.topic.number} {result.topic.title}"))
    rows = [topic, *_exercise_rows(exercise, look), *_note_rows(exercise.did.notes, look)]
    command = line((f"llmpath done {exercise.item}", "code"), indent=2)
    return [_title_line(exercise, look), BLANK, labelled(rows), BLANK, command]
