"""export and import as a user meets them: files, streams, exit codes, and what is in the progress file afterwards."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from llmpath.files import lock
from tests.support import Home


@pytest.fixture
def begun(home: Home) -> Home:
    """A home with one topic done, one skipped, one concept begun and a note."""
    entries = [
        'at = 2026-01-05 20:00:00.000+00:00\ndone = ["python"]',
        'at = 2026-01-05 20:00:00.000+00:00\nnote = ["python"]\ntext = "very *good*"',
        'at = 2026-01-06 20:00:00.000+00:00\nskip = ["mathematics"]',
        'at = 2026-01-07 20:00:00.000+00:00\nstart = ["quantization/gptq-awq"]',
    ]
    home.write_progress("schema = 2\n" + "".join(f"\n[[log]]\n{entry}\n" for entry in entries))
    return home


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content, the lock aside."""
    return {
        str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"
    }


def write(home: Home, text: str | bytes, name: str = "list.md") -> str:
    """A file in the folder where the program runs."""
    content = text.encode() if isinstance(text, str) else text
    (home.work / name).write_bytes(content)
    return name


def states(home: Home, *options: str) -> dict[str, str]:
    """The topics' states."""
    return {row["id"]: row["state"] for row in home.call("list", "--json", *options).json()["topics"]}


def ticked(text: str, *addresses: str) -> str:
    """The check list after somebody ticked these boxes."""
    lines = [
        line.replace("- [ ]", "- [x]", 1) if any(f"<!-- llmpath: {address} " in line for address in addresses) else line
        for line in text.split("\n")
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["md", "csv", "json"])
def test_an_export_is_the_same_in_a_pipe_and_in_a_file_but_for_the_byte_order_mark_of_csv(
    begun: Home, form: str
) -> None:
    shown = begun.run("export", form)
    assert (shown.code, shown.err) == (0, "")
    written = begun.call("export", form, "-o", "out")
    assert written.code == 0
    assert str(begun.work / "out") in written.out
    content = (begun.work / "out").read_bytes().decode()
    mark = "\ufeff" if form == "csv" else ""
    assert content.replace("\r\n", "\n") == mark + shown.out.replace("\r\n", "\n")


def test_an_export_reads_and_leaves_no_trace(home: Home) -> None:
    assert home.call("export", "md").code == 0
    assert not home.progress.parent.exists()


def test_the_check_list_tells_states_days_and_notes(begun: Home) -> None:
    text = begun.call("export", "md").out
    assert "<!-- llmpath: python done 2026-01-05 -->\n  > **2026-01-05** very \\*good\\*\n" in text
    assert "- [x] **Python" in text
    assert "<!-- llmpath: mathematics skipped 2026-01-06 -->" in text
    assert "<!-- llmpath: quantization/gptq-awq doing 2026-01-07 -->" in text
    assert "· *skipped*" in text


def test_the_document_has_states_and_the_texts_of_the_language_in_force(begun: Home) -> None:
    document = begun.call("export", "json", "--lang", "zh-Hans").json()
    assert (document["kind"], document["version"]) == ("export", 1)
    topics = {topic["id"]: topic for topic in document["topics"]}
    assert topics["quantization"]["title"] == "量化"
    assert topics["python"]["my_notes"][0]["text"] == "very *good*"
    assert document["progress"] == begun.call("list", "--json").json()["progress"]


@pytest.mark.parametrize("form", ["md", "csv", "json"])
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_no_character_is_lost_in_a_pipe_of_another_encoding(home: Home, form: str, encoding: str) -> None:
    plain = home.run("export", form, "--lang", "zh-Hant").out
    other = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    found = home.run("export", form, "--lang", "zh-Hant", env=other)
    assert (found.code, found.err) == (0, "")
    if form == "json":
        assert json.loads(found.out) == json.loads(plain)
    else:
        assert found.out == plain


def test_a_file_that_is_there_is_overwritten_by_force_alone(home: Home) -> None:
    write(home, "mine", "out.md")
    refused = home.call("export", "md", "-o", "out.md")
    assert (refused.code, refused.out) == (1, "")
    assert "out.md" in refused.err
    assert "--force" in refused.err
    assert (home.work / "out.md").read_text() == "mine"
    assert home.call("export", "md", "-o", "out.md", "--force").code == 0
    assert (home.work / "out.md").read_text(encoding="utf-8").startswith("# ")
    assert os.listdir(home.work) == ["out.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders there")
