"""The map, as lines that can be read from top to bottom. Pure."""

from llmpath.guide.map import Node
from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, Cell, Column, Table, cell, line
from llmpath.view.quoting import message
from llmpath.view.results import map as r
from llmpath.view.screens.words import MEDIUM, NARROW, WIDE, Look, figure_line


def map_shown(result: r.MapShown, look: Look) -> list[Block]:
    say, course = look.say, result.course
    blocks: list[Block] = [figure_line(course.title, course.progress, look)]
    if course.goal:
        blocks.append(line(say("chart.goal_line", title=course.goal_title, count=course.to_goal), hang=2))
    rows: list[list[Cell] | Across] = []
    for number, layer in enumerate(course.layers, 1):
        heading = say("chart.layer_first") if number == 1 else say("chart.layer", number=number)
        rows += [*([BLANK_ROW] if rows else []), Across(cell((heading, "heading")))]
        for node in layer:
            rows.append(_cells(node, [course.nodes[name].number for name in node.requires], look))
            for note in node.notes:
                told = f"      {say('note.line', day=look.day(note.day))}"
                rows += [Across(cell((told, "dim"), text)) for text in note.text.splitlines() if text]
    facts = [Column(from_width=NARROW), Column("right", MEDIUM), Column(from_width=WIDE), Column(from_width=NARROW)]
    columns = [Column(), Column(), Column(folds=True), *facts]
    return [*blocks, BLANK, Table(columns, rows, indent=2), BLANK, message(say("chart.page"), "dim")]


def _cells(node: Node, below: list[str], look: Look) -> list[Cell]:
    say = look.say
    is_closed = node.state in ("done", "skipped")
    style = "dim" if is_closed else "strong" if node.state == "doing" else ""
    core = "" if is_closed or not node.core_done else say("chart.core", done=node.core_done, count=node.core_total)
    way = say("chart.goal") if node.is_goal else say("chart.on_the_way") if node.way else ""
    return [
        [look.sign(node.state)],
        cell((node.number, "dim")),
        cell((node.title, style)),
        cell((core or look.state(node.state), "doing" if node.state == "doing" else "dim")),
        cell((look.hours(node.hours_left), "dim")),
        cell((say("chart.builds_on", topics=look.listed(below)) if below else "", "dim")),
        cell((way, "strong")),
    ]


def map_opened(result: r.MapOpened, look: Look) -> list[Block]:
    return [line(look.say("chart.opened" if result.is_open else "chart.not_opened", path=result.path))]
