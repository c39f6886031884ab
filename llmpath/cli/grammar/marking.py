"""The command lines of start, done, skip, reset, note, goal, undo and redo."""

from typing import Annotated

import typer

from llmpath.cli.commands import marking
from llmpath.cli.grammar import Call, Items, Json, MaybeItem, MaybeItems, Note, On

Clear = Annotated[bool, typer.Option("--clear", help="option.clear")]


def start(items: Items, on: On = None, note: Note = None) -> Call:
    return Call(lambda session: marking.start(session, *items, on=on, note=note))


def done(items: MaybeItems = None, on: On = None, note: Note = None) -> Call:
    return Call(lambda session: marking.done(session, *items or (), on=on, note=note))


def skip(items: Items, on: On = None, note: Note = None) -> Call:
    return Call(lambda session: marking.skip(session, *items, on=on, note=note))


def reset(
    items: MaybeItems = None,
    every: Annotated[bool, typer.Option("--all", help="option.all")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="option.yes")] = False,
    on: On = None,
    note: Note = None,
) -> Call:
    return Call(lambda session: marking.reset(session, *items or (), every=every, yes=yes, on=on, note=note))


def note(
    item: MaybeItem = None,
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]", help="argument.text")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="option.edit")] = False,
    clear: Clear = False,
    json: Json = False,
) -> Call:
    return Call(lambda session: marking.write_note(session, item, *text or (), edit=edit, clear=clear), json)


def goal(item: MaybeItem = None, clear: Clear = False) -> Call:
    return Call(lambda session: marking.goal(session, item, clear=clear))


def undo() -> Call:
    return Call(marking.undo)


def redo() -> Call:
    return Call(marking.redo)