@pytest.mark.parametrize("target", ["folder", "pipe", "nowhere/out.md"])
def test_what_is_no_file_is_never_replaced(home: Home, target: str) -> None:
    (home.work / "folder").mkdir()
    os.mkfifo(home.work / "pipe")
    ran = home.call("export", "md", "-o", target, "--force")
    assert (ran.code, ran.out) == (1, "")
    assert target in ran.err
    assert stat.S_ISFIFO((home.work / "pipe").stat().st_mode)
    assert sorted(os.listdir(home.work)) == ["folder", "pipe"]


def test_what_drives_a_terminal_is_in_no_export(home: Home) -> None:
    home.write_progress('schema = 2\n[[log]]\nnote = ["python"]\ntext = "a\\u001b[2J\\u009b2J\\u202e\\tb"\n')
    for form in ("md", "csv", "json"):
        shown = home.call("export", form).out
        assert not {"\x1b", "\x9b", "\u202e", "\t"} & set(shown)
    document = home.call("export", "json").json()
    assert (
        next(t for t in document["topics"] if t["id"] == "python")["my_notes"][0]["text"] == "a\x1b[2J\x9b2J\u202e\tb"
    )


def test_what_is_ticked_becomes_done_and_undo_takes_it_all_back(begun: Home) -> None:
    before = states(begun)
    text = ticked(begun.call("export", "md").out, "nlp", "mathematics", "quantization/gptq-awq")
    ran = begun.call("import", write(begun, text))
    assert (ran.code, ran.err) == (0, "")
    assert "3" in ran.out
    assert states(begun) == {**before, "nlp": "done", "mathematics": "done", "quantization": "doing"}
    undone = begun.call("undo")
    assert undone.code == 0
    assert undone.out.startswith("Undid `done` of ")
    assert states(begun) == before
    begun.call("redo")
    assert states(begun)["nlp"] == "done"


def test_a_check_list_takes_the_progress_to_another_machine_with_its_days(begun: Home) -> None:
    text = begun.call("export", "md", "--lang", "zh-Hans").out
    assert begun.call("--progress", "other.toml", "import", write(begun, text)).code == 0
    here, there = (
        [
            (item, e["did"], e["on"], e["note"])
            for e in begun.call("log", "--json", *options).json()["entries"]
            for item in e["items"]
        ]
        for options in ([], ["--progress", "other.toml"])
    )
    assert sorted(here) == sorted(there)
    assert ("python", "done", "2026-01-05", "very *good*") in there


def test_what_is_marked_here_stays_so_whatever_the_check_list_says(begun: Home) -> None:
    text = begun.call("export", "md").out
    begun.call("start", "mathematics")
    begun.call("done", "quantization/gptq-awq")
    begun.call("done", "rag")
    before = files_in(begun.progress.parent)
    ran = begun.call("import", write(begun, text))
    assert ran.code == 0
    assert files_in(begun.progress.parent) == before


def test_a_second_import_changes_nothing(begun: Home) -> None:
    name = write(begun, ticked(begun.call("export", "md").out, "nlp"))
    begun.call("import", name)
    before = files_in(begun.progress.parent)
    again = begun.call("import", name)
    assert again.code == 0
    assert files_in(begun.progress.parent) == before
    assert "Nothing new" in again.out


def test_a_dry_run_shows_what_would_change_and_writes_nothing(home: Home) -> None:
    text = "- [x] <!-- llmpath: nlp -->\n- [ ] <!-- llmpath: python skipped -->\n"
    ran = home.call("import", write(home, text), "--dry-run")
    assert ran.code == 0
    assert "Natural Language Processing" in ran.out
    assert "to do → done" in ran.out
    assert "to do → skipped" in ran.out
    assert not home.progress.parent.exists()


def test_a_copy_is_kept_before_every_import_that_changes_something(begun: Home) -> None:
    text = begun.call("export", "md").out
    backups = begun.progress.parent / "backups"
    begun.call("import", write(begun, ticked(text, "nlp")))
    begun.call("import", write(begun, ticked(text, "rag")))
    assert len(list(backups.iterdir())) == 2


