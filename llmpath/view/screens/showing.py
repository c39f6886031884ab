"""`show` of a topic, a concept, a resource or an exercise, as blocks. Pure."""

from collections.abc import Sequence

from llmpath.view.document import (
    BLANK,
    Across,
    Block,
    Cell,
    Column,
    Flow,
    Table,
    cell,
    commands,
    joined,
    labelled,
    line,
    spaced,
)
from llmpath.view.results import reading as r
from llmpath.view.screens.words import (
    MEDIUM,
    NARROW,
    Look,
    day_text,
    hours_text,
    language_text,
    level_texts,
    minutes_text,
    note_lines,
    place_cell,
    resource_facts,
    resource_lines,
    sign,
    state_text,
    with_command,
)

ItemView = r.ConceptView | r.ResourceView | r.ExerciseView


def several(result: r.Shown, look: Look) -> list[Block]:
    return spaced(_one(each, look) for each in result.items)


def _one(result: r.OneShown, look: Look) -> list[Block]:
    match result:
        case r.TopicShown():
            return topic(result, look)
        case r.ConceptShown():
            return concept(result, look)
        case r.ResourceShown():
            return resource(result, look)
        case r.ExerciseShown():
            return exercise(result, look)


def topic(result: r.TopicShown, look: Look) -> list[Block]:
    """A topic in one screen, or with everything."""
    topic = result.topic
    blocks = [_heading(topic, look), BLANK, line(topic.entry.summary, indent=2), BLANK]
    if rows := _surroundings(topic, look, with_aliases=result.everything):
        blocks += [labelled(rows), BLANK]
    if result.everything or result.is_filtered:
        return blocks + _everything(result, look)
    if topic.concepts:
        cells = [_concept_cell(view, look) for view in topic.concepts]
        blocks += [Flow(cells, indent=2, label=cell((look.say("show.concepts"), "heading"))), BLANK]
    if topic.core or topic.exercise:
        blocks += [_core_table(result, look), BLANK]
    return [*blocks, *_more(topic, look), _commands(topic)]


def _concept_cell(view: r.ConceptView, look: Look) -> Cell:
    faded = f" ({look.say('show.faded')})" if view.is_faded else ""
    return cell(sign(view.did.state, look), f" {view.entry.title}", (faded, "warning"))


def _heading(topic: r.TopicView, look: Look) -> Block:
    did, say = topic.did, look.say
    state = state_text(did.state, look) if did.state != "todo" else ""
    if did.on and state:
        key = "show.under_way_since" if did.state == "doing" else "list.state_on"
        state = say(key, state=state, day=day_text(did.on, look))
    core = say("list.core", done=topic.core_done, count=topic.core_total) if topic.core_done else ""
    left = hours_text(topic.hours_left, look)
    key = "show.left" if topic.core_done or did.state == "doing" else "next.about"
    facts = [state, core, say(key, hours=left) if left else ""]
    text = "".join(f" · {fact}" for fact in facts if fact)
    return line(sign(did.state, look), f" {topic.number} ", (topic.entry.title, "heading"), (text, "dim"), hang=2)


def _surroundings(topic: r.TopicView, look: Look, *, with_aliases: bool) -> list[list[Cell]]:
    """What a topic builds on and unlocks, and the learner's notes: the last one, or all."""
    say = look.say
    related = {
        other.id: cell((f"{sign(other.state, look).text} {other.number} {other.title}", "whole"))
        for other in topic.related
    }
    rows = [
        (say("show.requires"), [related[name] for name in topic.entry.requires]),
        (say("show.unlocks"), [related[name] for name in topic.unlocks]),
        (say("show.aliases"), [cell(alias) for alias in topic.entry.aliases] if with_aliases else []),
    ]
    found = [[cell((name, "dim")), joined(cells, say("list.comma"))] for name, cells in rows if cells]
    notes = topic.did.notes if with_aliases else topic.did.notes[-1:]
    found += _note_rows(notes, look)
    if len(topic.did.notes) > len(notes):
        more = say("show.more_notes", count=len(topic.did.notes) - len(notes))
        found.append([cell(""), with_command(more, f"llmpath note {topic.entry.id}", look, "dim")])
    return found


def _note_rows(notes: Sequence[r.NoteView], look: Look) -> list[list[Cell]]:
    """Notes as rows of a table, each line on its own, the day before the first."""
    rows: list[list[Cell]] = []
    for note in notes:
        for number, text in enumerate(note.text.splitlines()):
            label = "" if rows else look.say("show.my_note")
            day = f"{day_text(note.at.date(), look)}  " if not number else ""
            rows.append([cell((label, "dim")), cell((day, "dim"), (text, "strong"))])
    return rows


