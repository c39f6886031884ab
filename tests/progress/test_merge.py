"""Two machines, one course: files taken over by hand, by git, and where Syncthing left a copy."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.support import COMMAND, Home, Ran

OTHER = """\
schema = 1

[items."llm-course/rag"]
state = "done"
on = 2026-01-05
at = 2026-01-05 20:00:00+00:00
note = "from the laptop"

[items."llm-course/nlp"]
state = "doing"
at = 2026-01-05 21:00:00+00:00

[goals."llm-course"]
item = "agents"
at = 2026-01-05 22:00:00+00:00
"""


def written(home: Home, text: str = OTHER, name: str = "laptop.toml") -> str:
    path = home.work / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def document_of(path: Path) -> dict[str, Any]:
    return tomli.loads(path.read_text(encoding="utf-8"))


def test_a_merge_takes_over_what_is_newer_and_says_what(home: Home) -> None:
    home.call("done", "python")
    home.call("skip", "nlp")
    ran = home.call("merge", written(home))
    assert ran.code == 0
    assert "Taken over: 2 items" in ran.out
    assert "Retrieval-Augmented Generation" in ran.out
    assert "to do → done" in ran.out
    assert "not set → Agents" in ran.out
    items = document_of(home.progress)["items"]
    assert items["llm-course/python"]["state"] == "done"
    assert items["llm-course/nlp"]["state"] == "skipped"
    assert items["llm-course/rag"] == document_of(home.work / "laptop.toml")["items"]["llm-course/rag"]
    assert document_of(home.progress)["goals"]["llm-course"]["item"] == "agents"
    assert "Taken back: merge" in home.call("undo").out
    assert document_of(home.progress)["items"]["llm-course/rag"]["state"] == "todo"


def test_a_dry_run_says_the_same_and_changes_nothing(home: Home) -> None:
    home.call("done", "python")
    before = home.progress.read_bytes()
    shown = home.call("merge", "--dry-run", written(home))
    assert shown.code == 0
    assert home.progress.read_bytes() == before
    assert not (home.progress.parent / "backups").exists()
    done = home.call("merge", written(home))
    assert shown.out.splitlines()[1:] == done.out.splitlines()[1:]
    assert "Would take over" in shown.out


def test_merging_again_changes_nothing_and_says_so(home: Home) -> None:
    home.call("merge", written(home))
    before = home.progress.read_bytes(), sorted(home.progress.parent.rglob("*"))
    ran = home.call("merge", written(home))
    assert (ran.code, ran.out) == (0, "Nothing new in there; nothing changed.\n")
    assert (home.progress.read_bytes(), sorted(home.progress.parent.rglob("*"))) == before


def test_a_merge_that_brings_only_times_says_so(home: Home) -> None:
    home.write_progress('schema = 1\n[items."llm-course/rag"]\nstate = "done"\nat = 2026-01-05 20:00:00Z\n')
    ran = home.call("merge", written(home, home.progress.read_text(encoding="utf-8").replace("20:00:00", "21:00:00")))
    assert ran.code == 0
    assert "times" in ran.out
    assert document_of(home.progress)["items"]["llm-course/rag"]["at"].hour == 21


def test_another_note_is_shown_as_that(home: Home) -> None:
    home.write_progress('schema = 1\n[items."llm-course/rag"]\nstate = "done"\nat = 2026-01-04 20:00:00Z\n')
    assert "another note or day" in home.call("merge", written(home)).out


def test_no_order_of_files_changes_the_result(home: Home) -> None:
    texts = [OTHER, OTHER.replace("2026-01-05", "2026-01-06").replace('"done"', '"skipped"'), "schema = 1\nextra = 3\n"]
    files = [written(home, text, f"{number}.toml") for number, text in enumerate(texts)]
    results: list[dict[str, Any]] = []
    for order in (files, files[::-1], [files[1], files[0], files[2]]):
        mine = home.work / f"mine-{len(results)}.toml"
        assert home.call("--progress", str(mine), "merge", *order).code == 0
        results.append(document_of(mine))
    assert results[0] == results[1] == results[2]
    assert results[0]["extra"] == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, 1),
        ("", 4),
        ("schema = 2\n", 4),
        ('schema = 1\n[items."llm-course/rag"]\nstate = 3\n', 4),
        ("<<<<<<< ours\n", 4),
    ],
)
def test_a_file_that_cannot_be_taken_over_is_named_and_nothing_is_changed(
    home: Home, text: str | None, code: int
) -> None:
    home.call("done", "python")
    before = home.progress.read_bytes()
    path = written(home, text) if text is not None else str(home.work / "none.toml")
    ran = home.call("merge", written(home, OTHER, "good.toml"), path)
    assert ran.code == code
    assert path in ran.err
    assert home.progress.read_bytes() == before
    assert not (home.progress.parent / "backups").exists()


# --- Syncthing -------------------------------------------------------------------------------------------------------

CONFLICT = "progress.sync-conflict-20261121-093000-ABCDEFG.toml"


def test_a_copy_that_two_machines_made_is_noticed_and_its_merge_offered(home: Home) -> None:
    home.call("done", "python")
    copy = home.progress.parent / CONFLICT
    copy.write_text(OTHER, encoding="utf-8")
    for words in (("list",), ("done", "agents")):
        ran = home.call(*words)
        assert ran.code == 0
        said = f"There is a copy that two machines made: {copy}. "
        said += f'Take it over with: llmpath merge "{copy}", then remove it.'
        assert ran.err.splitlines() == [said]
    assert home.call("list", "--quiet").err == ""
    assert home.call("info", "--json").json()["sync_conflicts"] == [str(copy)]
    assert home.call("merge", str(copy)).code == 0
    assert document_of(home.progress)["items"]["llm-course/rag"]["state"] == "done"
    assert copy.exists()
    copy.unlink()
    assert home.call("list").err == ""


def test_the_copy_is_looked_for_beside_the_file_that_a_link_leads_to(home: Home) -> None:
    if not hasattr(os, "symlink"):
        pytest.skip("this platform has no links")
    cloud = home.folder / "cloud"
    cloud.mkdir()
    (cloud / "progress.toml").write_text("schema = 1\n", encoding="utf-8")
    (cloud / CONFLICT).write_text(OTHER, encoding="utf-8")
    (cloud / "notes.sync-conflict-20261121-093000-ABCDEFG.toml").touch()
    home.progress.parent.mkdir(parents=True)
    home.progress.symlink_to(cloud / "progress.toml")
    assert home.call("info", "--json").json()["sync_conflicts"] == [str(cloud / CONFLICT)]


# --- git -------------------------------------------------------------------------------------------------------------


class Clones:
    """Two clones of one repository that holds a progress file, each with llmpath as its merge driver."""

    def __init__(self, home: Home, *, is_empty: bool = False) -> None:
        if shutil.which("git") is None:
            pytest.skip("git is missing")
        self.home = home
        self.env = {
            **home.env,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_NAME": "Someone" for who in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{who}_EMAIL": "someone@example.org" for who in ("AUTHOR", "COMMITTER")},
        }
        hub = home.folder / "hub.git"
        self.git(home.folder, "init", "-q", "--bare", "-b", "main", str(hub))
        self.desk, self.laptop = home.folder / "desk", home.folder / "laptop"
        self.git(home.folder, "clone", "-q", str(hub), str(self.desk))
        (self.desk / ".gitattributes").write_text("progress.toml merge=llmpath\n", encoding="utf-8")
        (self.desk / ".gitignore").write_text("*.lock\nbackups/\n", encoding="utf-8")
        if not is_empty:
            self.llmpath(self.desk, "done", "python")
        self.commit(self.desk)
        self.git(self.desk, "push", "-q", "origin", "HEAD:main")
        self.git(home.folder, "clone", "-q", "-b", "main", str(hub), str(self.laptop))
        self.git(self.desk, "checkout", "-q", "-B", "main")
        driver = f"{shlex.join(COMMAND)} merge --driver %O %A %B"
        for clone in (self.desk, self.laptop):
            self.git(clone, "config", "merge.llmpath.driver", driver)

    def git(self, folder: Path, *words: str, code: int = 0) -> Ran:
        ran = subprocess.run(
            ["git", *words], cwd=folder, env=self.env, capture_output=True, encoding="utf-8", check=False
        )
        assert (ran.returncode == 0) == (code == 0), ran
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def llmpath(self, clone: Path, *words: str) -> None:
        ran = self.home.call("--progress", str(clone / "progress.toml"), *words)
        assert ran.code == 0, ran

    def commit(self, clone: Path) -> None:
        self.git(clone, "add", "-A")
        self.git(clone, "commit", "-q", "-m", "Progress")

    def both_have(self, how: tuple[str, ...], *, code: int = 0) -> None:
        """The desk publishes; the laptop takes that over in its way and publishes; the desk follows."""
        self.git(self.desk, "push", "-q", "origin", "main")
        self.git(self.laptop, "pull", "-q", *how, "origin", "main", code=code)
        if code == 0:
            self.git(self.laptop, "push", "-q", "origin", "HEAD:main")
            self.git(self.desk, "pull", "-q", "--ff-only", "origin", "main")


@pytest.mark.parametrize("how", [("--no-rebase", "--no-edit"), ("--rebase",)])
@pytest.mark.parametrize("is_empty", [False, True])
def test_two_clones_that_both_marked_things_are_merged_without_a_conflict(
    home: Home, how: tuple[str, ...], is_empty: bool
) -> None:
    clones = Clones(home, is_empty=is_empty)
    clones.llmpath(clones.desk, "done", "rag", "--note", "at the desk")
    clones.llmpath(clones.desk, "skip", "nlp")
    clones.commit(clones.desk)
    clones.llmpath(clones.laptop, "done", "agents")
    clones.llmpath(clones.laptop, "start", "nlp")
    clones.llmpath(clones.laptop, "goal", "agents")
    clones.commit(clones.laptop)
    clones.both_have(how)
    for clone in (clones.desk, clones.laptop):
        document = document_of(clone / "progress.toml")
        states = {key.removeprefix("llm-course/"): item["state"] for key, item in document["items"].items()}
        first = {} if is_empty else {"python": "done"}
        assert states == {**first, "rag": "done", "nlp": "doing", "agents": "done"}
        assert document["items"]["llm-course/rag"]["note"] == "at the desk"
        assert document["goals"]["llm-course"]["item"] == "agents"
        assert clones.git(clone, "status", "--porcelain").out == ""


def test_a_damaged_file_is_a_conflict_for_git_and_stays_as_it_was(home: Home) -> None:
    clones = Clones(home)
    clones.llmpath(clones.desk, "done", "rag")
    clones.commit(clones.desk)
    (clones.laptop / "progress.toml").write_text("not a progress file\n", encoding="utf-8")
    clones.commit(clones.laptop)
    clones.both_have(("--no-rebase", "--no-edit"), code=1)
    assert (clones.laptop / "progress.toml").read_text(encoding="utf-8") == "not a progress file\n"
    assert "UU progress.toml" in clones.git(clones.laptop, "status", "--porcelain").out


def test_the_driver_takes_three_files_writes_to_the_second_and_touches_nothing_else(home: Home) -> None:
    base, ours, theirs = (written(home, "schema = 1\n", name) for name in ("base", "ours", "theirs"))
    Path(theirs).write_text(OTHER, encoding="utf-8")
    ran = home.call("merge", "--driver", base, ours, theirs)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert document_of(Path(ours)) == document_of(Path(theirs))
    assert Path(base).read_text(encoding="utf-8") == "schema = 1\n"
    assert {path.name for path in home.work.iterdir()} == {"base", "ours", "theirs"}
    assert not home.progress.exists()
    assert not home.state.exists()


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_driver_wants_three_files(home: Home, count: int) -> None:
    ran = home.call("merge", "--driver", *["x.toml"] * count)
    assert ran.code == 2
    assert "base, ours, theirs" in ran.err


def test_the_driver_needs_neither_progress_nor_curriculum(home: Home) -> None:
    home.write_progress(b"")
    base, ours, theirs = (written(home, OTHER, name) for name in ("base", "ours", "theirs"))
    assert home.call("merge", "--driver", base, ours, theirs, "--curriculum", "none").code == 0
    assert home.progress.read_bytes() == b""
