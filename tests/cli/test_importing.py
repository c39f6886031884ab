"""`curriculum import`, from a README on the disk to a course that is worked through, corrected and imported again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import tomli

from llmpath.exchange.course_files import toml_of
from llmpath.files.git_remote import page_of
from tests.support import Home, held
from tests.terminals import on_terminal

README = """\
# Learn Baking

How bread is made.

## Flour
- [x] [Wheat](https://b.example/wheat) - 45 min
- [ ] [Rye](https://b.example/rye)
## Ovens
- [Heat](https://b.example/heat)
- [Steam](https://b.example/steam)
## Team
- [Ann](https://github.com/ann)
"""


@pytest.fixture
def readme(home: Home) -> Path:
    folder = home.work / "baking"
    folder.mkdir()
    path = folder / "README.md"
    path.write_text(README, "utf-8")
    return path


def curricula(home: Home) -> Path:
    return home.progress.parent / "curricula"


def listed(home: Home, name: str = "baking") -> list[str]:
    ran = home.call("--curriculum", name, "resources", "--json")
    return [each["id"] for each in ran.json()["resources"]]


def states(home: Home) -> dict[str, str]:
    resources = home.call("--curriculum", "baking", "resources", "--json").json()["resources"]
    return {each["id"]: each["state"] for each in resources if each["state"] != "todo"}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "baking: 1 part, 2 topics, 4 resources. 1 link left out: 1 in “Team”.\n"
                "Guessed: kinds of 4, minutes of 3. Correct what matters in {folder}; "
                "a later import keeps your changes.\n"
                "Try it: llmpath --curriculum baking next\n"
            ),
        ),
        (
            "zh-Hans",
            (
                "baking：1 个部分、2 个主题、4 个资源。略去 1 个链接：“Team”中 1 个。\n"
                "猜测的：4 个的类型、3 个的时长。重要的请在 {folder} 中改正；以后再导入会保留你的改动。\n"
                "试试： llmpath --curriculum baking next\n"
            ),
        ),
        (
            "zh-Hant",
            (
                "baking：1 個部分、2 個主題、4 個資源。略去 1 個連結：「Team」中 1 個。\n"
                "猜測的：4 個的類型、3 個的時長。重要的請在 {folder} 中改正；以後再匯入會保留你的修改。\n"
                "試試： llmpath --curriculum baking next\n"
            ),
        ),
    ],
)
def test_a_readme_is_a_course_in_one_step(language: str, said: str, readme: Path, home: Home) -> None:
    ran = home.call("--lang", language, "curriculum", "import", str(readme))
    assert (ran.code, ran.out) == (0, said.format(folder=curricula(home) / "baking"))
    assert listed(home) == ["flour/wheat", "flour/rye", "ovens/heat", "ovens/steam"]
    report = home.call("validate", str(curricula(home) / "baking"), "--json").json()["folders"][0]
    assert (report["curriculum"], report["faults"]) == ("baking", [])
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert [(row["name"], row["title"]) for row in rows][1:] == [("baking", "Learn Baking")]


def test_a_later_import_keeps_ids_corrections_and_progress_and_says_what_changed(readme: Path, home: Home) -> None:
    home.call("curriculum", "import", str(readme))
    course = curricula(home) / "baking"
    edit(course / "topics/flour.toml", 'title = "Rye"', 'title = "All about rye"\nlevel = "advanced"')
    edit(course / "topics/flour.toml", "# Made by", "# Checked by Ann.\n# Made by")
    assert home.call("--curriculum", "baking", "done", "flour/rye", "ovens/steam").code == 0
    edit(readme, "## Ovens\n- [Heat](https://b.example/heat)\n- [Steam](https://b.example/steam)\n", "## Heating\n")
    edit(readme, "# Learn Baking", "# Learn to Bake")
    edit(readme, "## Flour\n", "## Flour\n- [Steam](https://b.example/steam)\n")
    edit(
        readme,
        "## Heating\n",
        "## Heating\n- [Heat and more](https://b.example/heat)\n- [Gas](https://b.example/gas)\n",
    )
    ran = home.call("curriculum", "import", str(readme))
    assert ran.code == 0
    assert ran.out.startswith(
        "baking: 1 part, 2 topics, 5 resources. 1 new, 0 gone; your changes are kept. 1 link left out: 1 in “Team”.\n"
    )
    assert ran.out.endswith("Try it: llmpath --curriculum baking news\n")
    assert listed(home) == ["flour/steam", "flour/wheat", "flour/rye", "ovens/heat", "ovens/gas"]
    assert states(home) == {"flour/steam": "done", "flour/rye": "done"}
    flour = (course / "topics/flour.toml").read_text("utf-8")
    assert flour.startswith("# Checked by Ann.\n# Made by")
    [rye] = [each for each in tomli.loads(flour)["resources"] if each["id"] == "rye"]
    assert (rye["title"], rye["level"]) == ("All about rye", "advanced")
    assert home.call("--curriculum", "baking", "list", "--json").json()["topics"][1]["title"] == "Heating"


def test_importing_the_same_file_twice_writes_the_same(readme: Path, home: Home) -> None:
    home.call("curriculum", "import", str(readme))
    before = contents(curricula(home) / "baking")
    home.call("curriculum", "import", str(readme))
    assert contents(curricula(home) / "baking") == before
    assert sorted(path.name for path in curricula(home).iterdir()) == [".import.lock", "baking"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_gone_from_the_list_stays_with_its_progress_and_is_marked(readme: Path, home: Home) -> None:
    home.call("curriculum", "import", str(readme))
    home.call("--curriculum", "baking", "done", "ovens/heat")
    edit(readme, "## Ovens\n- [Heat](https://b.example/heat)\n- [Steam](https://b.example/steam)\n", "")
    assert "0 new, 2 gone" in home.call("curriculum", "import", str(readme)).out
    ovens = home.call("--curriculum", "baking", "show", "ovens", "--json").json()["topic"]
    assert [(each["id"], each["status"], each["state"]) for each in ovens["resources"]] == [
        ("ovens/heat", "gone", "done"),
        ("ovens/steam", "gone", "todo"),
    ]


def test_ticked_boxes_become_done_only_when_the_learner_says_so(readme: Path, home: Home) -> None:
    ran = home.call("curriculum", "import", str(readme))
    command = f"llmpath curriculum import {readme} baking --yes"
    assert ran.err == f"1 box is ticked in the file and not marked here. To mark it as done: {command}\n"
    assert states(home) == {}
    ran = home.call("curriculum", "import", str(readme), "--yes")
    assert "1 ticked box is marked as done. Mistake? llmpath undo\n" in ran.out
    assert states(home) == {"flour/wheat": "done"}
    again = home.call("curriculum", "import", str(readme), "--yes")
    assert (again.err, "ticked box" in again.out) == ("", False)


@pytest.mark.parametrize(("typed", "expected"), [("y\n", {"flour/wheat": "done"}), ("\n", {})])
def test_on_a_terminal_it_asks_about_ticked_boxes(typed: str, expected: Any, readme: Path, home: Home) -> None:
    seen = on_terminal(home, "curriculum", "import", str(readme), typed=typed, columns=200)
    assert seen.code == 0
    assert "1 box is ticked in the file. Mark it as done here? [y/N]" in seen.text
    assert states(home) == expected


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["missing.md"], 1, "missing.md"),
        (["."], 1, "error: "),
        (["empty.md"], 1, "has no link to learn from"),
        (["relative.md"], 1, "has only relative links (2). Say what they are relative to: --base URL"),
        (["huge.md"], 1, "is larger than 4 MB"),
        (["dense.md"], 1, "far more markup and table cells than a list of links"),
        (["README.md", "llm-course"], 1, "There is a curriculum “llm-course” that was not imported."),
        (["README.md", "own"], 1, "There is a curriculum “own” that was not imported."),
        (["README.md", "../x"], 2, "NAME cannot be “../x”"),
        (["README.md", "--base", "ftp://x"], 2, "--base cannot be “ftp://x”"),
        (["README.md", "--part-level", "7"], 2, "--part-level cannot be “7”"),
        (["baking/README.md"], 1, "“baking” was imported from"),
    ],
)
def test_what_cannot_be_imported_is_told_and_nothing_is_changed(
    words: list[str], code: int, said: str, readme: Path, home: Home
) -> None:
    home.call("curriculum", "new", str(curricula(home) / "own"))
    files = {
        "README.md": README,
        "empty.md": "# Nothing\n",
        "relative.md": "- [a](one.md)\n- [b](two.md)\n",
        "huge.md": "x" * (4 * 1024 * 1024 + 1),
        "dense.md": "[" * 200_000,
    }
    for name, text in files.items():
        (home.work / name).write_text(text, "utf-8")
    home.call("curriculum", "import", "README.md", "baking")
    before = contents(curricula(home))
    ran = home.call("curriculum", "import", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert contents(curricula(home)) == before


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("topics/ovens.toml", 'kind = "article"', 'kind = "artikel"'),
        ("curriculum.toml", "languages =", "languages artikel"),
        ("curriculum.toml", "[[parts]]", "[[artikel]]"),
    ],
)
def test_an_author_s_fault_is_told_before_anything_is_written(
    file: str, right: str, wrong: str, readme: Path, home: Home
) -> None:
    home.call("curriculum", "import", str(readme))
    edit(curricula(home) / "baking" / file, right, wrong)
    before = contents(curricula(home))
    ran = home.call("curriculum", "import", str(readme))
    assert (ran.code, os.path.basename(file) in ran.err) == (4, True)
    assert contents(curricula(home)) == before


def test_what_would_be_damaged_is_not_moved_into_its_place(readme: Path, home: Home) -> None:
    with patch("llmpath.exchange.course_files.toml_of", lambda *_: "artikel = 1\n"):
        ran = home.call("curriculum", "import", str(readme))
    assert (ran.code, ran.out) == (4, "")
    assert [path.name for path in curricula(home).iterdir()] == [".import.lock"]


def test_one_import_at_a_time_writes(readme: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmpath.cli.commands.importing.LOCK_SECONDS", 0.1)
    lock = curricula(home) / ".import.lock"
    with held(lock):
        ran = home.call("curriculum", "import", str(readme))
    assert (ran.code, ran.out) == (1, "")
    assert str(lock) in ran.err
    assert list(curricula(home).iterdir()) == [lock]


@pytest.mark.parametrize("call", ["os.fsync", "os.replace", "os.makedirs"])
def test_a_disk_that_fails_leaves_no_half_course(call: str, readme: Path, home: Home) -> None:
    with patch(call, side_effect=OSError(28, "No space left on device")):
        ran = home.call("curriculum", "import", str(readme))
    assert (ran.code, ran.out) == (1, "")
    assert "No space left on device" in ran.err
    assert not [path for path in curricula(home).rglob("*") if path.name != ".import.lock"]


@pytest.mark.parametrize("moved", range(5))
def test_an_update_that_was_killed_is_mended_by_the_same_import(moved: int, readme: Path, home: Home) -> None:
    home.call("curriculum", "import", str(readme))
    edit(readme, "- [Heat](https://b.example/heat)\n", "")
    edit(readme, "## Flour\n", "## Flour\n- [Heat](https://b.example/heat)\n- [Spelt](https://b.example/spelt)\n")
    killed = shutil.copytree(curricula(home), home.work / "before")
    home.call("curriculum", "import", str(readme))
    expected = contents(curricula(home) / "baking")
    shutil.rmtree(curricula(home))
    shutil.copytree(killed, curricula(home))
    (curricula(home) / ".import-0123").mkdir()
    replace, calls = os.replace, iter([True] * moved)
    with patch("os.replace", side_effect=lambda *names: replace(*names) if next(calls, False) else _killed()):
        assert home.call("curriculum", "import", str(readme)).code == 1
    left = contents(curricula(home)).values()
    assert {*contents(killed / "baking" / "topics").values()} <= {*left}
    assert home.call("curriculum", "import", str(readme)).code == 0
    mended = contents(curricula(home) / "baking")
    assert {path for path in expected if mended.get(path) != expected[path]} <= {"imported.json"}
    assert sorted(path.name for path in curricula(home).iterdir()) == [".import.lock", "baking"]


def _killed() -> None:
    raise RuntimeError


def test_a_bar_shows_on_a_terminal_what_takes_longer(readme: Path, home: Home) -> None:
    code = (
        "import llmpath.cli.commands.importing as importing; importing.BAR_AFTER_SECONDS = 0;"
        "from llmpath.__main__ import entry; entry()"
    )
    words, command = ("curriculum", "import", str(readme)), [sys.executable, "-c", code]
    seen = on_terminal(home, *words, command=command, columns=200, typed="n\n")
    assert (seen.code, b"Reading" in seen.raw, "Reading" in seen.text) == (0, True, False)
    assert "Reading" not in home.run("curriculum", "import", str(readme)).err
    named = readme.rename(readme.with_name("[red]list.md"))
    seen = on_terminal(home, "curriculum", "import", str(named), command=command, columns=200, typed="n\n")
    assert b"[red]list.md" in next(line for line in seen.raw.split(b"\n") if b"Reading" in line)


def test_courses_of_one_name_get_ids_of_their_own(readme: Path, home: Home) -> None:
    home.call("curriculum", "import", str(readme))
    (home.work / "other.md").write_text(README, "utf-8")
    assert home.call("curriculum", "import", "other.md", "Baking").code == 0
    ids = [row["id"] for row in home.call("curriculum", "list", "--json").json()["curricula"]]
    assert sorted(ids) == ["baking", "baking-2", "llm-course"]


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("topics/first-steps.toml", "id = ", "Id = "),
        ("curriculum.toml", "languages = [", "languages = [["),
        ("curriculum.toml", "title", "\ufffd = \x00 title"),
    ],
)
@pytest.mark.parametrize("command", ["import", "new"])
def test_a_course_takes_no_id_of_one_that_is_damaged(
    command: str, file: str, right: str, wrong: str, readme: Path, home: Home
) -> None:
    assert home.call("curriculum", "new", str(curricula(home) / "My Course")).code == 0
    edit(curricula(home) / "My Course" / file, right, wrong)
    assert home.call("validate", str(curricula(home) / "My Course")).code == 1
    words = {"import": ["import", str(readme), "my-course"], "new": ["new", "my-course"]}[command]
    assert home.call("curriculum", *words).code == 0
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert {row["health"] for row in rows if row["name"] == "My Course"} == {"damaged"}
    assert "my-course-2" in {row["id"] for row in rows}


def test_a_course_takes_no_id_of_one_elsewhere_whose_folder_has_its_name(readme: Path, home: Home) -> None:
    assert home.call("curriculum", "new", "elsewhere/baking").code == 0
    assert home.call("curriculum", "import", str(readme), "baking").code == 0
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert {row["name"]: row["id"] for row in rows}["baking"] == "baking-2"


def test_a_course_takes_no_id_of_one_that_has_moved(readme: Path, home: Home) -> None:
    assert home.call("curriculum", "new", "mine/baking").code == 0
    (home.work / "mine").rename(home.work / "moved")
    assert home.call("curriculum", "import", str(readme), "Cakes").code == 0
    assert home.call("curriculum", "import", str(readme), "baking").code == 0
    rows = home.call("curriculum", "list", "--json").json()["curricula"]
    assert {row["name"]: row["id"] for row in rows}["baking"] == "baking-2"


@pytest.mark.parametrize("remote", ["origin", "upstream"])
def test_relative_links_are_read_by_the_remote_of_the_checkout(remote: str, readme: Path, home: Home) -> None:
    for words in (["init", "--initial-branch=trunk"], ["remote", "add", remote, "git@github.com:some/bakery.git"]):
        subprocess.run(["git", "-C", str(home.work), *words], check=True, capture_output=True)
    readme.write_text("# Baking\n- [One](one.md)\n- [Two](../two.md)\n", "utf-8")
    assert home.call("curriculum", "import", str(readme)).code == 0
    shown = home.call("--curriculum", "bakery", "resources", "--json").json()["resources"]
    page = "https://github.com/some/bakery/blob/trunk"
    assert [each["url"] for each in shown] == [f"{page}/baking/one.md", f"{page}/two.md"]


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b/blob/main/docs/"),
        ("https://user:secret@github.com/a/b", "https://github.com/a/b/blob/main/docs/"),
        ("ssh://git@gitlab.com:22/a/c/b.git", "https://gitlab.com/a/c/b/-/blob/main/docs/"),
        ("git@gitee.com:a/b.git", "https://gitee.com/a/b/blob/main/docs/"),
        ("/srv/git/b.git", ""),
        ("../b", ""),
        ("", ""),
    ],
)
def test_the_page_of_a_repository_is_made_of_its_remote(remote: str, page: str) -> None:
    assert page_of(remote, "main", "docs") == page


def test_files_say_what_was_imported_as_an_author_would_write_it() -> None:
    document = {
        "title": {"en": 'A "b" \\ c', "zh-Hans": "题"},
        "requires": [],
        "exercise": {"task": {"en": "Do"}, "minutes": 5},
        "resources": [{"id": "x", "note": {"en": "n"}, "guessed": ["kind"]}],
    }
    text = toml_of(document)
    assert tomli.loads(text) == document
    assert text.splitlines()[:3] == ['title.en = "A \\"b\\" \\\\ c"', 'title.zh-Hans = "题"', "requires = []"]


def test_a_course_is_imported_in_a_second(home: Home) -> None:
    lines = [f"- [Lesson {n}](https://c.example/{n}) with a few words about what it teaches" for n in range(2_000)]
    sections = "".join(f"## Part {n}\n" + "\n".join(lines[n * 50 : n * 50 + 50]) + "\n" for n in range(40))
    (home.work / "long.md").write_text(f"# Long\n{sections}", "utf-8")
    before = os.times()
    assert home.run("curriculum", "import", "long.md").code == 0
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent < 6  # seconds of the processor; a busy machine takes several times what a quiet one does


def test_a_course_keeps_its_language_when_its_list_changes_to_another(readme: Path, home: Home) -> None:
    home.call("curriculum", "import", str(readme))
    readme.write_text("# 学习烘焙\n\n面包是怎样做成的。\n\n## 面粉\n- [小麦](https://b.example/wheat) 很好\n", "utf-8")
    assert home.call("curriculum", "import", str(readme)).code == 0
    topics = home.call("--curriculum", "baking", "list", "--json").json()["topics"]
    assert [each["title"] for each in topics] == ["面粉", "Ovens"]
