"""The command lines of log and stats."""

from llmpath.cli.commands import reviewing
from llmpath.cli.grammar import Call, Json


def log(json: Json = False) -> Call:
    return Call(reviewing.show_log, json)


def stats(json: Json = False) -> Call:
    return Call(reviewing.show_stats, json)
