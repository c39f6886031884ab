"""What a TAB offers."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from llmpath.cli.command_line import command_line
from llmpath.cli.completion import WITHOUT_PARTS, Index, Tab
from llmpath.cli.help import option_key, text_key
from llmpath.cli.parameters import VALUES
from llmpath.cli.settings import SETTINGS, value_from
from llmpath.curriculum import library
from llmpath.messages import Texts
from llmpath.text.languages import LANGUAGES
from tests.support import SMALL, Home

TOPICS = ["numbers", "words", "attention", "tuning", "agents"]
PARTS = ["basics", "models"]


class Desk:
    """Where a TAB is pressed: a home, and the curriculum `small` in use."""

    def __init__(self, home: Home, cache: Path) -> None:
        self.home = home
        self.env = {**home.env, "LLMPATH_CURRICULUM": str(SMALL), "XDG_CACHE_HOME": str(cache)}

    def told(self, *words: str, **env: str) -> list[tuple[str, str]] | None:
        """What is offered for the last of the words, with what it means."""
        *before, current = words
        return Tab(before, current, {**self.env, **env}, described=True).candidates()

    def offered(self, *words: str, **env: str) -> list[str] | None:
        """What is offered for the last of the words."""
        told = self.told(*words, **env)
        return told if told is None else [word for word, _ in told]

    def keep(self, **states: str) -> None:
        """Keeps progress; `/` in an address is written as `__`."""
        tables = (
            f'[items."small/{address.replace("__", "/")}"]\nstate = "{state}"\n' for address, state in states.items()
        )
        self.home.write_progress("schema = 1\n" + "".join(tables))


@pytest.fixture
def desk(home: Home, cache: Path) -> Desk:
    return Desk(home, cache)


# What a TAB knows of the command line.


@pytest.mark.parametrize("key", [key for key, setting in SETTINGS.items() if setting.values in VALUES])
def test_values_offered_for_a_setting_are_right(key: str) -> None:
    for word in VALUES[SETTINGS[key].values][1]:
        value_from(key, word, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_offered_has_its_text_in_each_language(language: str) -> None:
    say, known = Texts(language), command_line()
    values = [f"{family}.{word}" for family, words in VALUES.values() if family for word in words]
    commands = [f"help.{text_key(name)}" for name in known.commands if name]
    every = known.commands.values()
    options = [option_key(option, each.name, say) for each in every for option in known.options_of(each)]
    arguments = [f"argument.{param.key}" for syntax in known.commands.values() for param in syntax.arguments]
    assert [key for key in (*values, *commands, *options, *arguments) if key not in say] == []


# What is offered where.


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("sh",), ["show"]),
        (("export", ""), ["md", "csv", "json", "anki", "html", "svg"]),
        (("config", ""), ["get", "set", "unset", "edit"]),
        (("show", ""), TOPICS),
        (("show", "a"), ["attention", "agents"]),
        (("show", "ATT"), ["attention"]),
        (("show", "agents/"), ["agents/tools", "agents/acting", "agents/exercise"]),
        (("show", "attention/h"), ["attention/heads"]),
        (("show", "no-such-topic"), []),
        (("show", "no-such-topic/"), []),
        (("show", "--kind", "v"), ["video"]),
        (("show", "--kind=v"), ["--kind=video"]),
        (("show", "--", "num"), ["numbers"]),
        (("--lang", "zh", "show", "num"), ["numbers"]),
        (("--quiet", "show", "num"), ["numbers"]),
        (("list", ""), PARTS),
        (("list", "--state", "do"), ["doing", "done"]),
        (("resources", ""), [*TOPICS, *PARTS]),
        (("resources", "numbers", "words", "attention", "tuning", ""), ["agents", "models"]),
        (("resources", "--level", "i"), ["intro", "intermediate"]),
        (("resources", "--in", "zh"), ["zh-Hans", "zh-Hant"]),
        (("goal", "m"), ["models"]),
        (("path", "--know", "w"), ["words"]),
        (("next", "--goal", "b"), ["basics"]),
        (("next", ""), []),
        (("search", "num"), []),
        (("note", "num"), ["numbers"]),
        (("note", "numbers", "wor"), []),
        (("done", "numbers", "--on", "t"), ["today"]),
        (("--color", ""), ["auto", "always", "never"]),
        (("config", "set", "col"), ["color"]),
        (("config", "set", "color", ""), ["auto", "always", "never"]),
        (("config", "set", "show_hours", ""), ["true", "false"]),
        (("config", "set", "hours_per_week", ""), []),
        (("config", "set", "curriculum", "llm"), ["llm-course"]),
        (("curriculum", "use", ""), ["llm-course"]),
        (("--curriculum", "llm"), ["llm-course"]),
        (("--install-completion", "f"), ["fish"]),
        (("no-such-command", ""), []),
        (("show", "numbers", "too-many"), []),
    ],
)
def test_offers(desk: Desk, words: Sequence[str], expected: list[str]) -> None:
    assert desk.offered(*words) == expected


def test_a_command_that_takes_no_word_offers_its_options(desk: Desk) -> None:
    every = "--json --lang --color --quiet --no-pager --progress --curriculum --help"
    assert desk.offered("stats", "") == every.split()


def test_an_option_is_offered_once_unless_it_may_be_repeated(desk: Desk) -> None:
    assert desk.offered("export", "md", "-o", "file", "--ou") == []
    assert desk.offered("path", "--know", "words", "--kn") == ["--know"]


@pytest.mark.parametrize(
    "words",
    ["import ", "merge one.toml tw", "validate ", "curriculum new ", "export md -o ", "export md --output a",
     "export md --output=a", "plan --ics ", "--progress ", "--curriculum ./some-folder", "show --curriculum ../"],
)  # fmt: skip
def test_files_are_left_to_the_shell(desk: Desk, words: str) -> None:
    assert desk.offered(*words.split(" ")) is None


def test_backups_are_offered_by_name(desk: Desk) -> None:
    folder = desk.home.write_progress("schema = 1\n").parent / "backups"
    folder.mkdir()
    for name in ("progress-2026-11-20T10-00-00.toml", "progress-2026-11-21T10-00-00.toml", "other.toml"):
        (folder / name).write_text("schema = 1\n", encoding="utf-8")
    assert desk.offered("backup", "restore", "") == [
        "progress-2026-11-21T10-00-00.toml",
        "progress-2026-11-20T10-00-00.toml",
    ]


def test_curricula_of_the_user_are_offered_by_name(desk: Desk) -> None:
    shutil.copytree(SMALL, desk.home.progress.parent / "curricula" / "mine")
    assert desk.offered("curriculum", "use", "") == ["llm-course", "mine"]
    assert desk.offered("--curriculum", "mine", "list", "", LLMPATH_CURRICULUM="") == PARTS


@pytest.mark.parametrize("command", ["show", "open", "note", "path", "goal", "resources", "done"])
def test_every_item_offered_is_one_that_the_command_finds(desk: Desk, command: str) -> None:
    catalog = library.load_catalog(library.Place("small", str(SMALL)), "en", desk.env["XDG_CACHE_HOME"])
    items = [*(desk.offered(command, "") or []), *(desk.offered(command, "tuning/") or [])]
    assert len(items) > len(TOPICS)
    for item in items:
        found = catalog.resolve(item) if command in WITHOUT_PARTS else catalog.resolve_item_or_part(item)
        assert item in (getattr(found, "address", ""), getattr(found, "id", ""))


# Only what a command can still act on.


def test_each_mark_is_offered_what_it_can_still_change(desk: Desk) -> None:
    desk.keep(numbers="done", words="doing", attention="skipped", tuning="todo")
    assert desk.offered("start", "") == ["tuning", "agents", "models"]
    assert desk.offered("done", "") == ["words", "tuning", "agents", *PARTS]
    assert desk.offered("skip", "") == ["words", "tuning", "agents", *PARTS]
    assert desk.offered("reset", "") == ["numbers", "words", "attention", *PARTS]


@pytest.mark.parametrize("command", ["show", "open", "note", "path", "goal", "resources"])
def test_other_commands_are_offered_everything(desk: Desk, command: str) -> None:
    desk.keep(**dict.fromkeys(TOPICS, "done"))
    assert (desk.offered(command, "") or [])[:5] == TOPICS


def test_within_a_topic_too_only_what_is_left(desk: Desk) -> None:
    desk.keep(agents="done", agents__tools="done")
    assert desk.offered("done", "agents/") == ["agents/acting", "agents/exercise"]
    assert desk.offered("reset", "agents/") == ["agents/tools"]


def test_what_is_in_a_topic_is_offered_where_the_topic_itself_is_not(desk: Desk) -> None:
    desk.keep(agents="done", attention__heads="doing", attention__paper="done")
    assert desk.offered("done", "agents") == ["agents/tools", "agents/acting", "agents/exercise"]
    assert desk.offered("reset", "att") == ["attention/heads", "attention/paper"]


def test_progress_is_read_from_where_the_command_would_read_it(desk: Desk, tmp_path: Path) -> None:
    desk.keep(numbers="done")
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_text('schema = 1\n[items."small/words"]\nstate = "done"\n', encoding="utf-8")
    assert desk.offered("reset", "") == ["numbers", "basics"]
    assert desk.offered("reset", "", LLMPATH_PROGRESS=str(elsewhere)) == ["words", "basics"]
    assert desk.offered("--progress", str(elsewhere), "reset", "") == ["words", "basics"]


# What the words mean.


def test_items_and_commands_are_told_by_their_titles_and_help(desk: Desk) -> None:
    assert desk.told("show", "num") == [("numbers", "Numbers")]
    assert desk.told("list", "b") == [("basics", "Basics")]
    assert desk.told("unde") == []
    assert desk.told("und") == [("undo", Texts("en")("help.undo"))]
    assert desk.told("list", "--js") == [("--json", Texts("en")("option.json"))]
    assert desk.told("list", "--state", "sk") == [("skipped", "")]


@pytest.mark.parametrize(
    ("words", "env", "setting", "title"),
    [
        ((), {}, "", "Numbers"),
        ((), {"LANG": "zh_TW.UTF-8"}, "", "數字"),
        ((), {"LANG": "zh_TW.UTF-8"}, "# mine\nlanguage = 'zh-Hans' # so\n", "数字"),
        ((), {"LLMPATH_LANG": "zh-TW"}, 'language = "zh-Hans"\n', "數字"),
        (("--lang", "en"), {"LLMPATH_LANG": "zh-TW"}, 'language = "zh-Hans"\n', "Numbers"),
        (("--lang", "klingon"), {}, 'language = "klingon"\n', "Numbers"),
    ],
)
def test_titles_come_in_the_language_in_force(
    desk: Desk, words: Sequence[str], env: dict[str, str], setting: str, title: str
) -> None:
    if setting:
        desk.home.config.parent.mkdir(parents=True)
        desk.home.config.write_text(setting, encoding="utf-8")
    assert desk.told(*words, "show", "num", **env) == [("numbers", title)]


def test_the_curriculum_of_the_settings_is_the_one_in_use(desk: Desk) -> None:
    desk.home.config.parent.mkdir(parents=True)
    desk.home.config.write_text(f"curriculum = '{SMALL}'\n[later]\ncurriculum = 'no'\n", encoding="utf-8")
    assert desk.offered("list", "", LLMPATH_CURRICULUM="") == PARTS


def test_nothing_offered_can_drive_the_terminal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [["item", "sly", "1.1", "A \x1b[2Jtitle\u202e"], ["item", "sl\x07ier", "1.2", "Never offered"]]
    rows = [["curriculum", "small"], *items]
    monkeypatch.setattr(Tab, "_index", lambda _: Index(rows))
    assert desk.told("show", "sl") == [("sly", "A \ufffd[2Jtitle\ufffd")]


# Whatever is damaged, a TAB goes on without it.


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"schema = \xff", b"[items\n", b"items = 1\n", b"schema = 99\n"])
def test_damaged_progress_offers_every_item(desk: Desk, content: bytes) -> None:
    desk.home.write_progress(content)
    assert desk.offered("done", "") == [*TOPICS, *PARTS]


def test_a_bad_record_leaves_the_others_in_force(desk: Desk) -> None:
    desk.home.write_progress('schema = 1\nitems.bad = 1\nitems.worse.on = 1\n[items."small/numbers"]\nstate = "done"\n')
    assert desk.offered("reset", "") == ["numbers", "basics"]


def test_damaged_settings_are_passed_over(desk: Desk) -> None:
    desk.home.config.parent.mkdir(parents=True)
    desk.home.config.write_bytes(b"language = \xff'")
    assert desk.offered("show", "num") == ["numbers"]


@pytest.mark.parametrize("outline", ["", "id = ["])
def test_a_damaged_curriculum_offers_no_items_and_still_options(desk: Desk, tmp_path: Path, outline: str) -> None:
    (tmp_path / "curriculum.toml").write_text(outline, encoding="utf-8")
    assert desk.offered("show", "", LLMPATH_CURRICULUM=str(tmp_path)) == []
    assert desk.offered("show", "--j", LLMPATH_CURRICULUM=str(tmp_path)) == ["--json"]


def test_an_unknown_curriculum_offers_no_items(desk: Desk) -> None:
    assert desk.offered("show", "", LLMPATH_CURRICULUM="no-such") == []


# The index, as the build writes it.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_has_every_item_of_the_curriculum(cache: Path, language: str) -> None:
    place = library.shipped()
    index = library.load_index(place, language, str(cache), Index)
    catalog = library.load_catalog(place, language, str(cache))
    assert index.parts == [(part.id, part.title, part.topics) for part in catalog.curriculum.parts]
    titles = {item.id: " ".join(item.entry.title.split()) for item in catalog.items() if item.kind != "exercise"}
    assert titles.items() <= {name: title for name, title, _ in index.items}.items()


def test_the_index_that_the_build_made_is_read_right_away(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "compiled" / "llm-course"
    folder.mkdir(parents=True)
    (folder / "en.index.tsv").write_text("curriculum\tllm-course\nitem\tbuilt\t1.1\tMade by the Build\n", "utf-8")
    monkeypatch.setattr("llmpath.cli.completion.COMPILED", os.fspath(folder.parent))
    assert desk.told("show", "", LLMPATH_CURRICULUM="") == [("built", "Made by the Build")]


def test_an_option_is_explained_by_what_it_does_in_its_command(course: Home) -> None:
    for command, text in (("show", "every resource"), ("search", "every match"), ("reset", "has a state")):
        [line] = [line for line in course.call("help", command).out.splitlines() if "--all" in line]
        assert text in line
        assert text in dict(Tab([command], "--al", course.env, described=True).candidates() or [])["--all"]
