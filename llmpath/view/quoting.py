"""Commands that are printed to be copied. Pure."""

import sys


def quoted(word: str) -> str:
    """A word of a command as a shell takes it for that word, whatever it is called."""
    if sys.platform == "win32":  # neither cmd nor PowerShell knows the quotes of POSIX
        return f'"{word}"' if not word or any(sign in word for sign in " &()[]{}^=;!'+,`~$") else word
    import shlex

    return shlex.quote(word)
