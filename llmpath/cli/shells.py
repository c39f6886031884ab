"""How a shell asks what may stand at the cursor, and how it wants to be told. Pure.

The scripts of `completion_scripts` call the program with `_LLMPATH_COMPLETE` naming the shell, and the words up to the
cursor in `_LLMPATH_WORDS`, a line for each. Exit code 1 leaves the word to the shell's own completion of files.
"""

ASKING = "_LLMPATH_COMPLETE"
"""The variable that makes a call of the program a shell's question."""

WORDS = "_LLMPATH_WORDS"
"""The variable with the words: the program's own first, the one with the cursor last."""

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
"""The shells that completion is made for."""

PLAIN = frozenset("%+,-./:=@_")
"""Beside letters and digits, what bash takes as it is."""

QUOTES = ("'", '"')


def rejoined(given: list[str]) -> tuple[list[str], int]:
    """The words of bash, and how much of the last one bash does not want to hear again.

    For bash `=` is a word of its own; here an option and its value are put together again.
    """
    words: list[str] = []
    cut = 0
    for word in given:
        before = words[-1] if words else ""
        if before.startswith("--") and (word == "=" or before.endswith("=")):
            words[-1] += word
            cut = len(before) + 1 if word == "=" else len(before)
        else:
            words.append(word)
            cut = 0
    return words, cut


def unquoted(word: str) -> str:
    """A word as the shell would pass it on; a quote that is not closed yet goes to the end."""
    if not any(sign in word for sign in ("'", '"', "\\")):
        return word
    import shlex

    lexer = shlex.shlex(word, posix=True)
    lexer.whitespace_split = True
    lexer.whitespace = lexer.commenters = ""
    try:
        return lexer.get_token() or ""
    except ValueError:
        return lexer.token


def answer(shell: str, word: str, text: str, cut: int, *, is_quoted: bool) -> str:
    """One candidate as a line of the answer."""
    if shell == "bash":
        return word[cut:] if is_quoted else "".join(_escaped(sign) for sign in word[cut:])
    if shell == "zsh":
        name = word.replace("\\", "\\\\").replace(":", "\\:")
        return f"{name}:{text}" if text else name
    return f"{word}\t{text}" if text else word


def _escaped(sign: str) -> str:
    return sign if sign.isalnum() or sign in PLAIN else f"\\{sign}"