def test_windows_line_ends_a_byte_order_mark_and_other_bullets_are_fine(home: Home) -> None:
    lines = [
        "\ufeff* [X] NLP <!-- llmpath: nlp -->",
        "    + [x] RAG <!--llmpath:rag-->",
        "1. [ ] x <!-- llmpath: agents doing -->",
    ]
    ran = home.call("import", write(home, "\r\n".join(lines)))
    assert (ran.code, ran.err) == (0, "")
    found = states(home)
    assert (found["nlp"], found["rag"], found["agents"]) == ("done", "done", "doing")


def test_lines_that_are_not_understood_are_told_with_their_numbers_and_the_rest_counts(home: Home) -> None:
    text = "# Mine\n\n- [ ] buy milk\n- [x] NLP <!-- llmpath: nlp -->\n- [x] gone <!-- llmpath: no-such/thing -->\n"
    ran = home.call("import", write(home, text))
    assert ran.code == 0
    assert [line.partition(": ")[2][:20] for line in ran.err.splitlines()] == [
        "list.md, line 3: a b",
        "list.md, line 5: a b",
    ]
    assert states(home)["nlp"] == "done"


def test_a_flood_of_unknown_boxes_is_counted_and_not_listed(home: Home) -> None:
    text = "- [ ] mine\n" * 200 + "- [x] NLP <!-- llmpath: nlp -->\n"
    ran = home.call("import", write(home, text))
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 51
    assert "150" in ran.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- [x] \xff\xfe <!-- llmpath: nlp -->", "UTF-8"),
        ("- [x] <!-- llmpath: nlp -->".encode("utf-16"), "UTF-8"),
        (b"- [x] <!-- llmpath: nlp -->\n" * 320_000, "8 MB"),
        (b"a\n\n" * 101_000, "markup"),
        (b"", "export md"),
        (b"# Just prose\n", "export md"),
        (b"<!-- llmpath-curriculum: other -->\n- [x] <!-- llmpath: nlp -->\n", "--curriculum FOLDER"),
    ],
)
def test_a_file_that_is_no_check_list_of_this_curriculum_changes_nothing(
    home: Home, content: bytes, words: str
) -> None:
    ran = home.call("import", write(home, content))
    assert (ran.code, ran.out) == (1, "")
    assert "list.md" in ran.err
    assert words in ran.err
    assert not home.progress.parent.exists()


@pytest.mark.parametrize("target", ["nowhere.md", "."])
def test_a_file_that_cannot_be_read_is_named(home: Home, target: str) -> None:
    ran = home.call("import", target)
    assert (ran.code, ran.out) == (1, "")
    assert target in ran.err


@pytest.mark.parametrize("command", [["export", "md"], ["export", "csv"], ["export", "json"], ["import", "list.md"]])
def test_a_damaged_progress_file_ends_with_4_and_stays_as_it_is(home: Home, command: list[str]) -> None:
    write(home, "- [x] <!-- llmpath: nlp -->\n")
    path = home.write_progress("schema = 2\n[[log\n")
    ran = home.call(*command)
    assert (ran.code, ran.out) == (4, "")
    assert path.read_text() == "schema = 2\n[[log\n"


def test_a_check_list_of_another_curriculum_at_hand_says_how_to_read_it(home: Home) -> None:
    for name, shown in (("mine", "mine"), ("我的课程", "我的课程"), ("My Course", "'My Course'")):
        home.call("curriculum", "new", str(home.folder / "data" / "llmpath" / "curricula" / name))
        home.call("--curriculum", name, "done", "1.1")
        home.call("--curriculum", name, "export", "md", "-o", "mine.md", "--force")
        home.call("undo")
        ran = home.call("import", "mine.md")
        assert (ran.code, f"llmpath --curriculum {shown} import mine.md" in ran.err) == (1, True)
        assert home.call("--curriculum", name, "import", "mine.md").code == 0
        assert home.call("--curriculum", name, "list", "--json").json()["progress"]["done"] == 1


@pytest.mark.parametrize("words", [("export", "md", "-o"), ("plan", "--ics")])
@pytest.mark.parametrize("name", ["", " "])
def test_a_file_without_a_name_is_refused(words: tuple[str, ...], name: str, home: Home) -> None:
    ran = home.call(*words, name)
    assert (ran.code, ran.out) == (2, "")
    assert f"cannot be “{name}”" in ran.err


