"""map, export html and export svg as a user meets them."""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.support import Home

BEGUN = (("done", "numbers"), ("start", "words"), ("note", "words", "read it again"), ("goal", "agents"))


@pytest.fixture
def begun(course: Home) -> Home:
    """The small course with one topic done, one under way, a note and a goal."""
    for words in BEGUN:
        assert course.call(*words).code == 0
    return course


@pytest.fixture
def recorded(begun: Home, tmp_path: Path) -> Path:
    """A file that gets the address with which a browser is started."""
    file, program = tmp_path / "addresses", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" >> "{file}"\n')
    program.chmod(0o755)
    begun.env["BROWSER"] = str(program)
    return file


def test_map_shows_notes_where_they_are_asked_for(begun: Home) -> None:
    assert "read it again" not in begun.call("map").out
    noted = next(line for line in begun.call("map", "--notes").out.splitlines() if "read it again" in line)
    assert re.fullmatch(r" +your note, \d+ \w+: read it again", noted)


def test_map_as_json_has_nodes_with_their_layers_and_edges(begun: Home) -> None:
    document = begun.call("map", "--json").json()
    assert (document["kind"], document["version"], document["goal"]) == ("map", 1, "agents")
    assert [(node["id"], node["layer"], node["state"]) for node in document["nodes"]] == [
        ("numbers", 0, "done"),
        ("words", 1, "doing"),
        ("attention", 2, "todo"),
        ("tuning", 3, "todo"),
        ("agents", 2, "todo"),
    ]
    assert {"id", "number", "part", "layer", "title", "state", "hours_left"} <= set(document["nodes"][0])
    assert document["edges"] == [
        ["numbers", "words"],
        ["words", "attention"],
        ["attention", "tuning"],
        ["words", "agents"],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script")
def test_map_open_hands_the_page_to_the_browser_and_changes_no_progress(begun: Home, recorded: Path) -> None:
    before = begun.progress.read_bytes()
    ran = begun.run("map", "--open")
    assert ran.code == 0, ran.err
    page = Path(begun.env["XDG_CACHE_HOME"], "llmpath", "map-small.html")
    assert recorded.read_text().strip() == page.as_uri()
    assert str(page) in ran.out
    assert "read it again" not in page.read_text("utf-8")
    assert begun.run("map", "--open", "--notes").code == 0
    assert "read it again" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o600
    assert begun.progress.read_bytes() == before


def test_map_open_without_a_browser_says_where_the_page_is(begun: Home) -> None:
    ran = begun.call("map", "--open", env={"BROWSER": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert ran.code == 0
    assert ran.out.startswith("There is no browser here. The map is in ")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_map_open_where_nothing_can_be_written_fails_in_a_line(begun: Home, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    ran = begun.call("map", "--open", env={"XDG_CACHE_HOME": str(closed)})
    assert (ran.code, ran.out) == (1, "")
    assert str(closed) in ran.err


@pytest.mark.parametrize(("form", "beginning"), [("html", "<!doctype html>"), ("svg", "<svg xmlns=")])
def test_export_writes_the_same_to_a_file_and_to_a_pipe(begun: Home, form: str, beginning: str) -> None:
    piped = begun.call("export", form)
    assert piped.code == 0
    assert piped.out.startswith(beginning)
    assert begun.call("export", form, "-o", f"map.{form}").code == 0
    assert (begun.work / f"map.{form}").read_text("utf-8") == piped.out
    assert begun.call("export", form, "-o", f"map.{form}").code == 1
    assert "read it again" not in piped.out
    assert "read it again" in begun.call("export", form, "--notes").out


@pytest.mark.parametrize(("language", "word"), [("zh-Hans", "课程地图"), ("zh-Hant", "課程地圖")])
@pytest.mark.parametrize("form", ["html", "svg"])
def test_export_speaks_the_language_in_force(begun: Home, form: str, language: str, word: str) -> None:
    assert word in begun.call("export", form, "--lang", language).out


def test_jinja2_is_loaded_by_the_page_and_the_picture_alone(begun: Home) -> None:
    from tests.whole.test_imports import imported

    assert "jinja2" not in imported(begun, "map")
    assert "jinja2" in imported(begun, "export", "svg")
