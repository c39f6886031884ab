"""export and import, as blocks. Pure."""

from llmpath.view.document import Block, line
from llmpath.view.results import sharing as r
from llmpath.view.screens.keeping import difference_lines
from llmpath.view.screens.words import Look, standing_text


def exported(result: r.Exported, look: Look) -> list[Block]:
    return [line(look.say("export.written", path=result.path))]


def imported(result: r.Imported, look: Look) -> list[Block]:
    say, count = look.say, len(result.differences)
    if not count:
        return [line(say("import.nothing", path=result.file))]
    key = "import.would_mark" if result.dry_run else "import.marked"
    blocks = [line(say(key, path=result.file, count=count)), *difference_lines(result.differences, look)]
    if result.dry_run:
        return blocks
    back = line((say("import.take_back") + " ", "dim"), ("llmpath undo", "code"), indent=2)
    return [*blocks, line(standing_text(result.progress, look), indent=2), back]
