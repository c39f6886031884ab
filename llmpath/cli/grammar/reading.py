"""The command lines of list, show, resources and search."""

from functools import partial
from typing import Annotated

import typer

from llmpath.cli.commands import reading
from llmpath.cli.grammar import Call, Item, Json, Kind, MaybeItems, State


def list_(
    part: Annotated[str | None, typer.Argument(metavar="[PART]", help="argument.part")] = None,
    state: State = None,
    json: Json = False,
) -> Call:
    return Call(partial(reading.list_topics, part=part, state=state), json)


def show(item: Item, kind: Kind = None, json: Json = False) -> Call:
    return Call(partial(reading.show_item, item=item, kind=kind), json)


def resources(
    items: MaybeItems = None,
    kind: Kind = None,
    language: Annotated[str | None, typer.Option("--in", metavar="LANGUAGE", help="option.in")] = None,
    level: Annotated[str | None, typer.Option("--level", metavar="LEVEL", help="option.level")] = None,
    state: State = None,
    json: Json = False,
) -> Call:
    return Call(
        lambda session: reading.list_resources(
            session, *items or (), kind=kind, language=language, level=level, state=state
        ),
        json,
    )


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="argument.words")], json: Json = False
) -> Call:
    return Call(lambda session: reading.search(session, *words), json)