def _core_table(result: r.TopicShown, look: Look) -> Table:
    """A row for each slot of the core, with an arrow before the one to read next; the exercise below."""
    topic, say = result.topic, look.say
    shown = {view.item: view for view in topic.resources}
    rows: list[Sequence[Cell] | Across] = [Across(cell(("  " + say("show.core"), "heading")))] if topic.core else []
    for slot in topic.core:
        view = _of_slot([shown[item] for item in slot], result.languages)
        entry = view.entry
        facts = [say(f"kind.{entry.kind}")] if entry.kind else []
        if entry.language and result.languages and entry.language not in result.languages[:1]:
            facts.append(language_text(entry.language, look))
        is_next = view.item == topic.to_read
        rows.append(
            [
                cell(("→" if is_next else "", "doing")),
                [sign(view.did.state, look)],
                cell((entry.title, "strong" if is_next else "")),
                cell((" · ".join(facts), "dim")),
                cell((minutes_text(entry.minutes, look), "dim")),
            ]
        )
    if topic.exercise:
        exercise, name = topic.exercise, ("  " + say("show.exercise"), "heading")
        task = cell(name, "  ", sign(exercise.did.state, look), f" {exercise.entry.task}")
        rows.append(Across(task, cell((minutes_text(exercise.entry.minutes, look), "dim")), hang=4))
    columns = [Column(), Column(), Column(folds=True), Column(from_width=MEDIUM), Column("right", NARROW)]
    return Table(columns, rows, indent=2)


def _of_slot(slot: Sequence[r.ResourceView], languages: Sequence[str]) -> r.ResourceView:
    """Of alternatives the one that was begun or done, else the one in the language that the learner reads best."""
    states, places = ("done", "doing", "skipped", "todo"), [*languages]

    def rank(view: r.ResourceView) -> tuple[int, int]:
        language = view.entry.language
        return states.index(view.did.state), places.index(language) if language in places else len(places)

    return min(slot, key=rank)


def _more(topic: r.TopicView, look: Look) -> list[Block]:
    """The command that shows everything, and how many more resources that are."""
    count = len(topic.resources) - len(topic.core) + len(topic.see_also)
    command = f"llmpath show {topic.entry.id} --all"
    shown = with_command(look.say("show.more", count=count), command, look, "dim") if count > 0 else commands(command)
    return [line(*shown, indent=2)]


def _commands(topic: r.TopicView) -> Block:
    """What to type next."""
    name, state = topic.entry.id, topic.did.state
    if state in ("done", "skipped"):
        names = [f'llmpath note {name} "…"', f"llmpath reset {name}", "llmpath next"]
    elif topic.to_read and state == "doing":
        names = [f"llmpath open {name}", "llmpath done", f'llmpath note {name} "…"']
    elif topic.to_read:
        names = [f"llmpath open {name}", f"llmpath skip {name}"]
    else:
        names = [f"llmpath done {name}", f'llmpath note {name} "…"']
    return line(*commands(*names), indent=2)


def _everything(result: r.TopicShown, look: Look) -> list[Block]:
    """Concepts with their summaries, the exercise, every resource with its note and address."""
    topic, say = result.topic, look.say
    blocks: list[Block] = []
    if topic.concepts and not result.is_filtered:
        blocks.append(line((say("show.concepts"), "heading"), indent=2))
        for concept in topic.concepts:
            blocks += [*_concept_lines(concept, look), BLANK]
    shown = {view.item: view for view in topic.resources}
    core = [[shown[item] for item in slot if item in shown] for slot in topic.core]
    deeper = [[view] for view in topic.resources if not view.core]
    others = [[view] for view in topic.see_also]
    for name, slots in (("show.core", core), ("show.deeper", deeper), ("show.see_also", others)):
        full = [slot for slot in slots if slot]
        if full:
            blocks.append(line((say(name), "heading"), indent=2))
            for slot in full:
                blocks += [*_alternatives(slot, look), BLANK]
        if name == "show.core" and topic.exercise and not result.is_filtered:
            blocks += [line((say("show.exercise"), "heading"), indent=2), *_exercise_lines(topic.exercise, look), BLANK]
    if result.is_filtered and not (topic.resources or topic.see_also):
        blocks += [line(say("resources.nothing"), indent=2), BLANK]
    return [*blocks, _commands(topic)]


