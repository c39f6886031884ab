"""The texts of the program: one file per language, each with the same keys and the same fields, as a test holds.

A text whose count may be one has a second form under `KEY.one`. Fields stand in braces: `{name}`.
"""

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Mapping


class Texts:
    """The texts of one language, loaded when the first is asked for."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts: Mapping[str, str] | None = None

    def __call__(self, key: str, /, **fields: object) -> str:
        """The text of a key with its fields filled in; its `.one` form where the field `count` is 1."""
        if fields.get("count") == 1 and f"{key}.one" in self.all():
            key = f"{key}.one"
        text = self.all()[key]
        return text.format_map(fields) if fields else text

    def __contains__(self, key: str) -> bool:
        return key in self.all()

    def all(self) -> "Mapping[str, str]":
        """Every text by its key."""
        if self._texts is None:
            from importlib import import_module

            self._texts = import_module(f"llmpath.messages.{self.language.lower().replace('-', '_')}").TEXTS
        return self._texts
