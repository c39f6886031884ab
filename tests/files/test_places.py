"""Where the files are, and what happens to what is there already: links, modes, folders that may not be written."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import platformdirs
import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from llmpath.files.folders import APP, user_places
from tests.support import Home

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and modes")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are the folders not asked of platformdirs")

FOLDERS = st.sampled_from(
    ["", " ", "relative", "./x", "/", "/srv/data", "/srv/data/", "//srv", "/a b/量化", "/a/../b", "~", "~/x", "$HOME/x"]
)
ENVIRONMENTS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), FOLDERS),
)


@LINUX
@given(ENVIRONMENTS)
def test_the_folders_are_those_of_platformdirs(environ: Mapping[str, str]) -> None:
    with patch.dict(os.environ, environ, clear=True):
        dirs = platformdirs.PlatformDirs(APP, appauthor=False)
        places = user_places(os.environ)
        assert places.data == dirs.user_data_dir
        assert places.config == dirs.user_config_dir
        assert places.cache == dirs.user_cache_dir


@LINUX
def test_a_user_without_a_home_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def nobody(_: int) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in ("HOME", "XDG_DATA_HOME"):
        del home.env[name]
    for words in (("list",), ("done", "python"), ("info",), ("list", "--json")):
        ran = home.call(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "error: No home folder is known. Set HOME to a folder of yours, and try again.\n"
    assert home.call("--help").code == 0
    ran = home.call("curriculum", "new", "mine")
    assert (ran.code, list(home.work.iterdir())) == (1, [])
    assert home.call("list", env={"LC_ALL": "zh_TW.UTF-8"}).err.startswith("錯誤：找不到使用者的家目錄")


def test_flag_wins_over_variable_and_variable_over_the_users_folder(home: Home) -> None:
    one, other = home.work / "one.toml", home.work / "other.toml"
    home.call("done", "python", "--progress", str(one), env={"LLMPATH_PROGRESS": str(other)})
    assert (one.exists(), other.exists(), home.progress.exists()) == (True, False, False)
    home.call("done", "python", env={"LLMPATH_PROGRESS": str(other)})
    assert (other.exists(), home.progress.exists()) == (True, False)
    rows = home.call("info", "--json", env={"LLMPATH_PROGRESS": str(other)}).json()["files"]
    assert (rows[0]["name"], rows[0]["path"], rows[0]["origin"]) == ("progress", str(other), "LLMPATH_PROGRESS")


@pytest.mark.parametrize("folder", ["a folder", "学习 进度", "it's", 'so "called"', "$HOME", "-v", "a\nb"])
def test_any_folder_will_do(home: Home, folder: str) -> None:
    if sys.platform == "win32" and set(folder) & set('"\n'):
        pytest.skip("Windows has no such names")
    env = {"XDG_DATA_HOME": str(home.folder / folder)}
    for words in (("done", "python"), ("done", "rag"), ("undo",), ("backup", "list"), ("info",)):
        ran = home.call(*words, env=env)
        assert (ran.code, ran.err) == (0, ""), ran
    assert (home.folder / folder / APP / "progress.toml").exists()
    assert not home.progress.exists()


@POSIX
def test_a_name_that_is_no_text_will_do(home: Home) -> None:
    env = {"XDG_DATA_HOME": os.fsdecode(os.fsencode(home.folder) + b"/\xff\xfe")}
    try:
        os.mkdir(env["XDG_DATA_HOME"])
    except OSError:
        pytest.skip("this file system has no such names")
    assert home.call("done", "python", env=env).code == 0
    assert home.call("list", "--json", env=env).json()["progress"]["done"] == 1
    assert home.call("info", env=env).code == 0
    assert home.call("info", "--json", env=env).json()["kind"] == "info"


def test_a_relative_path_is_meant_from_here(home: Home) -> None:
    assert home.call("done", "python", "--progress", "mine.toml").code == 0
    assert (home.work / "mine.toml").exists()
    names = {path.name for path in home.work.iterdir() if "seen-" not in path.name}
    assert names == {"mine.toml", "mine.toml.lock"}


# --- links and modes -------------------------------------------------------------------------------------------------


@POSIX
def test_a_linked_progress_file_stays_a_link_and_its_mode_stays(home: Home) -> None:
    real = home.folder / "dotfiles" / "progress.toml"
    real.parent.mkdir()
    real.write_text("schema = 2\n", encoding="utf-8")
    real.chmod(0o640)
    home.progress.parent.mkdir(parents=True)
    home.progress.symlink_to(real)
    assert home.call("done", "python").code == 0
    assert home.call("done", "rag").code == 0
    assert home.call("undo").code == 0
    assert home.progress.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert tomli.loads(real.read_text(encoding="utf-8"))["log"][0]["done"] == ["python"]
    names = {path.name for path in real.parent.iterdir() if not path.name.startswith("seen-")}
    assert names == {"progress.toml", "progress.toml.lock", "backups"}
    assert {path.name for path in home.progress.parent.iterdir()} == {"progress.toml"}


@POSIX
def test_a_linked_folder_will_do(home: Home) -> None:
    elsewhere = home.folder / "cloud"
    elsewhere.mkdir()
    home.progress.parent.parent.mkdir(parents=True)
    home.progress.parent.symlink_to(elsewhere)
    assert home.call("done", "python").code == 0
    assert home.progress.parent.is_symlink()
    assert (elsewhere / "progress.toml").exists()


@POSIX
def test_a_link_in_a_circle_is_an_error_that_names_it(home: Home) -> None:
    home.progress.parent.mkdir(parents=True)
    home.progress.symlink_to(home.progress)
    for words in (("list",), ("done", "python")):
        ran = home.call(*words)
        assert ran.code == 1
        assert str(home.progress) in ran.err


@POSIX
def test_a_restore_keeps_link_and_mode(home: Home) -> None:
    test_a_linked_progress_file_stays_a_link_and_its_mode_stays(home)
    (name,) = [row["name"] for row in home.call("backup", "list", "--json").json()["backups"]]
    assert home.call("backup", "restore", name).code == 0
    assert home.progress.is_symlink()
    assert stat.S_IMODE(home.progress.stat().st_mode) == 0o640


# --- folders that may not be written ---------------------------------------------------------------------------------


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Lets nobody write in a folder; not even root, where the file system knows of files that never change."""
    if sys.platform != "win32" and os.geteuid() != 0:
        folder.chmod(0o555)
        try:
            yield
        finally:
            folder.chmod(0o755)
        return
    chattr = shutil.which("chattr")
    if chattr is None or subprocess.run([chattr, "+i", folder], capture_output=True, check=False).returncode:
        pytest.skip("this user may write everywhere; tests/test_crash_sweep.py injects EROFS and EACCES instead")
    try:
        yield
    finally:
        subprocess.run([chattr, "-i", folder], check=True)


