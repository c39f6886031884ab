"""The command lines of merge, backup, config and info."""

from typing import Annotated

import typer

from llmpath.cli.commands import keeping
from llmpath.cli.grammar import Call, DryRun, Json


def merge(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="argument.files")],
    driver: Annotated[bool, typer.Option("--driver", help="option.driver")] = False,
    dry_run: DryRun = False,
) -> Call:
    return Call(lambda session: keeping.merge(session, *files, driver=driver, dry_run=dry_run))


def sync(
    folder: Annotated[str | None, typer.Argument(metavar="[FOLDER]", help="argument.sync_folder")] = None,
) -> Call:
    return Call(lambda session: keeping.sync(session, folder))


def backup_list(json: Json = False) -> Call:
    return Call(keeping.list_backups, json)


def backup_restore(
    name: Annotated[str, typer.Argument(metavar="NAME", help="argument.backup")], dry_run: DryRun = False
) -> Call:
    return Call(lambda session: keeping.restore_backup(session, name, dry_run=dry_run))


def config() -> Call:
    return Call(keeping.show_config)


def config_set(
    key: Annotated[str, typer.Argument(metavar="KEY", help="argument.key")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="argument.value")],
) -> Call:
    return Call(lambda session: keeping.set_config(session, key, value), needs_config=False)


def info(json: Json = False) -> Call:
    return Call(keeping.show_info, json, needs_config=False)
