"""A curriculum of one's own, from the first file to the last command: made, checked, chosen, worked through."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from llmpath.text.languages import LANGUAGES
from tests.authored import FILES, Authored
from tests.support import Home
from tests.terminals import on_terminal

OUTLINE, NUMBERS, WORDS = "curriculum.toml", "topics/numbers.toml", "topics/words.toml"


# new


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_curriculum_is_sound_and_used_at_once(language: str, home: Home) -> None:
    made = home.run("--lang", language, "curriculum", "new", "My Course")
    assert (made.code, made.err) == (0, "")
    assert "llmpath list --curriculum 'My Course'" in made.out
    report = home.call("validate", "My Course", "--json").json()["folders"][0]
    assert (report["curriculum"], report["topics"], report["faults"], report["warnings"]) == ("my-course", 2, [], [])
    listed = home.call("--curriculum", "My Course", "list", "--json").json()
    assert [topic["id"] for topic in listed["topics"]] == ["first-steps", "next-steps"]
    outline = (home.work / "My Course" / OUTLINE).read_text("utf-8")
    assert f'languages = ["{language}"]' in outline


def test_a_new_curriculum_names_the_schemas_that_are_made_with_it(home: Home) -> None:
    home.call("curriculum", "new", "mine")
    for path in (home.work / "mine").rglob("*.toml"):
        named = path.read_text("utf-8").split("\n", 1)[0].removeprefix("#:schema ")
        schema = json.loads((path.parent / named).read_text("utf-8"))
        assert ("parts" in schema["properties"]) == (path.name == OUTLINE)


@pytest.mark.parametrize(
    ("folder", "made"),
    [
        ("mine", "mine"),
        ("Team Onboarding 2", "team-onboarding-2"),
        ("我的课程", "my-course-e6acdffd"),
        ("你的课程", "my-course-d49b4f3a"),
        ("学习2", "2-6353c051"),
        ("C++", "c-5751eea2"),
        ("Caf\u00e9", "caf-596c6db1"),
        ("Cafe\u0301", "caf-596c6db1"),
        ("llm-course", "llm-course-2"),
        ("./a/b/", "b"),
    ],
)
def test_the_id_comes_from_the_name_of_the_folder(folder: str, made: str, home: Home) -> None:
    assert home.call("curriculum", "new", folder).code == 0
    assert f'\nid = "{made}"\n' in (home.work / folder / OUTLINE).read_text("utf-8")
    assert home.call("validate", folder).code == 0


def test_two_courses_of_which_an_id_holds_no_letter_have_their_own_progress(home: Home) -> None:
    for folder in ("我的课程", "你的课程"):
        home.call("curriculum", "new", folder)
    assert home.call("--curriculum", "我的课程", "start", "1.1").code == 0
    begun = [home.call("--curriculum", name, "list", "--json").json() for name in ("我的课程", "你的课程")]
    assert [[topic["state"] for topic in listing["topics"]] for listing in begun] == [
        ["doing", "todo"],
        ["todo", "todo"],
    ]


def test_without_a_name_nothing_is_made(home: Home) -> None:
    ran = home.call("curriculum", "new", "")
    assert (ran.code, ran.err.startswith("error: FOLDER cannot be “”.")) == (2, True)
    assert list(home.work.iterdir()) == []


@pytest.mark.parametrize("columns", [40, 80])
def test_a_narrow_terminal_keeps_the_title(columns: int, home: Home) -> None:
    seen = on_terminal(home, "curriculum", "list", columns=columns).text
    assert "LLM Course" in seen
    assert ("0 % · 0 of" in seen) is (columns == 80)


def test_files_that_are_no_curriculum_s_are_left_alone_and_no_reason_to_refuse(home: Home) -> None:
    folder = home.work / "mine"
    (folder / ".git").mkdir(parents=True)
    (folder / "README.md").write_text("mine", "utf-8")
    assert home.call("curriculum", "new", "mine").code == 0
    assert home.call("validate", "mine").code == 0
    assert (folder / "README.md").read_text("utf-8") == "mine"


@pytest.mark.parametrize("taken", [OUTLINE, "topics/first-steps.toml"])
def test_where_a_file_of_a_curriculum_is_nothing_is_made(taken: str, home: Home) -> None:
    path = home.work / "mine" / taken
    path.parent.mkdir(parents=True)
    path.write_text("mine", "utf-8")
    ran = home.run("curriculum", "new", "mine")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"error: {path} is there already; nothing was written. Name another folder.\n"
    assert [each for each in (home.work / "mine").rglob("*") if each.is_file()] == [path]
    assert [row["name"] for row in home.call("curriculum", "list", "--json").json()["curricula"]] == ["llm-course"]


def test_a_new_curriculum_is_listed_and_found_by_its_name_from_any_folder(home: Home) -> None:
    assert home.call("curriculum", "new", "somewhere/Mine").code == 0
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert [(row["name"], row["folder"], row["health"]) for row in rows[1:]] == [
        ("mine", str(home.work / "somewhere" / "Mine"), "ok")
    ]
    assert home.call("curriculum", "use", "mine").code == 0
    assert [topic["id"] for topic in home.call("list", "--json").json()["topics"]] == ["first-steps", "next-steps"]


def test_a_curriculum_that_has_moved_is_asked_for_and_found_again(home: Home) -> None:
    home.call("curriculum", "new", "mine")
    home.call("curriculum", "use", "mine")
    (home.work / "mine").rename(home.work / "yours")
    ran = home.call("list")
    assert (ran.code, ran.out) == (3, "")
    assert f"no curriculum in {home.work / 'mine'} any more" in ran.err
    assert "llmpath curriculum use FOLDER" in ran.err
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert [(row["name"], row["health"]) for row in rows] == [("llm-course", "ok"), ("mine", "absent")]
    assert home.call("curriculum", "use", "yours").code == 0
    assert home.call("list").code == 0
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert [(row["name"], row["folder"], row["health"]) for row in rows[1:]] == [
        ("mine", str(home.work / "yours"), "ok")
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want names that are text")
def test_a_folder_whose_name_is_no_text_is_used_like_any_other(home: Home) -> None:
    name = os.fsdecode(b"cours-\xe9")
    for words in (
        ("curriculum", "new", name),
        ("curriculum", "list"),
        ("list", "--curriculum", name),
        ("validate", name),
    ):
        ran = home.call(*words)
        assert (words, ran.code, ran.err) == (words, 0, "")
    ran = home.call("curriculum", "use", name)  # TOML holds no such path
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert not home.config.exists()
    [made] = [
        row for row in home.call("curriculum", "list", "--json").json()["curricula"] if row["name"] != "llm-course"
    ]
    assert home.call("curriculum", "use", made["name"]).code == 0
    assert home.call("list").code == 0


def test_an_id_that_is_in_use_is_not_taken_again(home: Home) -> None:
    home.call("done", "first-steps", "--curriculum", "gone")
    for folder, made in (("a/mine", "mine"), ("b/mine", "mine-2"), ("c/mine", "mine-3")):
        assert home.call("curriculum", "new", folder).code == 0
        assert f'id = "{made}"' in (home.work / folder / OUTLINE).read_text("utf-8")
    home.call("done", "first-steps", "--curriculum", "mine-3")
    for path in (home.work / "c").rglob("*"):
        path.unlink() if path.is_file() else None
    assert home.call("curriculum", "new", "d/mine").code == 0
    assert 'id = "mine-4"' in (home.work / "d/mine" / OUTLINE).read_text("utf-8")


def test_the_id_of_a_curriculum_that_has_moved_is_not_taken(home: Home) -> None:
    home.call("curriculum", "new", "a/mine")
    (home.work / "a").rename(home.work / "elsewhere")
    assert home.call("curriculum", "new", "b/mine").code == 0
    assert 'id = "mine-2"' in (home.work / "b/mine" / OUTLINE).read_text("utf-8")


def test_two_curricula_with_one_id_are_said_before_they_share_progress(home: Home) -> None:
    for folder in ("one", "two"):
        Authored(home.work / folder)
    assert home.call("curriculum", "use", "one").err == ""
    ran = home.call("curriculum", "use", "two")
    assert (ran.code, str(home.work / "one") in ran.err) == (0, True)
    assert f"{home.work / 'one'} has the same id" in home.call("validate", "two").out
    assert f"{home.work / 'one'} has the same id" in home.call("info", "--curriculum", "two").out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
def test_a_pipe_in_the_place_of_where_a_curriculum_is_is_not_waited_for(home: Home) -> None:
    own = home.progress.parent / "curricula"
    own.mkdir(parents=True)
    os.mkfifo(own / "other.path")
    assert home.run("curriculum", "list", seconds=20).code == 0


def test_what_a_killed_use_left_behind_goes_with_the_next(home: Home) -> None:
    own = home.progress.parent / "curricula"
    own.mkdir(parents=True)
    (own / ".small.path.0a1b2c3d4e5f6071.tmp").write_bytes(b"half")
    Authored(home.work / "one")
    assert home.call("curriculum", "use", "one").code == 0
    assert sorted(path.name for path in own.iterdir()) == [".lock", "small.path"]


def test_nobody_else_s_course_is_used_under_the_id_of_the_one_that_ships(home: Home) -> None:
    Authored(home.work / "mine").replace(OUTLINE, 'id = "small"', 'id = "llm-course"')
    for words in (("curriculum", "use", "mine"), ("done", "words", "--curriculum", "mine")):
        ran = home.call(*words)
        assert (ran.code, ran.out) == (4, "")
        assert "“llm-course”" in ran.err
    assert not home.progress.exists()


def test_where_a_folder_cannot_be_made_nothing_is_left(home: Home) -> None:
    (home.work / "file").write_text("x", "utf-8")
    for folder in ("file", "file/mine"):
        ran = home.call("curriculum", "new", folder)
        assert (ran.code, ran.out) == (1, "")
        assert "file" in ran.err
    assert [path.name for path in home.work.iterdir()] == ["file"]


def test_a_file_that_appears_while_a_curriculum_is_made_stays_and_nothing_else_does(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = home.work / "mine" / WORDS
    words.parent.mkdir(parents=True)
    words.write_text("somebody else's", "utf-8")
    monkeypatch.setattr(os.path, "lexists", lambda _path: False)  # it was not there when that was looked at
    monkeypatch.setattr("llmpath.curriculum.library.starter_files", lambda _language: {OUTLINE: "", WORDS: ""})
    ran = home.call("curriculum", "new", "mine")
    assert (ran.code, ran.out) == (1, "")
    assert words.read_text("utf-8") == "somebody else's"
    assert [path for path in home.work.rglob("*") if path.is_file()] == [words]


@pytest.mark.skipif(sys.platform != "linux", reason="a file system with no room left is at hand on Linux alone")
def test_when_the_disk_is_full_nothing_is_left(home: Home) -> None:
    """A limit on the size of files fails the larger ones as a full disk would, after the first were written."""
    import resource
    import signal

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    process = home.popen("curriculum", "new", "deep/mine", preexec_fn=limit)
    assert process.wait(60) == 1
    assert list(home.work.iterdir()) == []


# use


def test_a_curriculum_in_use_is_found_from_any_folder(home: Home) -> None:
    Authored(home.work / "mine")
    used = home.run("curriculum", "use", "mine")
    assert (used.code, used.err) == (0, "")
    assert used.out.splitlines()[0] == "Small Course is in use now."
    assert f'curriculum = "{home.work / "mine"}"' in home.config.read_text("utf-8").replace("\\\\", "\\")
    home.work = home.folder
    assert "Small Course" in home.call("list").out
    assert home.call("curriculum", "use", "llm-course").code == 0
    assert "LLM Course" in home.call("list").out


def test_a_curriculum_in_the_data_folder_is_used_by_its_name(home: Home) -> None:
    Authored(home.progress.parent / "curricula" / "mine")
    assert home.call("curriculum", "use", "mine").code == 0
    assert home.config.read_text("utf-8") == 'curriculum = "mine"\n'
    assert "Small Course" in home.call("list").out


@pytest.mark.parametrize("name", ["nothing", "no/folder", "/no/folder"])
def test_what_is_no_curriculum_cannot_be_used(name: str, home: Home) -> None:
    ran = home.call("curriculum", "use", name)
    assert (ran.code, ran.out) == (3, "")
    assert not home.config.exists()


def test_a_damaged_curriculum_is_not_used(home: Home) -> None:
    Authored(home.work / "mine").write(WORDS, "title.en = ")
    ran = home.call("curriculum", "use", "mine")
    assert (ran.code, ran.out) == (4, "")
    assert "topics/words.toml:1: is not valid TOML" in ran.err
    assert not home.config.exists()


def test_a_variable_that_wins_over_the_choice_is_said(home: Home) -> None:
    Authored(home.work / "mine")
    ran = home.call("curriculum", "use", "mine", env={"LLMPATH_CURRICULUM": "llm-course"})
    assert (ran.code, "LLMPATH_CURRICULUM" in ran.out) == (0, True)


# list


def test_the_curricula_at_hand_are_listed_with_their_progress(home: Home) -> None:
    mine = Authored(home.progress.parent / "curricula" / "mine").folder
    home.call("done", "numbers", "--curriculum", "mine")
    rows = home.run("curriculum", "list", "--json", "--curriculum", "mine").json()["curricula"]
    assert [(row["name"], row["in_use"], row["health"]) for row in rows] == [
        ("llm-course", False, "ok"),
        ("mine", True, "ok"),
    ]
    assert rows[1] | {"progress": None} == {
        "name": "mine",
        "folder": str(mine),
        "id": "small",
        "title": "Small Course",
        "languages": ["en"],
        "in_use": True,
        "health": "ok",
        "faults": 0,
        "progress": None,
    }
    assert (rows[1]["progress"]["done"], rows[1]["progress"]["total"], rows[1]["progress"]["percent"]) == (1, 2, 75)
    assert rows[0]["progress"]["done"] == 0
    text = home.call("curriculum", "list", "--curriculum", "mine").out
    assert re.search(r"✓ +mine +Small Course +75 % · 1 of 2 topics", text)


@pytest.mark.parametrize(("name", "health"), [("mine", "ok"), ("gone", "absent")])
def test_a_curriculum_elsewhere_or_gone_is_listed_while_it_is_in_use(name: str, health: str, home: Home) -> None:
    Authored(home.work / "mine")
    env = {"LLMPATH_CURRICULUM": name}
    rows = home.call("curriculum", "list", "--json", env=env).json()["curricula"]
    assert [(row["name"], row["in_use"], row["health"]) for row in rows] == [
        ("llm-course", False, "ok"),
        (name, True, health),
    ]
    assert home.call("list", env=env).code == (0 if health == "ok" else 3)


def test_a_damaged_curriculum_is_listed_as_damaged(home: Home) -> None:
    mine = Authored(home.progress.parent / "curricula" / "mine").replace(WORDS, "minutes = 30", "minutes = 0").folder
    ran = home.run("curriculum", "list")
    assert (ran.code, ran.err) == (0, "")
    assert f"damaged, 1 problem: llmpath validate {mine}" in ran.out
    row = home.call("curriculum", "list", "--json").json()["curricula"][1]
    assert (row["health"], row["faults"], row["progress"], row["title"]) == ("damaged", 1, None, None)


def test_looking_at_curricula_writes_nothing_but_the_cache(home: Home) -> None:
    Authored(home.work / "mine")
    home.call("curriculum", "list", env={"LLMPATH_CURRICULUM": "mine"})
    home.call("validate", "mine")
    home.call("curriculum", "schema")
    assert not home.progress.parent.exists()
    assert not home.config.parent.exists()


# validate


def test_a_report_with_faults_is_the_answer_and_ends_with_1(home: Home) -> None:
    """Faults are what was asked for: they stand on standard output, whatever the exit code."""
    Authored(home.work / "mine").replace(WORDS, "minutes = 30", "minutes = 0").replace(WORDS, '["nouns"]', '["b", "b"]')
    ran = home.run("validate", "mine")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        "mine/topics/words.toml:21 resources.talk.minutes: is too small; write 1 or more",
        "mine: 1 problem.",
    ]


def test_the_report_of_a_sound_curriculum_says_what_is_in_it(home: Home) -> None:
    Authored(home.work / "mine")
    ran = home.run("validate", "mine")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["mine: no problems.", "topics: 2 · resources: 3"]


def test_warnings_alone_end_with_0(home: Home) -> None:
    Authored(home.work / "mine").replace(WORDS, 'core = ["talk"]\n', "")
    ran = home.call("validate", "mine")
    assert ran.code == 0
    assert "mine/topics/words.toml core: warning: the topic has no core" in ran.out
    assert "mine: 1 warning." in ran.out


def test_several_folders_are_all_checked(home: Home) -> None:
    Authored(home.work / "one").write(NUMBERS, "=")
    Authored(home.work / "two")
    ran = home.call("validate", "nowhere", "one", "two")
    assert ran.code == 1
    assert [line for line in ran.out.splitlines() if re.fullmatch(r"\w+: [^:]*\.", line)] == [
        "nowhere: 1 problem.",
        "one: 1 problem.",
        "two: no problems.",
    ]


def test_the_report_as_json(home: Home) -> None:
    Authored(home.work / "mine").replace(WORDS, "minutes = 30", "minutes = 0")
    ran = home.run("validate", "mine", "nowhere", "--json")
    assert (ran.code, ran.err) == (1, "")
    document = ran.json()
    assert (document["kind"], document["version"], list(document)) == ("validate", 1, ["kind", "version", "folders"])
    assert document["folders"][0] == {
        "folder": "mine",
        "curriculum": None,
        "topics": 0,
        "resources": 0,
        "faults": [
            {
                "code": "too_small",
                "file": "mine/topics/words.toml",
                "line": 21,
                "entry": "resources.talk.minutes",
                "text": "is too small; write 1 or more",
            }
        ],
        "warnings": [],
    }
    assert [(f["code"], f["line"]) for f in document["folders"][1]["faults"]] == [("no_outline", None)]


def test_faults_and_warnings_have_paths_from_the_working_folder(home: Home) -> None:
    authored = Authored(home.work / "mine")
    authored.replace(WORDS, "minutes = 30", "minutes = 0").replace(NUMBERS, 'core = ["book"]\n', "")
    ran = home.run("validate", str(home.work / "mine"))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[:2] == [
        "mine/topics/words.toml:21 resources.talk.minutes: is too small; write 1 or more",
        (
            "mine/topics/numbers.toml core: warning: the topic has no core, so all its resources count; "
            "name those to go through first"
        ),
    ]


def test_a_curriculum_outside_the_working_folder_has_whole_paths(home: Home) -> None:
    folder = Authored(home.folder / "elsewhere").write(WORDS, "=").folder
    first = home.call("validate", "../elsewhere").out.splitlines()[0]
    assert first.startswith(f"{folder.as_posix()}/topics/words.toml:1")


def test_nothing_in_a_file_can_drive_a_terminal(home: Home) -> None:
    authored = Authored(home.work / "a,b:c")
    authored.replace(WORDS, 'kind = "video"', 'kind = "100%\\n::error::\\u001b[31m\\u202e"')
    report = home.call("validate", "a,b:c").out
    assert "\x1b" not in report
    assert len(report.splitlines()) == 2


@pytest.mark.parametrize("words", [("validate", "mine"), ("curriculum", "schema"), ("curriculum", "new", "other")])
def test_damaged_settings_are_not_in_an_author_s_way(words: tuple[str, ...], home: Home) -> None:
    Authored(home.work / "mine")
    home.config.parent.mkdir(parents=True)
    home.config.write_text("language = ", "utf-8")
    assert home.call(*words).code == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "is too small"), ("zh-Hans", "太小；请写 1 或更大的数"), ("zh-Hant", "太小；請寫 1 或更大的數")],
)
def test_the_report_is_in_the_language_in_force(language: str, said: str, home: Home) -> None:
    Authored(home.work / "mine").replace(WORDS, "minutes = 30", "minutes = 0")
    assert said in home.call("--lang", language, "validate", "mine").out


def test_a_daily_command_with_a_faulty_curriculum_says_the_faults_and_ends_with_4(home: Home) -> None:
    Authored(home.work / "mine").replace(WORDS, "minutes = 30", "minutes = 0")
    ran = home.run("list", "--curriculum", "mine", "--json")
    assert (ran.code, ran.out) == (4, "")
    assert "topics/words.toml:21 resources.talk.minutes: is too small; write 1 or more" in ran.err
    assert f"llmpath validate {home.work / 'mine'}" in ran.err


def test_a_faulty_curriculum_touches_no_progress(home: Home) -> None:
    Authored(home.work / "mine").write(WORDS, "=")
    assert home.call("done", "numbers", "--curriculum", "mine").code == 4
    assert not home.progress.exists()


# one language is enough


def german(folder: Path) -> Path:
    """The small curriculum in German alone, which is no language of the program."""
    authored = Authored(folder)
    for name, text in FILES.items():
        authored.write(name, text.replace('languages = ["en"]', 'languages = ["de"]').replace(".en = ", ".de = "))
    return folder


EVERY_COMMAND = [
    ((), "Small Course"),
    (("list",), "Words"),
    (("list", "basics", "--state", "todo"), "Numbers"),
    (("show", "words"), "What words are."),
    (("show", "vocabulary"), "What words are."),
    (("show", "words/noun"), "A word for a thing."),
    (("show", "words/dictionary"), "For looking things up."),
    (("resources", "--in", "en"), "A Book of Numbers"),
    (("next",), "Numbers"),
    (("next", "2", "--why"), "Words"),
    (("open", "words", "--print"), "https://example.org/words"),
    (("search", "vocabulary"), "Words"),
    (("path", "words"), "Words"),
    (("path", "words", "--tree"), "Numbers"),
    (("goal", "words"), "Words"),
    (("start", "words"), "Words"),
    (("done", "numbers", "words/talk", "--note", "gut"), "Numbers"),
    (("undo",), "Numbers"),
    (("redo",), "Numbers"),
    (("skip", "words/dictionary"), "A Dictionary"),
    (("note", "words", "noch einmal"), "Words"),
    (("reset", "words"), "Words"),
    (("plan", "--hours-per-week", "1"), "Words"),
    (("plan", "--ics", "plan.ics"), "plan.ics"),
    (("stats",), "Basics"),
    (("log",), "gut"),
    (("export", "md", "-o", "progress.md"), "progress.md"),
    (("export", "csv"), "numbers/book"),
    (("export", "json"), "A Book of Numbers"),
    (("import", "progress.md", "--dry-run"), ""),
    (("backup", "list"), ""),
    (("config",), "curriculum"),
    (("info",), "Small Course"),
    (("curriculum", "list"), "Small Course"),
    (("validate", "deutsch"), "deutsch"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_curriculum_in_one_language_goes_through_every_command(language: str, home: Home) -> None:
    german(home.work / "deutsch")
    env = {"LLMPATH_CURRICULUM": "deutsch", "LLMPATH_LANG": language}
    for words, shown in EVERY_COMMAND:
        ran = home.call(*words, env=env)
        assert (words, ran.code, ran.err) == (words, 0, "")
        assert shown in ran.out, words


DOCUMENTS = (
    "list; show words; show words/noun; resources; next; path words; plan; search words; stats; log; info; "
    "validate deutsch; curriculum list; backup list"
)


def test_a_curriculum_in_one_language_goes_through_every_document(home: Home) -> None:
    german(home.work / "deutsch")
    env = {"LLMPATH_CURRICULUM": "deutsch", "LLMPATH_LANG": "zh-Hant"}
    home.call("done", "numbers", env=env)
    for words in DOCUMENTS.split("; "):
        ran = home.call(*words.split(), "--json", env=env)
        assert (words, ran.code, ran.err) == (words, 0, "")
        assert ran.json()["version"] == 1
    assert home.call("show", "words", "--json", env=env).json()["topic"]["title"] == "Words"


# progress of several curricula, and of one that changes


def test_progress_of_several_curricula_lives_in_one_file(home: Home) -> None:
    Authored(home.work / "mine")
    home.call("done", "quantization")
    home.call("done", "numbers", "--curriculum", "mine")
    home.call("goal", "words", "--curriculum", "mine")
    kept = home.progress.read_text("utf-8")
    assert all(f"{entry}\n" in kept for entry in ('done = ["quantization"]', 'done = ["numbers"]', 'goal = ["words"]'))
    assert home.call("list", "--json").json()["progress"]["done"] == 1
    assert home.call("list", "--json", "--curriculum", "mine").json()["progress"]["done"] == 1
    assert home.call("undo").code == 0  # the last change was in the other one
    assert home.call("list", "--json").json()["progress"]["done"] == 1
    assert [entry["items"] for entry in home.call("log", "--json").json()["entries"]] == [["quantization"]]


def renamed(authored: Authored) -> None:
    """A later version: the topic `words` is `vocabulary-building`, its resource `talk` is `lecture`."""
    text = (authored.folder / WORDS).read_text("utf-8")
    text = text.replace('id = "talk"', 'id = "lecture"\nformer_ids = ["talk"]').replace(
        'core = ["talk"]', 'core = ["lecture"]'
    )
    (authored.folder / WORDS).unlink()
    authored.write("topics/vocabulary-building.toml", 'former_ids = ["words"]\n' + text)
    authored.replace(OUTLINE, '"words"', '"vocabulary-building"')


def test_progress_follows_items_to_their_new_ids(home: Home) -> None:
    authored = Authored(home.work / "mine")
    env = {"LLMPATH_CURRICULUM": "mine"}
    home.call("done", "words", "words/noun", "--note", "hard", "--on", "2026-01-02", env=env)
    home.call("start", "words/talk", env=env)
    home.call("goal", "words/talk", env=env)
    renamed(authored)

    topic = home.call("show", "vocabulary-building", "--json", env=env).json()["topic"]
    assert (topic["state"], topic["my_notes"][0]["text"]) == ("done", "hard")
    assert [concept["state"] for concept in topic["concepts"]] == ["done"]
    assert [resource["state"] for resource in topic["resources"]] == ["doing", "todo"]
    logged = {item for entry in home.call("log", "--json", env=env).json()["entries"] for item in entry["items"]}
    assert logged == {"vocabulary-building", "vocabulary-building/noun", "vocabulary-building/lecture"}
    assert home.call("list", "--json", env=env).json()["without_item"] == []
    assert home.call("path", "--json", env=env).json()["goal"] == "vocabulary-building/lecture"


def test_what_follows_can_be_changed_and_taken_back(home: Home) -> None:
    authored = Authored(home.work / "mine")
    env = {"LLMPATH_CURRICULUM": "mine"}
    home.call("done", "words", "--note", "hard", "--on", "2026-01-02", env=env)
    renamed(authored)

    def topic() -> tuple[str, ...]:
        shown = home.call("show", "vocabulary-building", "--json", env=env).json()["topic"]
        return shown["state"], *(note["text"] for note in shown["my_notes"])

    assert home.call("reset", "vocabulary-building", env=env).code == 0
    assert topic() == ("todo", "hard")
    assert home.call("undo", env=env).code == 0
    assert topic() == ("done", "hard")
    assert home.call("note", "vocabulary-building", "easy", env=env).code == 0
    assert topic() == ("done", "hard", "easy")
    assert home.call("reset", "--all", "--yes", env=env).code == 0
    assert topic() == ("todo", "hard", "easy")


def test_items_that_are_gone_stay_in_the_file_and_can_be_listed(home: Home) -> None:
    authored = Authored(home.work / "mine")
    env = {"LLMPATH_CURRICULUM": "mine"}
    home.call("done", "words", "words/dictionary", env=env)
    authored.replace(OUTLINE, ', "words"', "")
    (authored.folder / WORDS).unlink()
    gone = ["words", "words/dictionary"]
    assert home.call("list", "--json", env=env).json()["without_item"] == gone
    assert home.call("info", "--json", env=env).json()["unknown_items"] == gone
    home.call("done", "numbers", env=env)
    assert 'done = ["words", "words/dictionary"]' in home.progress.read_text("utf-8")
