"""The command lines of validate and curriculum."""

from typing import Annotated

import typer

from llmpath.cli.commands import authoring
from llmpath.cli.grammar import Call, Json


def validate(
    folders: Annotated[list[str], typer.Argument(metavar="FOLDER...", help="argument.folders")],
    github: Annotated[bool, typer.Option("--github", help="option.github")] = False,
    json: Json = False,
) -> Call:
    return Call(lambda session: authoring.validate(session, *folders, github=github), json, needs_config=False)


def curriculum_list(json: Json = False) -> Call:
    return Call(authoring.list_curricula, json)


def curriculum_use(name: Annotated[str, typer.Argument(metavar="NAME", help="argument.curriculum")]) -> Call:
    return Call(lambda session: authoring.use_curriculum(session, name))


def curriculum_new(folder: Annotated[str, typer.Argument(metavar="FOLDER", help="argument.new_folder")]) -> Call:
    return Call(lambda session: authoring.new_curriculum(session, folder), needs_config=False)


def curriculum_schema(
    topic: Annotated[bool, typer.Option("--topic", help="option.topic")] = False,
) -> Call:
    return Call(lambda session: authoring.schema(session, topic=topic), needs_config=False)