@pytest.mark.parametrize("has_begun", [True, False])
def test_a_read_only_folder_gives_1_and_can_be_read(home: Home, has_begun: bool) -> None:
    home.progress.parent.mkdir(parents=True)
    if has_begun:
        home.progress.write_text('schema = 2\n[[log]]\ndone = ["rag"]\n', encoding="utf-8")
    before = listing(home)
    with read_only(home.progress.parent):
        ran = home.call("done", "python")
        assert ran.code == 1
        assert str(home.progress) in ran.err
        assert "nothing was changed" in ran.err
        shown = home.call("list", "--json")
        assert shown.code == 0
        assert shown.json()["progress"]["done"] == int(has_begun)
        assert home.call("info").code == 0
    assert listing(home) == before


# --- reading makes and touches nothing -------------------------------------------------------------------------------


def listing(home: Home) -> dict[str, tuple[int, int, int, int]]:
    """Everything in the home but the cache: inode, mode, size and time of each file and folder."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for path in [home.folder, *home.folder.rglob("*")]:
        if home.cache.parent not in (path, *path.parents):
            status = path.lstat()
            found[str(path)] = (status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns)
    return found


READING = [
    (),
    ("list",),
    ("list", "--state", "todo"),
    ("list", "--json"),
    ("show", "rag"),
    ("show", "1.2", "--json"),
    ("resources", "--kind", "video"),
    ("next",),
    ("next", "3", "--why"),
    ("path", "agents"),
    ("plan",),
    ("stats",),
    ("log",),
    ("search", "lora"),
    ("note", "rag"),
    ("goal",),
    ("open", "rag", "--print"),
    ("undo",),
    ("redo",),
    ("goal", "--clear"),
    ("reset", "python"),
    ("reset", "--all", "--yes"),
    ("export", "md"),
    ("export", "csv"),
    ("export", "json"),
    ("backup", "list"),
    ("backup", "restore", "none.toml"),
    ("merge", "other.toml", "--dry-run"),
    ("curriculum", "list"),
    ("config",),
    ("info",),
    ("info", "--json"),
    ("note",),
    ("log", "rag"),
    ("sync",),
    ("--help",),
    ("--version",),
    ("done", "no such item"),
    ("done",),
]


@pytest.mark.parametrize(
    "state", ["nothing there", "some progress", "schema 1", "a damaged file", "wrong entries", "a newer file"]
)
def test_reading_makes_and_touches_nothing(home: Home, state: str) -> None:
    (home.work / "other.toml").write_text('schema = 2\n[[log]]\ndone = ["rag"]\n', encoding="utf-8")
    texts = {
        "some progress": 'schema = 2\n[[log]]\nstart = ["rag"]\n[[log]]\nnote = ["rag"]\ntext = "量"\n',
        "schema 1": 'schema = 1\n[items."llm-course/rag"]\nstate = "doing"\nnote = "量"\n',
        "a damaged file": "schema = 2\n[[log",
        "wrong entries": 'schema = 2\n[[log]]\nstart = "rag"\n',
        "a newer file": 'schema = 3\n[[log]]\nstart = ["rag"]\n',
    }
    if state in texts:
        home.write_progress(texts[state])
    before = listing(home)
    for words in READING:
        if state in ("some progress", "schema 1") and words in (("reset", "--all", "--yes"), ("undo",)):
            continue
        ran = home.call(*words)
        assert ran.code in (0, 2, 3, 4), (words, ran)
        assert listing(home) == before, words


def test_the_folder_is_made_on_the_first_write_only(home: Home) -> None:
    home.call("list")
    home.call("reset", "python")
    assert not home.progress.parent.exists()
    home.call("done", "python")
    assert home.progress.exists()


# --- other people ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root may be two users")
def test_two_users_of_a_group_folder_both_write(home: Home) -> None:
    team = home.folder / "team"
    team.mkdir()
    os.chown(team, -1, 5000)
    team.chmod(0o2775)
    for parent in [home.work, home.folder, *home.folder.parents]:
        if "pytest" in str(parent):
            parent.chmod(0o755)
    for path in [home.cache.parent, *home.cache.parent.rglob("*")]:
        path.chmod(0o755)
    for words in (("done", "python"), ("undo",), ("redo",)):  # imports everything while this user may
        assert home.call("--progress", "other.toml", *words).code == 0

    def as_user(number: int, *words: str) -> int:
        own = home.folder / str(number)
        own.mkdir(exist_ok=True)
        os.chown(own, number, number)
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.setgroups([5000])
                os.setgid(number)
                os.setuid(number)
                os.umask(0o022)
                env = {"HOME": str(own), "XDG_DATA_HOME": str(own), "XDG_CACHE_HOME": str(home.cache.parent)}
                code = home.call("--progress", str(team / "progress.toml"), *words, env=env).code
            finally:  # whatever happens, the child never goes on with the tests
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    assert as_user(1001, "done", "python", "--quiet") == 0
    (team / "progress.toml").chmod(0o664)
    assert as_user(1002, "done", "rag", "--quiet") == 0
    assert as_user(1001, "undo", "--quiet") == 0
    assert (team / "progress.toml").stat().st_gid == 5000
    assert stat.S_IMODE((team / "progress.toml").stat().st_mode) == 0o664


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may make links for others")
def test_an_export_follows_no_link_that_somebody_else_has_planted(home: Home) -> None:
    shared, victim = home.folder / "shared", home.folder / "authorized_keys"
    shared.mkdir()
    shared.chmod(0o777)
    for text in (None, "mine"):
        if text is not None:
            victim.write_text(text, "utf-8")
        link = shared / f"{text}.md"
        link.symlink_to(victim)
        os.lchown(link, 12345, 12345)
        assert home.call("export", "md", "-o", str(link), "--force").code == 1
        assert (victim.read_text("utf-8") if victim.exists() else None) == text
        os.lchown(link, 0, 0)
    assert home.call("export", "md", "-o", str(link), "--force").code == 0
    assert link.is_symlink()
    assert victim.read_text("utf-8").startswith("# ")


def test_an_export_replaces_no_file_that_appeared_while_it_was_written(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, write = home.work / "list.md", os.write

    def beside(descriptor: int, content: bytes) -> int:
        output.write_text("somebody else's", encoding="utf-8")
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", beside)
    ran = home.call("export", "md", "-o", "list.md")
    assert (ran.code, ran.out) == (1, "")
    assert "list.md" in ran.err
    assert output.read_text(encoding="utf-8") == "somebody else's"
    assert [path.name for path in home.work.iterdir()] == ["list.md"]
