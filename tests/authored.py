"""A small authored curriculum in a folder, sound and without warnings, in which a test breaks one thing."""

from pathlib import Path

from llmpath.curriculum.reader import Checked, check_folder
from llmpath.messages import Texts

FILES = {
    "curriculum.toml": """\
id = "small"
languages = ["en"]
title.en = "Small Course"
summary.en = "Two topics."

[[sources]]
id = "other-course"
title = "Another Course"
language = "en"

[[parts]]
id = "basics"
title.en = "Basics"
summary.en = "Where to begin."
topics = ["numbers", "words"]

[[goals]]
id = "writer"
title.en = "Writer"
summary.en = "Somebody who writes."
topics = ["numbers"]
""",
    "topics/numbers.toml": """\
title.en = "Numbers"
summary.en = "What numbers are."
core = ["book"]

[[concepts]]
id = "zero"
title.en = "Zero"
summary.en = "Nothing, written down."

[[resources]]
id = "book"
title = "A Book of Numbers"
url = "https://example.org/numbers"
kind = "book"
language = "en"
level = "intro"
minutes = 90
concepts = ["zero"]
sources = ["other-course"]
note.en = "For whoever likes to read."
""",
    "topics/words.toml": """\
title.en = "Words"
summary.en = "What words are."
aliases = ["vocabulary"]
requires = ["numbers"]
core = ["talk"]
see_also = ["numbers/book"]

[[concepts]]
id = "noun"
title.en = "Noun"
summary.en = "A word for a thing."
aliases = ["nouns"]

[[resources]]
id = "talk"
title = "A Talk on Words"
url = "https://example.org/words"
kind = "video"
language = "en"
level = "intro"
minutes = 30
concepts = ["noun"]
note.en = "For whoever likes to listen."

[[resources]]
id = "dictionary"
title = "A Dictionary"
url = "https://example.org/dictionary"
kind = "tool"
language = "en"
level = "intro"
note.en = "For looking things up."
""",
    "questions/words.toml": """\
[[questions]]
id = "which-word"
concept = "noun"
ask.en = "Which of these is a noun: run, house?"
answer.en = "House."
source = "talk"
""",
}


class Authored:
    """The files in `folder`; every method writes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> "Authored":
        """Gives a file another content."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def replace(self, name: str, old: str, new: str) -> "Authored":
        """Replaces a text that stands once in a file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def checked(self) -> Checked:
        """What the checking of the folder finds."""
        return check_folder(self.folder)

    def said(self, language: str = "en") -> list[str]:
        """Every fault in words, warnings among them."""
        from llmpath.view.error_texts import fault_text

        return [fault_text(fault, Texts(language)) for fault in self.checked().problems]