def _alternatives(slot: Sequence[r.ResourceView], look: Look) -> list[Block]:
    blocks: list[Block] = []
    for place, resource in enumerate(slot):
        blocks += [line((look.say("show.or"), "dim"), indent=4)] if place else []
        blocks += resource_lines(resource, look, with_note=True)
    return blocks


def _title_line(view: ItemView, title: str, look: Look, style: str = "heading", indent: int = 0) -> Block:
    """The state of an item, its title and its id."""
    return line(sign(view.did.state, look), " ", (title, style), (f"  {view.item}", "dim"), indent=indent, hang=2)


def _concept_lines(concept: r.ConceptView, look: Look) -> list[Block]:
    return [
        _title_line(concept, concept.entry.title, look, "strong", 4),
        line(concept.entry.summary, indent=6),
        *note_lines(concept.did.notes, look, 6),
    ]


def _exercise_lines(exercise: r.ExerciseView, look: Look) -> list[Block]:
    return [
        _title_line(exercise, exercise.entry.task, look, "strong", 4),
        labelled(_exercise_rows(exercise, look), 6),
        *note_lines(exercise.did.notes, look, 6),
    ]


def _exercise_rows(exercise: r.ExerciseView, look: Look) -> list[list[Cell]]:
    entry, say = exercise.entry, look.say
    needs = [say(f"needs.{need}") for need in entry.needs]
    rows = [
        (say("show.start"), entry.start),
        (say("show.done_when"), entry.done_when),
        (say("show.facts"), " · ".join([minutes_text(entry.minutes, look), *needs])),
    ]
    return [[cell((name, "dim")), cell(text)] for name, text in rows if text]


def concept(result: r.ConceptShown, look: Look) -> list[Block]:
    concept, say = result.concept, look.say
    blocks: list[Block] = [
        _title_line(concept, concept.entry.title, look),
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
    return [*blocks, BLANK, line(*_item_commands(concept.item, concept.did.state), indent=2)]


def _item_commands(item: str, state: str) -> Cell:
    verbs = ("reset", "note") if state in ("done", "skipped") else ("open", "done")
    return commands(*(f"llmpath {verb} {item}" for verb in verbs))


def resource(result: r.ResourceShown, look: Look) -> list[Block]:
    resource, say = result.resource, look.say
    entry = resource.entry
    comma = say("list.comma")
    rows = [
        (say("show.topic"), cell(f"{result.topic.number} {result.topic.title}")),
        (say("show.facts"), cell(" · ".join([*resource_facts(resource, look), *level_texts(entry.level, look)]))),
        (say("show.read"), cell(entry.read or "")),
        (say("show.why"), cell(entry.why or "")),
        (say("show.access"), cell(say(f"access.{entry.access}") if entry.access else "")),
        (say("show.needs"), cell(comma.join(say(f"needs.{need}") for need in entry.needs))),
        (say("show.authors"), cell(comma.join(entry.authors))),
        (say("show.published"), cell(str(entry.published or ""))),
        (say("show.checked"), cell(entry.checked or "")),
        (say("show.status"), _status(resource, look)),
        (say("show.address"), place_cell(resource)),
        (say("show.former"), joined([cell(url) for url in entry.former_urls], "  ")),
        (say("show.teaches"), cell(comma.join(resource.concepts))),
        (say("show.sources"), cell(comma.join(result.source_titles))),
        (say("show.guessed"), cell(comma.join(entry.guessed))),
    ]
    table = [[cell((name, "dim")), value] for name, value in rows if any(span.text for span in value)]
    return [
        _title_line(resource, entry.title, look),
        BLANK,
        *([line(entry.note, indent=2), BLANK] if entry.note else []),
        labelled([*table, *_note_rows(resource.did.notes, look)]),
        BLANK,
        line(*_item_commands(resource.item, resource.did.state), indent=2),
    ]


def _status(resource: r.ResourceView, look: Look) -> Cell:
    entry = resource.entry
    if entry.status in (None, "live"):
        return []
    text = look.say(f"status.{entry.status}")
    if entry.superseded_by:
        text = look.say("sentences", first=text, second=look.say("status.instead", item=entry.superseded_by))
    return cell((text, "warning"))


def exercise(result: r.ExerciseShown, look: Look) -> list[Block]:
    exercise = result.exercise
    topic = [cell((look.say("show.topic"), "dim")), cell(f"{result.topic.number} {result.topic.title}")]
    rows = [topic, *_exercise_rows(exercise, look), *_note_rows(exercise.did.notes, look)]
    return [
        _title_line(exercise, exercise.entry.task, look),
        BLANK,
        labelled(rows),
        BLANK,
        line((f"llmpath done {exercise.item}", "code"), indent=2),
    ]
