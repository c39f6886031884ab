"""Edge: the scripts that make a shell ask at a TAB, where they go, and the line of a start-up file that loads them."""

import os
from collections.abc import Mapping

from llmpath.cli.shells import ASKING, SHELLS, WORDS
from llmpath.errors import CannotWrite, NoHome, UsageError
from llmpath.files.bounded import read_bounded

MAX_BYTES = 16 * 1024 * 1024

BASH = """\
_llmpath() {
    local IFS=$'\\n' answers answer
    COMPREPLY=()
    type -P llmpath >/dev/null || return 0
    answers=$({asking}=bash {words}="${COMP_WORDS[*]:0:COMP_CWORD+1}" llmpath 2>/dev/null) || return 0
    compopt +o default 2>/dev/null
    [ -n "$answers" ] || return 0
    while IFS= read -r answer; do COMPREPLY+=("$answer"); done <<<"$answers"
}
complete -o default -F _llmpath llmpath
"""

ZSH = """\
_llmpath() {
    (( $+commands[llmpath] )) || return 1
    local answers
    if answers="$({asking}=zsh {words}="${(pj:\\n:)words[1,CURRENT]}" llmpath 2>/dev/null)"; then
        [[ -n $answers ]] || return 1
        local -a found=("${(@f)answers}")
        _describe -V llmpath found
    else
        [[ $PREFIX == -*=* ]] && compset -P '*='
        _files
    fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _llmpath llmpath
"""

FISH = """\
function __llmpath_answers
    command -q llmpath; or return
    set -lx {asking} fish
    set -lx {words} (string join \\n -- (commandline -opc) (commandline -ct) | string collect)
    set -l answers (command llmpath 2>/dev/null)
    if test $status -eq 0
        string join -- \\n $answers
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c llmpath -f -a '(__llmpath_answers)'
"""

POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName llmpath -ScriptBlock {
    param($word, $ast, $cursor)
    if (-not (Get-Command llmpath -ErrorAction Ignore)) { return }
    $words = @($ast.CommandElements | ForEach-Object { $_.Extent.Text })
    if ($word -eq '') { $words += '' }
    $env:{asking} = 'powershell'
    $env:{words} = $words -join "`n"
    try {
        llmpath 2>$null | ForEach-Object {
            $value, $text = $_ -split "`t", 2
            if (-not $text) { $text = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
        }
    } finally { Remove-Item Env:{asking}, Env:{words} }
}
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL, "pwsh": POWERSHELL}
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
    return SCRIPTS[shell].replace("{asking}", ASKING).replace("{words}", WORDS)


def install(shell: str, environ: Mapping[str, str], config_folder: str) -> list[str]:
    """Puts the script where the shell finds it; returns the files that were changed, the script first.

    Raises `CannotWrite` or `NoHome`.
    """
    path = _script_path(shell, environ, config_folder)
    changed = [path] if _written(path, script(shell)) else []
    start_up = _start_up_file(shell, environ)
    if start_up is not None:
        kept, loading = _other_lines(start_up), _loading(shell, path)
        if _written(start_up, "".join([*kept, "" if not kept or kept[-1].endswith("\n") else "\n", loading])):
            changed.append(start_up)
    return changed


def uninstall(shell: str, environ: Mapping[str, str], config_folder: str) -> list[str]:
    """Takes away what `install` has made; returns the files that were changed or removed. Raises as `install` does."""
    path = _script_path(shell, environ, config_folder)
    changed: list[str] = []
    start_up = _start_up_file(shell, environ)
    if start_up is not None and os.path.exists(start_up) and _written(start_up, "".join(_other_lines(start_up))):
        changed.append(start_up)
    try:
        os.unlink(path)
        changed.append(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
    return changed


def _script_path(shell: str, environ: Mapping[str, str], config_folder: str) -> str:
    """The path of the script: fish reads a folder of its own, for the others it is beside our settings."""
    if shell != "fish":
        return os.path.join(config_folder, f"completion.{'ps1' if shell in ('powershell', 'pwsh') else shell}")
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
    if shell in ("powershell", "pwsh"):
        quoted = path.replace("'", "''")
        return f"if (Test-Path '{quoted}') {{ . '{quoted}' }} {MARK}\n"
    import shlex

    quoted = shlex.quote(path)
    return f"[ -r {quoted} ] && . {quoted} {MARK}\n"


def _other_lines(path: str) -> list[str]:
    """The lines of a start-up file without ours; none where it is not there yet. Raises `CannotWrite`."""
    try:
        text = read_bounded(path, MAX_BYTES).decode(errors="surrogateescape")
        return [line for line in text.splitlines(keepends=True) if not line.rstrip().endswith(MARK)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


def _written(path: str, text: str) -> bool:
    """Writes a file unless that is what it holds; whether it was written. Raises `CannotWrite`."""
    from llmpath.files.atomic import USUAL, write_atomically

    content = text.encode(errors="surrogateescape")
    try:
        try:
            if read_bounded(path, MAX_BYTES) == content:
                return False
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        write_atomically(path, content, mode=USUAL)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or str(error)) from error
    return True