def test_notes_go_along_with_a_check_list(begun: Home, tmp_path: Path) -> None:
    begun.call("note", "rag", "two\nlines <b>, 字")
    begun.call("export", "md", "-o", str(tmp_path / "mine.md"))
    other = Home(tmp_path / "other")
    dry = other.call("import", str(tmp_path / "mine.md"), "--dry-run")
    assert not other.progress.exists()
    ran = other.call("import", str(tmp_path / "mine.md"))
    assert ran.code == 0
    assert ran.out.splitlines()[1:-2] == dry.out.splitlines()[1:]
    [row] = [line for line in ran.out.splitlines() if line.endswith("with the note")]
    assert row.startswith("  ○  ")
    assert other.call("note", "python").out.endswith("very *good*\n")
    assert {"note": ["rag"], "text": "two\nlines <b>, 字"}.items() <= other.entries()[-1].items()
    assert other.call("import", str(tmp_path / "mine.md")).out.startswith("Nothing new in")
    assert other.call("undo").code == 0
    assert other.call("note", "rag", "--json").json()["notes"] == []


def test_a_note_that_looks_like_an_entry_survives_export_and_import(home: Home, tmp_path: Path) -> None:
    for text in ("- [ ] x", "- [x] y <!-- llmpath: agents -->", "> z", "**2026-01-05** w", "# v", "```"):
        home.call("note", "sft", "--", text)
    before = [note["text"] for note in home.call("note", "sft", "--json").json()["notes"]]
    assert len(before) == 6
    home.call("export", "md", "-o", str(tmp_path / "mine.md"))
    other = Home(tmp_path / "other")
    assert other.call("import", str(tmp_path / "mine.md")).err == ""
    assert {note["text"] for note in other.call("note", "sft", "--json").json()["notes"]} == set(before)
    assert other.call("list", "--json").json()["progress"]["done"] == 0


def test_what_is_restored_does_not_win_over_what_was_done_since(home: Home, tmp_path: Path) -> None:
    """A check list is exported, then work goes on; whoever imports the list later and merges has nothing un-marked."""
    home.call("note", "rag", "chapter 2")
    home.call("start", "agents")
    home.call("export", "md", "-o", str(tmp_path / "mine.md"))
    home.call("done", "rag", "agents")
    other = Home(tmp_path / "other")
    assert other.call("import", str(tmp_path / "mine.md")).code == 0
    assert other.call("note", "rag").out.endswith("chapter 2\n")
    assert home.call("merge", str(other.progress)).code == 0
    states = {topic["id"]: topic["state"] for topic in home.call("list", "--json").json()["topics"]}
    assert (states["rag"], states["agents"]) == ("done", "done")


def test_a_note_that_differs_is_added_beside_the_own(home: Home) -> None:
    home.call("note", "rag", "mine")
    home.call("export", "md", "-o", "mine.md")
    path = home.work / "mine.md"
    path.write_text(path.read_text("utf-8").replace("** mine", "** mine, edited"), "utf-8")
    assert "with the note" in home.call("import", "mine.md").out
    texts = [note["text"] for note in home.call("note", "rag", "--json").json()["notes"]]
    assert texts == ["mine", "mine, edited"]


def test_a_dry_run_is_refused_as_the_import_is(home: Home) -> None:
    (home.work / "mine.md").write_text("- [x] <!-- llmpath: rag -->\n", "utf-8")
    home.write_progress("schema = 3\n")
    dry, ran = home.call("import", "mine.md", "--dry-run"), home.call("import", "mine.md")
    assert (dry.code, dry.err) == (ran.code, ran.err)
    assert dry.code == 4


def test_what_another_process_does_before_an_import_writes_is_neither_lost_nor_overwritten(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = 'schema = 2\n[[log]]\nat = 2026-11-01T09:00:00Z\ndone = ["rag"]\n'
    boxes = "- [ ] <!-- llmpath: rag doing -->\n  > mine\n- [x] <!-- llmpath: agents -->\n  > new\n"
    (home.work / "mine.md").write_text(boxes, "utf-8")
    acquire = lock.acquire

    def acquire_late(*arguments: Any) -> Any:
        home.write_progress(theirs)
        return acquire(*arguments)

    monkeypatch.setattr("llmpath.progress.file.acquire", acquire_late)
    ran = home.call("import", "mine.md")
    assert ran.code == 0
    assert home.progress.read_text("utf-8").startswith(theirs)
    new = [{k: v for k, v in entry.items() if k not in ("at", "on")} for entry in home.entries()[1:]]
    assert new == [{"done": ["agents"]}, {"note": ["rag"], "text": "mine"}, {"note": ["agents"], "text": "new"}]
