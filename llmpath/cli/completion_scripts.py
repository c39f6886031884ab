"""Edge: the scripts that make a shell ask at a TAB, where they go, and the line of a start-up file that loads them.

The scripts themselves are files in `scripts/`.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from llmpath.cli.completion import SHELLS
from llmpath.errors import CannotWrite, NoHome, UsageError
from llmpath.files.bounded import read_bounded

MAX_BYTES = 16 * 1024 * 1024
POWERSHELLS = ("powershell", "pwsh")
MARK = "# completion of llmpath"
"""The end of the line in a start-up file, by which it is found again."""


def checked(shell: str, option: str) -> str:
    """The shell, if it is one of ours. Raises `UsageError`."""
    if not shell:
        raise UsageError("which_shell", option=option, known=list(SHELLS))
    if shell not in SHELLS:
        raise UsageError("not_one_of", option=option, value=shell, known=list(SHELLS))
    return shell


def shell_in_use() -> str | None:
    """The shell that started this process, where that can be told."""
    import shellingham

    try:
        name: str = shellingham.detect_shell()[0]
    except (shellingham.ShellDetectionFailure, NotImplementedError, OSError):
        return None
    return name


def script(shell: str) -> str:
    """The lines that make a shell ask for completions."""
    path = os.path.join(os.path.dirname(__file__), "scripts", f"llmpath.{_ending(shell)}")
    with open(path, encoding="utf-8") as file:
        return file.read()


def install(shell: str, environ: Mapping[str, str], config_folder: str) -> list[str]:
    """Puts the script where the shell finds it; returns the files that were changed, the script first.

    Raises `CannotWrite` or `NoHome`.
    """
    path, start_up = _script_path(shell, environ, config_folder), _start_up_file(shell, environ)
    changed = [path] if _written(path, script(shell)) else []
    if start_up is not None:
        kept = _other_lines(start_up)
        end = "" if not kept or kept.endswith("\n") else "\n"
        if _written(start_up, kept + end + _loading(shell, path)):
            changed.append(start_up)
    return changed


def uninstall(shell: str, environ: Mapping[str, str], config_folder: str) -> list[str]:
    """Takes away what `install` has made; returns the files that were changed or removed. Raises as `install` does."""
    path, start_up = _script_path(shell, environ, config_folder), _start_up_file(shell, environ)
    changed: list[str] = []
    if start_up is not None and os.path.exists(start_up) and _written(start_up, _other_lines(start_up)):
        changed.append(start_up)
    with _failures_told(path):
        if os.path.lexists(path):
            os.unlink(path)
            changed.append(path)
    return changed


def _ending(shell: str) -> str:
    return "ps1" if shell in POWERSHELLS else shell


def _script_path(shell: str, environ: Mapping[str, str], config_folder: str) -> str:
    """The path of the script: fish reads a folder of its own, for the others it is beside our settings."""
    if shell != "fish":
        return os.path.join(config_folder, f"completion.{_ending(shell)}")
    config = environ.get("XDG_CONFIG_HOME", "")
    base = config if os.path.isabs(config) else os.path.join(_home(), ".config")
    return os.path.join(base, "fish", "completions", "llmpath.fish")


def _start_up_file(shell: str, environ: Mapping[str, str]) -> str | None:
    """The file that a shell reads when it starts; None for one that finds the script by itself."""
    if shell == "fish":
        return None
    if shell == "bash":
        return os.path.join(_home(), ".bashrc")
    if shell == "zsh":
        return os.path.join(environ.get("ZDOTDIR") or _home(), ".zshrc")
    import subprocess

    try:
        told = subprocess.run([shell, "-NoProfile", "-Command", "echo $profile"], capture_output=True, check=True)
        return told.stdout.decode().strip()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise CannotWrite(path=shell, reason=getattr(error, "strerror", None) or str(error)) from error


def _home() -> str:
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        raise NoHome
    return home


def _loading(shell: str, path: str) -> str:
    """The line of a start-up file that loads the script, if it is there."""
    if shell in POWERSHELLS:
        quoted = path.replace("'", "''")
        return f"if (Test-Path '{quoted}') {{ . '{quoted}' }} {MARK}\n"
    import shlex

    quoted = shlex.quote(path)
    return f"[ -r {quoted} ] && . {quoted} {MARK}\n"


def _other_lines(path: str) -> str:
    """The lines of a start-up file without ours; none where it is not there yet."""
    if not os.path.exists(path):
        return ""
    with _failures_told(path):
        text = read_bounded(path, MAX_BYTES).decode(errors="surrogateescape")
    return "".join(line for line in text.splitlines(keepends=True) if not line.rstrip().endswith(MARK))


def _written(path: str, text: str) -> bool:
    """Writes a file unless that is what it holds; whether it was written."""
    from llmpath.files.atomic import USUAL, write_atomically

    content = text.encode(errors="surrogateescape")
    with _failures_told(path):
        if os.path.exists(path) and read_bounded(path, MAX_BYTES) == content:
            return False
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_atomically(path, content, mode=USUAL)
    return True


@contextmanager
def _failures_told(path: str) -> Iterator[None]:
    """Makes `CannotWrite` of what the operating system refuses."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
