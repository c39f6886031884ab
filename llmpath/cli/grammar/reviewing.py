"""The command lines of log and stats."""

from llmpath.cli.commands import reviewing
from llmpath.cli.grammar import Call, Json, MaybeItem


def log(item: MaybeItem = None, json: Json = False) -> Call:
    return Call(lambda session: reviewing.show_log(session, item), json)


def stats(json: Json = False) -> Call:
    return Call(reviewing.show_stats, json)
