"""Two machines, one course: files taken over by hand, by git, and where Syncthing left a copy."""

import os
import shlex
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import tomli

from tests.support import COMMAND, Home, Ran

OTHER = """\
schema = 2

[[log]]
at = 2026-01-05 20:00:00.000+00:00
done = ["rag"]
on = 2026-01-04

[[log]]
at = 2026-01-05 20:00:00.000+00:00
note = ["rag"]
text = "from the laptop"

[[log]]
at = 2026-01-05 21:00:00.000+00:00
start = ["nlp"]

[[log]]
at = 2026-01-05 22:00:00.000+00:00
goal = ["agents"]
"""
OLD = """\
schema = 1

[items."llm-course/rag"]
state = "done"
on = 2026-01-04
at = 2026-01-05 20:00:00+00:00
note = "from the laptop"
"""


def written(home: Home, text: str = OTHER, name: str = "laptop.toml") -> str:
    path = home.work / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def document_of(path: Path) -> dict[str, Any]:
    return tomli.loads(path.read_text(encoding="utf-8"))


def entries_of(path: Path) -> list[dict[str, Any]]:
    return list(document_of(path).get("log", []))


def test_a_merge_takes_over_what_is_missing_and_says_what(home: Home) -> None:
    home.call("done", "python")
    home.call("skip", "nlp")
    before = home.progress.read_bytes()
    ran = home.call("merge", written(home))
    assert ran.code == 0
    assert "Merged: 4 entries" in ran.out
    assert "Retrieval-Augmented Generation" in ran.out
    assert "to do → done" in ran.out
    assert "not set → Agents" in ran.out
    assert home.progress.read_bytes().startswith(before)
    assert entries_of(home.progress)[2:] == entries_of(home.work / "laptop.toml")
    states = {row["id"]: row["state"] for row in home.call("list", "--json").json()["topics"]}
    assert [states[name] for name in ("python", "nlp", "rag")] == ["done", "skipped", "done"]


def test_rule_5_undo_after_a_merge_takes_back_the_newest_command_and_never_the_merge(home: Home) -> None:
    home.call("done", "python")
    home.call("merge", written(home))
    assert "Undid `done`" in home.call("undo").out
    assert home.call("list", "--json").json()["progress"]["done"] == 1
    assert "Undid `goal` of 5 Jan, 22:00." in home.call("undo").out


def test_a_dry_run_says_the_same_and_changes_nothing(home: Home) -> None:
    home.call("done", "python")
    before = home.progress.read_bytes()
    shown = home.call("merge", "--dry-run", written(home))
    assert shown.code == 0
    assert home.progress.read_bytes() == before
    assert not (home.progress.parent / "backups").exists()
    done = home.call("merge", written(home))
    assert shown.out.splitlines()[1:] == done.out.splitlines()[1:]
    assert "Would merge" in shown.out


def test_merging_again_changes_nothing_and_says_so(home: Home) -> None:
    home.call("merge", written(home))
    before = home.progress.read_bytes(), sorted(home.progress.parent.rglob("*"))
    for text in (OTHER, OLD):
        ran = home.call("merge", written(home, text))
        assert (ran.code, ran.out) == (0, "Nothing new; nothing changed.\n")
    assert (home.progress.read_bytes(), sorted(home.progress.parent.rglob("*"))) == before


def test_another_note_is_shown_as_that(home: Home) -> None:
    home.write_progress('schema = 2\n[[log]]\nat = 2026-01-04 20:00:00Z\ndone = ["rag"]\n')
    assert "other notes or another day" in home.call("merge", written(home)).out


@pytest.mark.parametrize("earlier", ["the note", "the state"])
def test_a_note_here_and_a_state_there_are_both_kept(home: Home, earlier: str) -> None:
    texts = [
        'schema = 2\n[[log]]\nat = 2026-01-04 20:00:00Z\nnote = ["rag"]\ntext = "mine"\n',
        'schema = 2\n[[log]]\nat = 2026-01-03 20:00:00Z\ndone = ["rag"]\n',
    ]
    home.write_progress(texts[0] if earlier == "the note" else texts[1])
    assert home.call("merge", written(home, texts[1] if earlier == "the note" else texts[0])).code == 0
    topic = home.call("show", "rag", "--json").json()["topic"]
    assert (topic["state"], [note["text"] for note in topic["my_notes"]]) == ("done", ["mine"])


