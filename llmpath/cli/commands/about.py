"""The commands about the program itself: help, version, and completion for shells."""

from llmpath import __version__
from llmpath.cli.command_line import closest, command_line
from llmpath.cli.session import Session
from llmpath.errors import UsageError


def show_help(session: Session, *command: str) -> None:
    """Shows the help page of a command, or the first page."""
    from llmpath.cli.help import help_page

    known, name = command_line(), " ".join(command)
    if name not in known.commands:
        near = closest(name, known.commands)
        raise UsageError("usage.no_such_command", name=name, closest=near, command="llmpath")
    session.terminal.show(help_page(known, name, session.say), pager=session.pager)


def show_version(session: Session) -> None:
    """Shows the version in one line."""
    session.terminal.show_file(f"llmpath {__version__}\n")


def answer_about_completion(session: Session, asked: str, shell: str | None) -> None:
    """Installs, removes or shows the completion for a shell, by default the one in use; says what it changed."""
    from llmpath.cli import completion_scripts as scripts

    name = scripts.checked(shell or scripts.shell_in_use() or "", f"--{asked.replace('_', '-')}")
    if asked == "show_completion":
        session.terminal.show_file(scripts.script(name))
        return
    act = scripts.install if asked == "install_completion" else scripts.uninstall
    changed = act(name, session.environ, session.places.config)
    key = "completion.installed" if asked == "install_completion" else "completion.removed"
    files = session.say("list.comma").join(changed)
    text = session.say(key, shell=name, files=files) if changed else session.say("completion.unchanged", shell=name)
    session.terminal.show_file(f"{text}\n")
