"""The map, as lines that can be read from top to bottom. Pure."""

from llmpath.view.document import BLANK, BLANK_ROW, Across, Block, Cell, Column, Table, cell, line
from llmpath.view.results import map as r
from llmpath.view.screens.words import MEDIUM, NARROW, WIDE, Look, figure_line, hours_text, sign, state_text


def shown(result: r.MapShown, look: Look) -> list[Block]:
    say = look.say
    numbers = {node.id: node.number for node in result.nodes}
    below: dict[str, list[str]] = {}
    for start, end in result.edges:
        below.setdefault(end, []).append(numbers[start])
    blocks: list[Block] = [figure_line(result.title, result.progress, result.hours_left, look)]
    if result.goal:
        blocks.append(line(say("map.goal_line", title=result.goal_title, count=result.to_goal), indent=2))
    rows: list[list[Cell] | Across] = []
    for layer in range(1 + max((node.layer for node in result.nodes), default=-1)):
        heading = say("map.layer_first") if layer == 0 else say("map.layer", number=layer + 1)
        rows += [*([BLANK_ROW] if rows else []), Across(cell((heading, "heading")))]
        for node in result.nodes:
            if node.layer == layer:
                rows.append(_cells(node, below.get(node.id, []), look))
                rows += [Across(cell((f"      {say('note.line')}", "dim"), note)) for note in _note_lines(node)]
    columns = [
        Column(),
        Column(),
        Column(folds=True),
        Column(from_width=NARROW),
        Column("right", MEDIUM),
        Column(from_width=WIDE),
        Column(from_width=NARROW),
    ]
    return [*blocks, BLANK, Table(columns, rows, indent=2), BLANK, line((say("map.page"), "dim"))]


def _note_lines(node: r.MapTopic) -> list[str]:
    return [text for note in node.notes for text in note.splitlines() if text]


def _cells(node: r.MapTopic, below: list[str], look: Look) -> list[Cell]:
    say = look.say
    is_closed = node.state in ("done", "skipped")
    style = "dim" if is_closed else "strong" if node.state == "doing" else ""
    core = "" if is_closed or not node.core_done else say("map.core", done=node.core_done, count=node.core_total)
    left = hours_text(node.hours_left, look)
    way = say("map.goal") if node.is_goal else say("map.on_the_way") if node.on_the_way else ""
    return [
        [sign(node.state, look)],
        cell((node.number, "dim")),
        cell((node.title, style)),
        cell((core or state_text(node.state, look), "doing" if node.state == "doing" else "dim")),
        cell((left, "dim")),
        cell((say("map.builds_on", topics=say("list.comma").join(below)) if below else "", "dim")),
        cell((way, "strong")),
    ]


def opened(result: r.MapOpened, look: Look) -> list[Block]:
    return [line(look.say("map.opened" if result.is_open else "map.not_opened", path=result.path))]