def test_rule_7_a_merge_reads_standard_input_and_pipes(home: Home) -> None:
    assert home.run("merge", "-", stdin=OTHER).code == 0
    assert entries_of(home.progress) == tomli.loads(OTHER)["log"]
    if not hasattr(os, "mkfifo"):
        return
    pipe = home.work / "pipe"
    os.mkfifo(pipe)
    with home.popen("--progress", "other.toml", "merge", str(pipe)) as process:
        pipe.write_text(OTHER, encoding="utf-8")
    assert process.returncode == 0
    assert entries_of(home.work / "other.toml") == tomli.loads(OTHER)["log"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no pipes of that sort")
def test_a_pipe_without_end_is_read_up_to_the_bound_and_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmpath.cli.commands.keeping.MAX_BYTES", 1_000)
    pipe, written = home.work / "pipe", []
    os.mkfifo(pipe)

    def pour() -> None:
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            for _ in range(500):
                file.write(b"# a comment\n" * 1_000)
                written.append(12_000)

    writer = Thread(target=pour)
    writer.start()
    ran = home.call("merge", str(pipe))
    writer.join()
    assert (ran.code, ran.out) == (4, "")
    assert "MB" in ran.err
    assert sum(written) < 1_000_000
    assert not home.progress.exists()


MARKERS = f"""\
schema = 2
{"[[log]]"}
at = 2026-01-01 20:00:00Z
start = ["python"]
<<<<<<< HEAD

[[log]]
at = 2026-01-05 20:00:00Z
done = ["python"]
=======

[[log]]
at = 2026-01-05 20:00:00Z
done = ["rag"]
>>>>>>> theirs
"""


def test_rule_7_a_file_with_gits_markers_is_its_two_sides(home: Home) -> None:
    assert home.call("merge", written(home, MARKERS)).code == 0
    names = [entry.get("done", entry.get("start")) for entry in entries_of(home.progress)]
    assert names == [["python"], ["python"], ["rag"]]


def test_rule_7_the_progress_file_itself_is_mended_after_a_backup(home: Home) -> None:
    home.write_progress(MARKERS)
    ran = home.call("list")
    assert ran.code == 4
    assert f"llmpath merge {home.progress}" in ran.err
    assert home.call("merge", str(home.progress), "--dry-run").code == 0
    assert home.progress.read_text("utf-8") == MARKERS
    assert home.call("merge", str(home.progress)).code == 0
    assert [entry.get("done", ["-"]) for entry in entries_of(home.progress)] == [["-"], ["python"], ["rag"]]
    (copy,) = (home.progress.parent / "backups").glob("*.damaged")
    assert copy.read_text("utf-8") == MARKERS
    assert home.call("list").code == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, 1),
        ("", 4),
        ("schema = 3\n", 4),
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
        said = [
            (verb, entry[verb])
            for entry in entries_of(clone / "progress.toml")
            for verb in ("done", "note", "skip", "start", "goal")
            if verb in entry
        ]
        assert sorted(said) == sorted(
            [
                *([] if is_empty else [("done", ["python"])]),
                ("done", ["rag"]),
                ("note", ["rag"]),
                ("skip", ["nlp"]),
                ("done", ["agents"]),
                ("start", ["nlp"]),
                ("goal", ["agents"]),
            ]
        )
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
    base, ours, theirs = (written(home, "schema = 2\n", name) for name in ("base", "ours", "theirs"))
    Path(theirs).write_text(OTHER, encoding="utf-8")
    ran = home.call("merge", "--driver", base, ours, theirs)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert document_of(Path(ours)) == document_of(Path(theirs))
    assert Path(base).read_text(encoding="utf-8") == "schema = 2\n"
    assert {path.name for path in home.work.iterdir()} == {"base", "ours", "theirs"}
    assert not home.progress.parent.exists()


@pytest.mark.parametrize("damaged", ["ours", "theirs"])
def test_rule_7_the_driver_leaves_ours_and_ends_with_1_where_a_side_is_no_log(home: Home, damaged: str) -> None:
    base, ours, theirs = (written(home, "?" if name == damaged else OTHER, name) for name in ("base", "ours", "theirs"))
    before = Path(ours).read_bytes()
    ran = home.call("merge", "--driver", base, ours, theirs)
    assert (ran.code, ran.out) == (1, "")
    assert damaged in ran.err
    assert Path(ours).read_bytes() == before


def test_rule_13_the_driver_unites_schema_1_with_the_log(home: Home) -> None:
    base, ours, theirs = (written(home, text, name) for text, name in ((OLD, "base"), (OLD, "ours"), (OTHER, "theirs")))
    assert home.call("merge", "--driver", base, ours, theirs).code == 0
    assert document_of(Path(ours)) == document_of(Path(theirs))


def test_the_driver_replaces_ours_as_a_whole_or_not_at_all(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    base, ours, theirs = (
        written(home, text, name) for text, name in (("", "base"), ("schema = 2\n", "ours"), (OTHER, "theirs"))
    )
    monkeypatch.setattr(os, "replace", full)
    ran = home.call("merge", "--driver", base, ours, theirs)
    assert (ran.code, ran.out, Path(ours).read_text("utf-8")) == (1, "", "schema = 2\n")


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
