"""The command lines of log, stats and review."""

from typing import Annotated

import typer

from llmpath.cli.commands import review as review_command
from llmpath.cli.commands import reviewing
from llmpath.cli.grammar import Call, Json, MaybeItem


def log(item: MaybeItem = None, json: Json = False) -> Call:
    return Call(lambda session: reviewing.show_log(session, item), json)


def stats(json: Json = False) -> Call:
    return Call(reviewing.show_stats, json)


def review(
    item: MaybeItem = None,
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help="option.limit")] = None,
    answer: Annotated[str | None, typer.Option("--answer", metavar="ITEM", help="option.answer")] = None,
    json: Json = False,
) -> Call:
    return Call(
        lambda session: review_command.review(session, item, limit=limit, answer=answer, as_json=json),
        json,
    )
