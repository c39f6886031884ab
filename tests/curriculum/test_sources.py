"""Reading authored files: what is none is refused soon, with the file named, and nothing is run, opened or written."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from llmpath.curriculum import reader as sources
from llmpath.curriculum.problems import Problem
from tests.authored import FILES, Authored
from tests.support import COMMAND, Home

OUTLINE, NUMBERS = "curriculum.toml", "topics/numbers.toml"
LISTED = 'topics = ["numbers", "words"]'


def only_fault(authored: Authored) -> Problem:
    """The one fault there is."""
    faults = authored.checked().problems
    assert len(faults) == 1, authored.said()
    return faults[0]


# files that are none


def test_a_folder_without_an_outline_is_no_curriculum(tmp_path: Path) -> None:
    fault = sources.check_folder(tmp_path).problems[0]
    assert (fault.code, fault.file) == ("no_outline", OUTLINE)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    fault = sources.check_folder(authored.folder / OUTLINE).problems[0]
    assert (fault.code, fault.file) == ("not_a_folder", OUTLINE)


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    (tmp_path / NUMBERS).unlink()
    (tmp_path / NUMBERS).mkdir()
    fault = only_fault(authored)
    assert (fault.code, fault.file) == ("not_a_file" if sys.platform != "win32" else "unreadable", NUMBERS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this platform")
@pytest.mark.parametrize("file", [OUTLINE, NUMBERS])
def test_a_pipe_is_not_waited_for(file: str, tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    (tmp_path / file).unlink()
    os.mkfifo(tmp_path / file)
    fault = only_fault(authored)
    assert (fault.code, fault.file) == ("not_a_file", file)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices in the file system of this platform")
def test_a_device_is_not_read(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    (tmp_path / NUMBERS).unlink()
    (tmp_path / NUMBERS).symlink_to("/dev/zero")
    assert only_fault(authored).code == "not_a_file"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
@pytest.mark.parametrize("link", [NUMBERS, "topics"])
def test_a_link_that_leads_to_itself_is_refused(link: str, tmp_path: Path) -> None:
    authored = Authored(tmp_path).replace(OUTLINE, LISTED, 'topics = ["numbers"]')
    (tmp_path / "questions" / "words.toml").unlink()
    for path in (tmp_path / "topics").iterdir():
        path.unlink()
    if link == "topics":
        (tmp_path / link).rmdir()
    (tmp_path / link).symlink_to(Path(link).name)
    fault = only_fault(authored)
    assert (fault.code, fault.file) == ("unreadable", NUMBERS)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable for the superuser")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    (tmp_path / NUMBERS).chmod(0)
    fault = only_fault(authored)
    assert (fault.code, fault.file) == ("unreadable", NUMBERS)


def test_invalid_utf8_is_said_with_its_line(tmp_path: Path) -> None:
    fault = only_fault(Authored(tmp_path).write(NUMBERS, b'title.en = "a"\nsummary.en = "\xff"\n'))
    assert (fault.code, fault.file, fault.line) == ("not_utf8", NUMBERS, 2)


def test_a_zero_byte_is_said_with_its_line(tmp_path: Path) -> None:
    fault = only_fault(Authored(tmp_path).write(NUMBERS, b'title.en = "a"\nsummary.en = "\0"\n'))
    assert (fault.code, fault.file, fault.line) == ("not_toml", NUMBERS, 2)


def test_what_editors_on_windows_write_is_read(tmp_path: Path) -> None:
    authored = Authored(tmp_path)
    for name in (OUTLINE, NUMBERS):
        text = (tmp_path / name).read_text(encoding="utf-8")
        authored.write(name, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert authored.said() == []


# too much of something


def test_topics_beyond_any_course_are_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TOPICS", 1)
    fault = only_fault(Authored(tmp_path))
    assert (fault.code, fault.file, fault.details) == ("too_many_topics", OUTLINE, ("1",))


def test_files_too_large_together_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TOTAL_BYTES", 100)
    assert only_fault(Authored(tmp_path)).code == "too_much"


def test_reading_ends_where_very_much_is_faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authored = Authored(tmp_path).replace(OUTLINE, LISTED, 'topics = ["numbers", "words", "texts"]')
    for name in ("numbers", "words"):
        authored.write(f"topics/{name}.toml", "title.en = \n" + "#\n" * 150)
    monkeypatch.setattr(sources, "MAX_SIGNS", 200)
    faults = authored.checked().problems
    assert [(fault.file, fault.code) for fault in faults] == [
        (OUTLINE, "unread_files"),
        (NUMBERS, "not_toml"),
        ("topics/words.toml", "not_toml"),
    ]
    assert faults[0].details == ("texts",)


def test_of_very_many_faults_the_first_are_said_and_how_many_more_there_are(tmp_path: Path) -> None:
    missing = sources.MAX_PROBLEMS + 7
    listed = ", ".join(f'"t{number}"' for number in range(missing))
    faults = Authored(tmp_path).replace(OUTLINE, LISTED, f"topics = [{listed}]").checked().problems
    assert len(faults) == sources.MAX_PROBLEMS + 1
    assert (faults[1].file, faults[-1].code, faults[-1].is_warning) == ("topics/t0.toml", "more_faults", False)
    assert faults[-1].details == ("10",)  # a goal wants one of the two files that are there and listed no more


def test_a_file_with_nothing_but_unknown_keys_is_given_up(tmp_path: Path) -> None:
    keys = "".join(f"k{number} = 1\n" for number in range(sources.MAX_PROBLEMS + 10))
    faults = Authored(tmp_path).write(NUMBERS, keys).checked().problems
    assert len(faults) == sources.MAX_PROBLEMS + 1
    assert {fault.code for fault in faults} == {"missing_key", "unknown_key", "more_faults"}


DEEP = ".".join("a" * 20_000)
WIDE = ".".join("a" * 900)
RESOURCE = '[[resources]]\nid = "r{}"\nkind = ["x"]\n'

HOSTILE: dict[str, tuple[str, Callable[[], str], str]] = {
    "nested lists": (NUMBERS, lambda: f"core = {'[' * 100_000}", "deep_file"),
    "lists nested a little": (NUMBERS, lambda: f"core = {'[' * 300}{']' * 300}", "deep_file"),
    "nested tables": (NUMBERS, lambda: f"title = {'{a=' * 50_000}", "deep_file"),
    "very many lists": (NUMBERS, lambda: f"core = {'[' * 400_000}", "dense_file"),
    "one dotted key": (NUMBERS, lambda: f"{DEEP} = 1", "deep_file"),
    "a dotted header": (NUMBERS, lambda: f"[{DEEP}]", "deep_file"),
    "many dotted keys": (NUMBERS, lambda: "".join(f"k{n}.{WIDE} = 1\n" for n in range(200)), "deep_file"),
    "dotted keys in a row": (NUMBERS, lambda: f"a = [{f'{{{WIDE} = 1}},' * 200}]", "deep_file"),
    "very many dotted keys": (OUTLINE, lambda: f"{DEEP} = 1\n" * 12, "dense_file"),
    "very many keys": (OUTLINE, lambda: "".join(f"k{n} = 1\n" for n in range(90_000)), "more_faults"),
    "very many entries": (NUMBERS, lambda: "[[resources]]\n" * 60_000, "too_many"),
    "very many faulty entries": (NUMBERS, lambda: "".join(RESOURCE.format(n) for n in range(4_000)), "more_faults"),
    "numbers without end": (NUMBERS, lambda: f"minutes = {'9' * 1_000_000}", "huge_number"),
    "a text without end": (NUMBERS, lambda: f'title.en = "{"x" * 1_900_000}"', "long_text"),
    "a file of 30 MB": (NUMBERS, lambda: "#" * 30_000_000, "large_file"),
    "a list of very many topics": (
        OUTLINE,
        lambda: 'id = "x"\n[[parts]]\ntopics = [' + ",".join(f'"t{n}"' for n in range(150_000)) + "]",
        "too_many",
    ),
    "topics outside the folder": (OUTLINE, lambda: '[[parts]]\nid = "p"\ntopics = ["../../../etc/passwd"]', "wrong_id"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process for certain")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_little_time_and_memory(name: str, home: Home) -> None:
    file, text, code = HOSTILE[name]
    folder = Authored(home.work / "hostile").write(file, text()).folder
    before = {path: path.stat().st_mtime_ns for path in home.folder.rglob("*")}
    bounded = ["sh", "-c", 'ulimit -t 10; ulimit -v 1000000; exec "$@"', "sh", *COMMAND]
    ran = subprocess.run(
        [*bounded, "validate", "--json", str(folder)],
        cwd=home.work,
        env=home.env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    found = {(fault["code"], fault["file"]) for fault in json.loads(ran.stdout)["folders"][0]["faults"]}
    assert (code, f"hostile/{file}") in found
    assert {path: path.stat().st_mtime_ns for path in home.folder.rglob("*")} == before


FORMER_IDS = "former_ids = [" + ", ".join(f'"old-{n}"' for n in range(9)) + "]"
ALIASES = "aliases = [" + ", ".join(f'"name {n}"' for n in range(40)) + "]"


@pytest.mark.parametrize("names", [FORMER_IDS, ALIASES], ids=["former ids", "aliases"])
def test_more_names_than_any_course_has_are_not_read_to_their_end(
    names: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_WEIGHT", 60)
    assert faults_of(Authored(tmp_path)) == []
    assert faults_of(Authored(tmp_path).replace(NUMBERS, "[[concepts]]", f"{names}\n\n[[concepts]]")) == [
        "too_many_entries"
    ]
    inside = Authored(tmp_path / "inside").replace(NUMBERS, "[[concepts]]\n", f"[[concepts]]\n{names}\n")
    assert faults_of(inside) == ["too_many_entries"]


def test_more_entries_or_questions_than_any_course_has_are_not_read_to_their_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_WEIGHT", 60)
    question = FILES["questions/words.toml"].replace('"noun"', '"zero"').replace('"talk"', '"book"')
    many = "".join(question.replace("which-word", f"q{n}") for n in range(20))
    assert faults_of(Authored(tmp_path).write("questions/numbers.toml", question)) == []
    assert faults_of(Authored(tmp_path).write("questions/numbers.toml", many)) == ["too_many_entries"]
    monkeypatch.setattr(sources, "MAX_WEIGHT", 10)
    assert faults_of(Authored(tmp_path)) == ["too_many_entries"]


def test_more_signs_than_any_course_has_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TOTAL_SIGNS", 20)
    assert faults_of(Authored(tmp_path)) == ["too_many_entries"]


def faults_of(authored: Authored) -> list[str]:
    return [problem.code for problem in authored.checked().problems if not problem.is_warning]


def test_little_memory_is_called_that_and_no_damage(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def loads(text: str) -> dict[str, object]:
        raise MemoryError(text[:9])

    folder = Authored(home.work / "mine").folder
    monkeypatch.setattr("tomli.loads", loads)
    for words in (["validate", "mine"], ["--curriculum", str(folder), "list"]):
        ran = home.call(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("error: There is not enough memory to read ")
