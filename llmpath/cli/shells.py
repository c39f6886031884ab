"""Edge: how a shell asks what may stand at the cursor, and how it wants to be told; the scripts that make it ask.

The scripts are typer's. They call the program with `_LLMPATH_COMPLETE` set, and the words in other variables.
"""

import os
import sys

from llmpath.cli.completion import Candidate, Tab

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Mapping

ASKING = "_LLMPATH_COMPLETE"
"""The variable that makes a call of the program a shell's question."""

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
"""The shells that completion is made for."""

ZSH_AT_FIRST = '\n\nif [[ $funcstack[1] = _llmpath ]]; then _llmpath_completion "$@"; fi\n'
"""Makes the TAB that loads the script an answered one; typer's script leaves it without answer."""

PLAIN = frozenset("%+,-./:=@_")
"""Beside letters and digits, what bash takes as it is."""


def answer_tab(environ: "Mapping[str, str]") -> int | None:
    """Answers a TAB on standard output; returns the exit code, or None where something else is asked."""
    request, _, shell = environ.get(ASKING, "").partition("_")
    if request != "complete" or shell not in SHELLS:
        return None
    words, current, cut = _bash_words(environ) if shell == "bash" else (*_words(shell, environ), 0)
    candidates = Tab(words, current, environ, described=shell != "bash").candidates()
    text = _answer(shell, candidates, current, cut)
    if shell == "fish" and environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return 1 if candidates is None else 0  # 1: let fish complete files
    with open(1, "wb", buffering=0, closefd=False) as out:
        out.write(text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace"))
    return 0


def _bash_words(environ: "Mapping[str, str]") -> tuple[list[str], str, int]:
    """The words before the cursor, the word with the cursor, and how much of it bash does not want to hear again.

    For bash `=` is a word of its own; here an option and its value are put together again.
    """
    asked = environ.get("COMP_WORDS", "")
    given = asked.split("\n") if "\n" in asked else asked.split(" ")
    count = environ.get("COMP_CWORD", "")
    number = int(count) if count.isdecimal() else len(given) - 1
    words: list[str] = []
    cut = 0
    for word in [*given, ""][1 : number + 1]:
        before = words[-1] if words else ""
        if before.startswith("--") and (word == "=" or before.endswith("=")):
            words[-1] += word
            cut = len(before) + 1 if word == "=" else len(before)
        else:
            words.append(word)
            cut = 0
    words = [_unquoted(word) for word in words]
    current = words.pop() if words else ""
    return words, current, cut


def _words(shell: str, environ: "Mapping[str, str]") -> tuple[list[str], str]:
    """The words before the cursor, and the word with the cursor, out of one line."""
    line = environ.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    if shell in ("powershell", "pwsh"):
        current = environ.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return words[:-1] if current else words, current
    if not words or line[-1:].isspace():
        return words, ""
    return words[:-1], words[-1]


def _unquoted(word: str) -> str:
    return " ".join(_split(word)) if any(sign in word for sign in "'\"\\") else word


def _split(line: str) -> list[str]:
    """The words of a line as a shell takes them; a quote that is not closed yet goes to the end."""
    if not any(sign in line for sign in "'\"\\"):
        return line.split()
    import shlex

    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words


def _answer(shell: str, candidates: list[Candidate] | None, current: str, cut: int) -> str:
    match shell:
        case "zsh":
            return _zsh(candidates, current)
        case "bash":
            return "\n".join(_escaped(word[cut:]) for word, _ in candidates or ())
        case "fish":
            return "\n".join(f"{word}\t{text}" if text else word for word, text in candidates or ())
        case _:
            return "\n".join(f"{word}:::{text or ' '}" for word, text in candidates or ())


def _escaped(word: str) -> str:
    return "".join(sign if sign.isalnum() or sign in PLAIN else f"\\{sign}" for sign in word)


def _zsh(candidates: list[Candidate] | None, current: str) -> str:
    """What zsh runs: its own function that shows words with their meaning, in this order, or files.

    Every text stands in single quotes, in which zsh takes everything as it is.
    """
    if candidates is None:
        return "compset -P '*='; _files" if current.startswith("-") else "_files"
    named = ((word.replace(":", "\\:"), text) for word, text in candidates)
    rows = (f"{word}:{text}" if text else word for word, text in named)
    quoted = " ".join("'" + row.replace("'", "'\\''") + "'" for row in rows)
    return f"local -a found=({quoted}); _describe -V llmpath found" if quoted else ""


def checked(shell: str, option: str) -> str:
    """The shell, if it is one of ours. Raises `UsageError`."""
    from llmpath.errors import UsageError

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
    """What makes a shell ask; for its start-up file, or to be looked at."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # typer imports it from inside

    text: str = get_completion_script(prog_name="llmpath", complete_var=ASKING, shell=shell)
    return text + ZSH_AT_FIRST if shell == "zsh" else text


def install(shell: str) -> str:
    """Puts the script where the shell finds it; returns where that is. Raises `CannotWrite`."""
    from subprocess import SubprocessError

    from typer.completion import install  # type: ignore[attr-defined]  # typer imports it from inside

    from llmpath.errors import CannotWrite, NoHome

    try:
        config = os.environ.get("XDG_CONFIG_HOME", "")
        if shell == "fish" and os.path.isabs(config):  # fish looks there then, and typer writes below ~/.config
            return _installed_below(os.path.join(config, "fish", "completions"), script(shell))
        path = str(install(shell=shell, prog_name="llmpath", complete_var=ASKING)[1])
        if shell == "zsh":
            with open(path, "a", encoding="utf-8") as file:
                file.write(ZSH_AT_FIRST)
    except RuntimeError:  # what pathlib says where there is no home
        raise NoHome from None
    except (OSError, SubprocessError, ValueError) as error:
        name = getattr(error, "filename", None) or shell
        raise CannotWrite(path=name, reason=getattr(error, "strerror", None) or str(error)) from error
    return path


def _installed_below(folder: str, text: str) -> str:
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "llmpath.fish")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    return path
