"""What commands check of the words of an option."""

from llmpath.errors import UsageError


def file_name(word: str, option: str) -> str:
    """The name of a file or a folder, if it is one. Raises `UsageError`."""
    if not word.strip():
        raise UsageError("usage.bad_value", name=option, value=word)
    return word


def one_of(word: str | None, known: tuple[str, ...], option: str) -> str | None:
    """The word, if it is one of those known, or None where none is given. Raises `UsageError`."""
    if word is None or word in known:
        return word
    raise UsageError("not_one_of", option=option, value=word, known=", ".join(known))
