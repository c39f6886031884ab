"""Curricula are found, compiled once, compiled again when they change, and go into the wheel compiled."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import pytest

import llmpath
from llmpath.cli.completion import Index
from llmpath.curriculum import library, models, snapshot
from llmpath.curriculum.library import Place, load_catalog, located
from llmpath.curriculum.reader import check_folder
from llmpath.curriculum.snapshot import documents_of
from llmpath.errors import DamagedCurriculum, UnknownCurriculum
from llmpath.text.languages import LANGUAGES
from tests.authored import Authored
from tests.support import Home

OUTLINE, WORDS = "curriculum.toml", "topics/words.toml"


class Desk:
    """A curriculum and a cache folder."""

    def __init__(self, folder: Path) -> None:
        self.authored = Authored(folder / "small")
        self.cache = folder / "cache"
        self.place = Place("small", str(self.authored.folder))

    def title(self, language: str = "en") -> str:
        """The title of the topic `words`, as a command gets it."""
        return load_catalog(self.place, language, str(self.cache)).topic("words").title

    def compiled(self) -> list[Path]:
        """The folders of compiled curricula."""
        return sorted((self.cache / "compiled").iterdir()) if self.cache.is_dir() else []

    def mark(self) -> None:
        """Changes a title in the cache alone, to see who reads it."""
        rewrite_document(self.compiled()[0] / "en.jsonl", lambda content: content.replace(b'"Words"', b'"Terms"'))


def rewrite_document(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Changes a document of the cache so that it still counts as the one that was made: with its checksum."""
    content = path.read_bytes()
    changed = change(content)
    assert changed != content
    path.write_bytes(changed)
    manifest = path.with_name("manifest.json")
    manifest.write_text(manifest.read_text("utf-8").replace(str(crc32(content)), str(crc32(changed))), "utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rewrite(path: Path, text: str) -> None:
    """Writes a file so that its time differs, however coarse the file system's clock is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 2_000_000_000, before + 2_000_000_000))


# the cache


def test_a_curriculum_is_compiled_at_first_and_then_read_from_the_cache(desk: Desk) -> None:
    assert desk.title() == "Words"
    assert len(desk.compiled()) == 1
    desk.mark()
    assert desk.title() == "Terms"


@pytest.mark.parametrize("file", [OUTLINE, WORDS])
def test_it_is_compiled_again_when_a_file_changes(file: str, desk: Desk) -> None:
    desk.title()
    desk.mark()
    path = desk.authored.folder / file
    rewrite(path, path.read_text("utf-8") + "# changed\n")
    assert desk.title() == "Words"


def test_it_is_compiled_again_when_a_file_grows_whatever_its_time_says(desk: Desk) -> None:
    desk.title()
    desk.mark()
    path = desk.authored.folder / WORDS
    status = path.stat()
    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert desk.title() == "Words"


def test_it_is_compiled_again_when_a_file_comes_or_goes(desk: Desk) -> None:
    desk.title()
    desk.mark()
    desk.authored.write("topics/unlisted.toml", 'title.en = "x"\n')
    assert desk.title() == "Words"
    desk.mark()
    (desk.authored.folder / "topics/unlisted.toml").unlink()
    assert desk.title() == "Words"


def test_it_is_compiled_again_for_another_form_of_the_documents(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.title()
    desk.mark()
    monkeypatch.setattr(snapshot, "FORMAT", -1)
    assert desk.title() == "Words"


def test_what_was_compiled_of_an_earlier_state_goes_and_what_is_of_others_stays(desk: Desk, tmp_path: Path) -> None:
    other = Place("other", str(Authored(tmp_path / "other").folder))
    load_catalog(other, "en", str(desk.cache))
    others = desk.compiled()
    desk.title()
    path = desk.authored.folder / WORDS
    rewrite(path, path.read_text("utf-8").replace('"Words"', '"All Words"'))
    assert desk.title() == "All Words"
    assert len(desk.compiled()) == 2
    assert set(others) < set(desk.compiled())


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "zeros": lambda document: bytes(len(document)),
    "zeros at the end": lambda document: document[:-90].ljust(len(document), b"\0"),
    "cut off": lambda document: document[: len(document) // 2],
    "more than there was": lambda document: document + b"\n[]",
    "one bit": lambda document: document.replace(b"W", b"V", 1),
    "no text": lambda document: document.replace(b"Words", b"\xff\xfe   "),
}
FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda _: b"half a l",
    "another JSON": lambda _: b"{}",
    "a topic too few": lambda document: document[: document.rindex(b"\n")],
    "a value too few": lambda document: document.replace(b'"small",', b"", 1),
    "deep": lambda _: b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_made_anew(damage: str, desk: Desk) -> None:
    desk.title()
    document = desk.compiled()[0] / "en.jsonl"
    good = document.read_bytes()
    damaged = DAMAGES[damage](good)
    assert damaged != good
    document.write_bytes(damaged)
    assert desk.title() == "Words"
    assert document.read_bytes() == good


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_document_of_another_form_is_made_anew_whatever_its_checksum(forgery: str, desk: Desk) -> None:
    desk.title()
    document = desk.compiled()[0] / "en.jsonl"
    good = document.read_bytes()
    rewrite_document(document, FORGERIES[forgery])
    assert desk.title() == "Words"
    assert document.read_bytes() == good


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")
@pytest.mark.parametrize("name", ["manifest.json", "en.jsonl", "names.json", "en.index.tsv"])
def test_a_pipe_in_place_of_a_document_is_not_waited_for(name: str, desk: Desk) -> None:
    desk.title()
    document = desk.compiled()[0] / name
    document.unlink()
    os.mkfifo(document)
    assert load_catalog(desk.place, "en", str(desk.cache)).resolve("vocabulary").id == "words"
    assert library.load_index(desk.place, "en", str(desk.cache), Index).parts
    assert document.is_file()


@pytest.mark.parametrize("name", ["manifest.json", "names.json", "en.questions.json", "en.index.tsv"])
@pytest.mark.parametrize("content", [b"", b"half a r", b'["one"]'], ids=["empty", "cut off", "other"])
def test_every_damaged_document_is_made_anew(name: str, content: bytes, desk: Desk) -> None:
    desk.title()
    document = desk.compiled()[0] / name
    good = document.read_bytes()
    document.write_bytes(content)
    assert load_catalog(desk.place, "zh-Hans", str(desk.cache)).resolve("vocabulary").id == "words"
    assert list(load_catalog(desk.place, "en", str(desk.cache)).curriculum.questions) == ["words"]
    library.load_index(desk.place, "en", str(desk.cache), Index)
    assert document.read_bytes() == good


def test_what_another_process_takes_away_while_a_command_runs_is_made_anew(desk: Desk) -> None:
    desk.title()
    catalog = load_catalog(desk.place, "en", str(desk.cache))  # from the cache
    path = desk.authored.folder / WORDS
    rewrite(path, path.read_text("utf-8").replace('"vocabulary"', '"vocabulary", "lexicon"'))
    assert load_catalog(desk.place, "en", str(desk.cache)).resolve("lexicon").id == "words"  # the other process
    kept = desk.compiled()
    assert catalog.topic("words").title == "Words"
    assert catalog.resolve("lexicon").id == "words"
    assert desk.compiled() == kept
    assert b"lexicon" in (kept[0] / "names.json").read_bytes()


def test_what_changes_while_it_is_compiled_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    load = library.load_curriculum

    def load_while_somebody_writes(folder: str | None = None) -> models.Curriculum:
        curriculum = load(folder)
        path = desk.authored.folder / WORDS
        rewrite(path, path.read_text("utf-8").replace('title.en = "Words"', 'title.en = "Terms"'))
        return curriculum

    with monkeypatch.context() as patched:
        patched.setattr(library, "load_curriculum", load_while_somebody_writes)
        assert desk.title() == "Words"
    assert desk.compiled() == []
    assert desk.title() == "Terms"


def test_many_that_find_no_cache_all_answer_the_same_and_leave_one(course: Home, tmp_path: Path) -> None:
    course.env["XDG_CACHE_HOME"] = str(tmp_path / "none yet")
    processes = [course.popen("list", stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)]
    answers = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert answers == [(course.run("list").out, "", 0)] * 8
    [kept] = (tmp_path / "none yet" / "llmpath" / "compiled").iterdir()
    assert not kept.name.startswith(".")


def test_without_a_place_for_the_cache_it_works_all_the_same(desk: Desk) -> None:
    desk.cache.write_text("a file where the folder would be")
    assert desk.title() == "Words"
    assert desk.title() == "Words"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_where_the_cache_cannot_be_written_it_works_all_the_same(desk: Desk) -> None:
    desk.cache.mkdir(mode=0o500)
    assert desk.title() == "Words"
    assert list(desk.cache.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process has no limit for its files there")
def test_a_cache_that_could_be_written_in_part_only_is_not_there_at_all(desk: Desk) -> None:
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, usual[1]))
    try:
        assert desk.title() == "Words"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert desk.compiled() == []


def test_a_faulty_curriculum_leaves_nothing_in_the_cache(desk: Desk) -> None:
    desk.authored.replace(WORDS, 'kind = "video"', 'kind = "film"')
    with pytest.raises(DamagedCurriculum) as caught:
        desk.title()
    assert [(fault.code, fault.line) for fault in caught.value.faults] == [("not_one_of", 18)]
    assert desk.compiled() == []


def test_nothing_but_json_and_text_is_kept_in_the_cache(desk: Desk) -> None:
    desk.title()
    for path in desk.compiled()[0].iterdir():
        text = path.read_text("utf-8")
        if path.suffix != ".tsv":
            assert [json.loads(line) for line in text.split("\n")]


# languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_curriculum_in_one_language_is_shown_in_that(language: str, desk: Desk) -> None:
    assert desk.title(language) == "Words"
    assert desk.title(language) == "Words"  # now from the cache


@pytest.mark.parametrize(("tag", "shown"), [("zh-TW", "詞"), ("zh-Hant", "詞"), ("de", "Words")])
def test_the_language_in_force_is_found_under_its_other_tags(tag: str, shown: str, desk: Desk) -> None:
    for file in (desk.authored.folder / OUTLINE, *(desk.authored.folder / "topics").iterdir()):
        text = file.read_text("utf-8").replace('languages = ["en"]', f'languages = ["en", "{tag}"]')
        lines = [
            f'{line}\n{line.split(".en")[0]}.{tag} = "詞"' if ".en = " in line else line for line in text.split("\n")
        ]
        file.write_text("\n".join(lines), "utf-8")
    assert desk.title("zh-Hant") == shown


# where curricula are


def test_the_shipped_curriculum_is_found_by_its_name_alone(tmp_path: Path) -> None:
    Authored(tmp_path / "curricula" / library.SHIPPED)
    assert located(library.SHIPPED, str(tmp_path)) == library.shipped()
    assert library.known_places(str(tmp_path)) == [library.shipped()]


def test_own_curricula_are_found_by_name_and_by_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Authored(tmp_path / "curricula" / "mine").folder
    (tmp_path / "curricula" / "no-curriculum").mkdir()
    elsewhere = Authored(tmp_path / "elsewhere").folder
    monkeypatch.chdir(tmp_path)
    assert located("mine", str(tmp_path)).folder == str(folder)
    assert located("elsewhere", str(tmp_path)).folder == str(elsewhere)
    assert located(str(elsewhere), str(tmp_path)).folder == str(elsewhere)
    assert [place.name for place in library.known_places(str(tmp_path))] == [library.SHIPPED, "mine"]


@pytest.mark.parametrize("name", ["", ".", "..", "nothing", "no/such/folder", "\u202e", "x" * 5000])
def test_what_is_no_curriculum_is_said(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownCurriculum):
        located(name, str(tmp_path))


# what the package offers


def test_the_shipped_curriculum_is_loaded_into_models() -> None:
    curriculum = llmpath.load_curriculum()
    assert (curriculum.id, len(curriculum.parts), len(curriculum.topics)) == ("llm-course", 3, 22)


def test_another_curriculum_is_loaded_from_its_folder(tmp_path: Path) -> None:
    assert llmpath.load_curriculum(str(Authored(tmp_path).folder)).id == "small"


def test_loading_raises_with_every_fault(tmp_path: Path) -> None:
    authored = Authored(tmp_path).replace(WORDS, "minutes = 30", "minutes = 0").replace(OUTLINE, "languages", "tongues")
    with pytest.raises(DamagedCurriculum) as caught:
        llmpath.load_curriculum(str(authored.folder))
    assert {fault.code for fault in caught.value.faults} == {"missing_key", "unknown_key", "too_small"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_starter_without_faults_and_warnings(language: str) -> None:
    checked = check_folder(Path(library.data_folder()) / "starters" / language)
    assert checked.problems == []
    assert checked.curriculum is not None
    assert checked.curriculum.languages == [language]
    assert [len(part.topics) for part in checked.curriculum.parts] == [2]


def test_the_starters_differ_in_their_words_alone() -> None:
    files = [library.starter_files(language) for language in LANGUAGES]
    assert len({tuple(each) for each in files}) == 1
    facts = [
        [
            [topic.id, topic.requires, topic.core, [r.url for r in topic.resources]]
            for topic in llmpath.load_curriculum(str(Path(library.data_folder()) / "starters" / language)).topics
        ]
        for language in LANGUAGES
    ]
    assert facts[0] == facts[1] == facts[2]


# the wheel


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, unpacked."""
    root = Path(llmpath.__file__).parent.parent
    if find_spec("hatchling") is None or not (root / "pyproject.toml").exists():
        pytest.skip("the wheel is built from a checkout, with hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(words, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stderr
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_has_the_authored_files_and_what_is_compiled_of_them(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir() if path.suffix != ".dist-info"} == {"llmpath"}
    authored, packed = Path(library.data_folder()), unpacked / "llmpath" / "data"
    names = {path.relative_to(authored) for path in authored.rglob("*") if path.is_file()}
    assert {path.relative_to(packed) for path in packed.rglob("*") if path.is_file()} == names
    compiled = unpacked / "llmpath" / "compiled" / library.SHIPPED
    documents = documents_of(llmpath.load_curriculum())
    assert {path.name for path in compiled.iterdir()} == set(documents)
    for name, document in documents.items():
        assert (compiled / name).read_bytes() == document


def test_from_the_wheel_everything_works_without_a_cache(unpacked: Path, tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CACHE_HOME")}
    environ = {**os.environ, **home, "PYTHONPATH": str(unpacked), "PYTHONUTF8": "1"}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "llmpath", "--lang", "en", *words]
        return subprocess.check_output(command, cwd=tmp_path, env=environ, encoding="utf-8")

    assert "Quantization" in run("list")
    listed = json.loads(run("curriculum", "list", "--json"))["curricula"]
    assert listed[0]["folder"] == str(unpacked / "llmpath" / "data" / library.SHIPPED)
    assert list(tmp_path.iterdir()) == []
    run("curriculum", "new", "mine")
    assert "no problems" in run("validate", "mine")
