"""The command lines of next, path, plan and open."""

from typing import Annotated

import typer

from llmpath.cli.commands import guiding
from llmpath.cli.grammar import Call, Force, Goal, Json, Kind, MaybeItem


def next_(
    count: Annotated[str | None, typer.Argument(metavar="[N]", help="argument.count", show_default=False)] = None,
    goal: Goal = None,
    time: Annotated[str | None, typer.Option("--time", metavar="TIME", help="option.time")] = None,
    kind: Kind = None,
    why: Annotated[bool, typer.Option("--why", help="option.why")] = False,
    json: Json = False,
) -> Call:
    return Call(lambda session: guiding.next_step(session, count, goal=goal, time=time, kind=kind, why=why), json)


def path(
    goal: Annotated[str | None, typer.Argument(metavar="[GOAL]", help="argument.goal")] = None,
    know: Annotated[list[str] | None, typer.Option("--know", metavar="ITEM", help="option.know")] = None,
    tree: Annotated[bool, typer.Option("--tree", help="option.tree")] = False,
    json: Json = False,
) -> Call:
    return Call(lambda session: guiding.path(session, goal, know=know or (), tree=tree), json)


def plan(
    goal: Goal = None,
    hours_per_week: Annotated[
        str | None, typer.Option("--hours-per-week", metavar="HOURS", help="option.hours_per_week")
    ] = None,
    start: Annotated[str | None, typer.Option("--start", metavar="DATE", help="option.start")] = None,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE", help="option.ics")] = None,
    force: Force = False,
    json: Json = False,
) -> Call:
    return Call(
        lambda session: guiding.lay_out(
            session, goal=goal, hours_per_week=hours_per_week, start=start, ics=ics, force=force
        ),
        json,
    )


def open_(
    item: MaybeItem = None,
    print_only: Annotated[bool, typer.Option("--print", help="option.print")] = False,
) -> Call:
    return Call(lambda session: guiding.open_item(session, item, print_only=print_only))
