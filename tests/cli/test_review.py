"""Reviews: whole sessions at a terminal, in three languages; scripts; and everything that may come between."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.support import Home
from tests.terminals import Sitting, on_terminal

CHECKOUT = str(Path(__file__).parents[2])
COMMAND = [sys.executable, "-m", "tests.fixed_clock"]

PROMPTS = {"en": ("[q] stop", "[e] easily"), "zh-Hans": ("[q] 停止", "[e] 轻松"), "zh-Hant": ("[q] 停止", "[e] 輕鬆")}
"""What stands last before a question, and before an answer is graded."""

SCREENS = {
    "en": """\
3 due · about 2 min
1/3  1.1 Numbers · Integers
     Is 1.5 an integer?
     [Enter] answer   [s] later   [q] stop
     No: it has a fraction.
     Counting from Zero · page 2
     Did you know it?  [y] yes   [n] no   [e] easily y
     again on 23 Nov

2/3  2.1 Attention · Queries, Keys and Values
     What is “Queries, Keys and Values” about?
     [Enter] answer   [s] later   [q] stop s
3/3  2.1 Attention · Heads
     Why several heads instead of one?
     [Enter] answer   [s] later   [q] stop
     Each looks for something else.
     Counting from Zero
     Did you know it?  [y] yes   [n] no   [e] easily well
     Did you know it?  [y] yes   [n] no   [e] easily Ｎ
     again on 22 Nov

2 answered. One is still due.
  Mistake? llmpath undo
""",
    "zh-Hans": """\
3 个待复习 · 约 2 分钟
1/3  1.1 数字 · 整数
     1.5 是整数吗？
     [Enter] 看答案   [s] 以后再答   [q] 停止
     不是，它有小数部分。
     Counting from Zero · page 2
     答上来了吗？  [y] 会   [n] 不会   [e] 轻松 y
     11月23日再问

2/3  2.1 注意力机制 · 查询、键与值
     “查询、键与值”讲的是什么？
     [Enter] 看答案   [s] 以后再答   [q] 停止 s
3/3  2.1 注意力机制 · 注意力头
     为什么用多个头而不是一个？
     [Enter] 看答案   [s] 以后再答   [q] 停止
     每个头看的东西不同。
     Counting from Zero
     答上来了吗？  [y] 会   [n] 不会   [e] 轻松 well
     答上来了吗？  [y] 会   [n] 不会   [e] 轻松 Ｎ
     11月22日再问

答了 2 个。还有 1 个待复习。
  弄错了？ llmpath undo
""",
    "zh-Hant": """\
3 個待複習 · 約 2 分鐘
1/3  1.1 數字 · 整數
     1.5 是整數嗎？
     [Enter] 看答案   [s] 以後再答   [q] 停止
     不是，它有小數部分。
     Counting from Zero · page 2
     答上來了嗎？  [y] 會   [n] 不會   [e] 輕鬆 y
     11月23日再問

2/3  2.1 注意力機制 · 查詢、鍵與值
     「查詢、鍵與值」講的是什麼？
     [Enter] 看答案   [s] 以後再答   [q] 停止 s
3/3  2.1 注意力機制 · 注意力頭
     為什麼用多個頭而不是一個？
     [Enter] 看答案   [s] 以後再答   [q] 停止
     每個頭看的東西不同。
     Counting from Zero
     答上來了嗎？  [y] 會   [n] 不會   [e] 輕鬆 well
     答上來了嗎？  [y] 會   [n] 不會   [e] 輕鬆 Ｎ
     11月22日再問

答了 2 題。還有 1 個待複習。
  弄錯了？ llmpath undo
""",
}


@pytest.fixture
def learner(course: Home) -> Home:
    """A home with three learned concepts: two questions on one, one on another, none on the third."""
    course.env |= {"PYTHONPATH": CHECKOUT, "NO_COLOR": "1"}
    assert course.call("done", "numbers", "attention", "--on", "2026-11-21").code == 0
    return course


def sitting(home: Home, *words: str, **options: Any) -> Sitting:
    return Sitting(home, *words, "review", command=COMMAND, **options)


def reviews(home: Home) -> list[tuple[str, str]]:
    """The answers in the file, with their grades."""
    path = home.progress.parent / "reviews.toml"
    tables = tomli.loads(path.read_text(encoding="utf-8"))["log"] if path.exists() else []
    return [(table["recall"][0], table["grade"]) for table in tables if "recall" in table]


@pytest.mark.parametrize("language", SCREENS)
def test_a_whole_session_asks_shows_grades_and_saves(learner: Home, language: str) -> None:
    at_question, at_grade = PROMPTS[language]
    person = sitting(learner, "--lang", language)
    for keys, prompt in (
        ("\n", at_question), ("y\n", at_grade), ("s\n", at_question), ("\n", at_question), ("well\n", at_grade),
        ("Ｎ\n", at_grade),
    ):  # fmt: skip
        person.type(keys, after=prompt)
    seen = person.end()
    assert (seen.code, seen.text) == (0, SCREENS[language])
    assert reviews(learner) == [("numbers/integer", "yes"), ("attention/heads", "no")]


@pytest.mark.parametrize("language", SCREENS)
def test_a_session_fits_into_40_columns_and_says_the_same(learner: Home, language: str) -> None:
    person = sitting(learner, "--lang", language, columns=40)
    person.type("q\n", after="[q]")
    seen = person.end()
    assert max(map(len, seen.lines)) <= 40
    words = SCREENS[language].split("\n", 4)
    assert all(word in " ".join(seen.text.split()) for word in (words[0], *words[2].split(), *words[3].split()))


def test_with_colour_the_prompt_is_the_same(learner: Home) -> None:
    del learner.env["NO_COLOR"]
    person = sitting(learner)
    person.type("\n", after="stop")
    person.type("e\n", after="easily")
    person.type("q\n", after="stop")
    seen = person.end()
    assert b"\x1b[" in seen.raw
    assert "     Did you know it?  [y] yes   [n] no   [e] easily e" in seen.lines
    assert reviews(learner) == [("numbers/integer", "easily")]
    assert seen.text.count("again on") == 1


KEYS = [("\n", "stop"), ("y\n", "easily"), ("\n", "stop"), ("n\n", "easily"), ("\n", "stop"), ("e\n", "easily")]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("typed", range(1, len(KEYS)))
def test_a_kill_after_any_key_loses_at_most_the_question_on_the_screen(
    learner: Home, number: signal.Signals, typed: int
) -> None:
    person = sitting(learner)
    for keys, prompt in KEYS[:typed]:
        person.type(keys, after=prompt)
    person.wait(KEYS[typed][1])
    seen = person.end(number)
    answers = [("numbers/integer", "yes"), ("attention/query-key-value", "no")]
    assert reviews(learner) == answers[: typed // 2]
    if number != signal.SIGKILL:
        assert seen.code == (0 if typed > 1 else 130)
        assert "Traceback" not in seen.text
        assert f"{typed // 2} answered." in seen.text


@pytest.mark.parametrize(("keys", "code"), [("", 130), ("\x04", 0), ("q\n", 0)])
def test_ctrl_c_ctrl_d_and_q_stop_politely(learner: Home, keys: str, code: int) -> None:
    ctrl_c = None if keys else signal.SIGINT
    person = sitting(learner)
    person.type(keys, after="stop")
    seen = person.end(ctrl_c)
    assert (seen.code, seen.lines[-1]) == (code, "0 answered. 3 are still due.")
    person = sitting(learner)
    person.type("\n", after="stop")
    person.type("y\n", after="easily")
    person.type(keys, after="stop")
    seen = person.end(ctrl_c)
    assert (seen.code, seen.lines[-2:]) == (0, ["1 answered. 2 are still due.", "  Mistake? llmpath undo"])


def test_undo_takes_the_answer_back_and_it_is_due_again(learner: Home) -> None:
    assert due(learner) == ["numbers/integer", "attention/query-key-value", "attention/heads"]
    assert learner.call("review", "--answer", "numbers/integer", "y").code == 0
    assert due(learner) == ["attention/query-key-value", "attention/heads"]
    assert learner.call("undo").code == 0
    assert due(learner)[0] == "numbers/integer"


def due(home: Home, *words: str, env: Mapping[str, str] | None = None) -> list[str]:
    found: list[dict[str, Any]] = document(home, *words, env=env)["due"]
    return [each["id"] for each in found]


def document(home: Home, *words: str, env: Mapping[str, str] | None = None) -> Any:
    ran = home.run("review", "--json", *words, env=env)
    assert (ran.code, ran.err) == (0, "")
    return ran.json()


# scripts


def test_a_script_gets_questions_with_answers_and_sources(learner: Home) -> None:
    found = document(learner, "--limit", "1", "--lang", "zh-Hant")
    assert (found["kind"], found["version"], found["total"]) == ("review", 1, 3)
    [asked] = found["due"]
    assert {key: asked[key] for key in ("id", "topic", "title", "due", "question", "answer")} == {
        "id": "numbers/integer",
        "topic": "numbers",
        "title": "整數",
        "due": "2026-11-21",
        "question": "1.5 是整數嗎？",
        "answer": "不是，它有小數部分。",
    }
    assert asked["source"] == {
        "id": "numbers/counting",
        "title": "Counting from Zero",
        "url": "https://example.org/counting",
        "where": "page 2",
    }


def test_questions_of_a_concept_take_turns(learner: Home) -> None:
    questions = []
    for day in ("2026-11-21", "2026-12-30", "2027-03-01"):
        clock = {"CLOCK": f"{day}T20:00:00+08:00"}
        shown = on_terminal(learner, "review", "numbers", typed="\ny\n", command=COMMAND, env=clock)
        questions += [text for text in ("Is 1.5 an integer?", "What is the largest integer?") if text in shown.text]
    assert questions == ["Is 1.5 an integer?", "What is the largest integer?", "Is 1.5 an integer?"]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("--answer", "heads", "perhaps"), 2, "“perhaps” is not a grade. Write it after the item: y (yes), n (no)"),
        (("--answer", "heads"), 2, "“” is not a grade."),
        (("--answer", "nothing-like-it", "y"), 3, "No item “nothing-like-it”."),
        (("--answer", "attention", "y"), 2, "attention is not a concept, and only concepts are reviewed."),
        (
            ("--answer", "words/token", "y"),
            1,
            "Tokens is not done yet, so it is not reviewed. First: llmpath",
        ),
        (("numbers/counting",), 2, "numbers/counting is never reviewed: only concepts are."),
        (("--limit", "0"), 2, "“0” is not a number of questions."),
        (("--limit", "many"), 2, "“many” is not a number of questions."),
    ],
)
def test_what_cannot_be_done_is_said_and_records_nothing(
    learner: Home, words: tuple[str, ...], code: int, error: str
) -> None:
    ran = learner.call("review", *words)
    assert (ran.code, ran.out, reviews(learner)) == (code, "", [])
    assert ran.err.startswith(f"error: {error}")


@pytest.mark.parametrize("grade", ["y", "Y", "yes", "ｙ"])
def test_a_grade_has_several_spellings(learner: Home, grade: str) -> None:
    ran = learner.call("review", "--answer", "attention/heads", grade)
    assert (ran.code, reviews(learner)) == (0, [("attention/heads", "yes")])
    assert ran.out.startswith("Recorded: Heads, again on ")


def test_without_a_terminal_the_questions_are_listed_without_answers(learner: Home) -> None:
    ran = learner.run("review")
    assert (ran.code, ran.err) == (0, "")
    assert "Is 1.5 an integer?\n     numbers/integer\n" in ran.out
    assert "fraction" not in ran.out
    assert reviews(learner) == []


# what is due, and when nothing is


def test_nothing_learned_says_what_to_do(course: Home) -> None:
    ran = course.call("review")
    assert ran.out.endswith("begin once it, or its topic, is done. What to learn: llmpath next\n")
    found = document(course)
    assert (found["due"], found["next_due"]) == ([], None)


def test_nothing_due_says_when_the_next_is(learner: Home) -> None:
    for item in ("numbers/integer", "attention/heads", "attention/query-key-value"):
        assert learner.call("review", "--answer", item, "e").code == 0
    found = document(learner)
    assert found["due"] == []
    assert found["next_due"] > "2026-11-21"
    assert learner.call("review").out.startswith("Nothing is due. Next on ")


def test_a_day_is_bounded_by_the_setting_and_limit_goes_beyond(learner: Home) -> None:
    assert learner.call("config", "set", "reviews_per_day", "2").code == 0
    assert len(due(learner)) == 2
    for item in due(learner):
        assert learner.call("review", "--answer", item, "y").code == 0
    assert learner.call("review").out == (
        "2 answered, that is all for today. One more is due; to go on: llmpath review --limit 1\n"
    )
    assert len(due(learner, "--limit", "1")) == 1


def test_an_item_bounds_what_is_asked_and_skip_keeps_a_concept_out(learner: Home) -> None:
    assert due(learner, "attention") == ["attention/query-key-value", "attention/heads"]
    assert due(learner, "models") == ["attention/query-key-value", "attention/heads"]
    assert due(learner, "attention/heads") == ["attention/heads"]
    assert learner.call("skip", "attention/heads").code == 0
    assert due(learner, "attention") == ["attention/query-key-value"]


def test_reset_forgets_the_answers(learner: Home) -> None:
    assert learner.call("review", "--answer", "attention/heads", "e").code == 0
    assert "attention/heads" not in due(learner)
    assert learner.call("reset", "attention/heads").code == 0
    assert "attention/heads" in due(learner)


# clocks, other versions, other questions


def write_reviews(home: Home, *entries: str) -> Path:
    path = home.progress.parent / "reviews.toml"
    path.write_text("schema = 2\n" + "".join(f"\n[[log]]\n{entry}\n" for entry in entries), encoding="utf-8")
    return path


RECALL = 'at = {at}\nrecall = ["{item}"]\ngrade = "{grade}"\ndue = {due}\ncurriculum = "small"'


def test_a_grade_that_is_not_known_is_kept_named_and_left_out(learner: Home) -> None:
    entry = RECALL.format(at="2026-11-21 09:00:00Z", item="attention/heads", grade="hardly", due="2027-01-01")
    path = write_reviews(learner, entry)
    assert "attention/heads" in due(learner)
    assert "`recall` needs a `grade` (yes, no, easily)" in learner.call("info").out
    assert learner.call("review", "--answer", "attention/heads", "y").code == 0
    assert entry in path.read_text(encoding="utf-8")


def test_answers_from_the_future_do_not_hide_what_is_due(learner: Home) -> None:
    ahead = RECALL.format(at="2031-01-01 09:00:00Z", item="attention/heads", grade="easily", due="2031-06-01")
    write_reviews(learner, ahead)
    clock = {"CLOCK": "2026-11-25T20:00:00+08:00"}
    shown = on_terminal(learner, "review", "attention/heads", typed="\nn\n", command=COMMAND, env=clock)
    assert "again on 26 Nov" in shown.text
    assert reviews(learner)[-1] == ("attention/heads", "no")


def test_an_answer_given_while_the_clock_went_back_is_the_newest_all_the_same(learner: Home) -> None:
    assert learner.call("review", "--answer", "attention/heads", "y").code == 0
    clock = {"CLOCK": "2026-11-22T08:00:00+08:00"}
    shown = on_terminal(learner, "review", "--answer", "attention/heads", "n", command=COMMAND, env=clock)
    assert "again on 23 Nov" in shown.text
    times = [table["at"] for table in tomli.loads((learner.progress.parent / "reviews.toml").read_text())["log"]]
    assert times == sorted(times)


def test_an_answer_is_later_than_all_that_was_done_so_that_undo_takes_it_first(learner: Home) -> None:
    done = '\n[[log]]\nat = 2099-01-05 20:00:00Z\ndone = ["tuning"]\ncurriculum = "small"\n'
    learner.progress.write_text(learner.progress.read_text("utf-8") + done, "utf-8")
    assert learner.call("review", "--answer", "attention/heads", "y").code == 0
    assert "Undid `review` of 5 Jan 2099" in learner.call("undo").out
    assert "Undid `done` of 5 Jan 2099" in learner.call("undo").out


def test_reset_forgets_answers_also_where_the_clock_went_back(learner: Home) -> None:
    assert learner.call("review", "--answer", "attention/heads", "e").code == 0
    clock = {"CLOCK": "2026-11-22T08:00:00+08:00"}
    assert on_terminal(learner, "reset", "attention/heads", command=COMMAND, env=clock).code == 0
    assert "attention/heads" in due(learner)


def test_a_concept_that_is_gone_and_changed_questions_disturb_nothing(learner: Home, tmp_path: Path) -> None:
    from shutil import copytree

    write_reviews(
        learner,
        RECALL.format(at="2026-11-20 09:00:00Z", item="attention/gone", grade="yes", due="2026-11-21"),
        RECALL.format(at="2026-11-20 09:00:01Z", item="numbers/integer", grade="no", due="2026-11-21"),
    )
    course = tmp_path / "course"
    copytree(learner.env["LLMPATH_CURRICULUM"], course)
    sheet = course / "questions" / "numbers.toml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("largest", "biggest").replace('"fraction"', '"half"'), encoding="utf-8")
    learner.env["LLMPATH_CURRICULUM"] = str(course)
    [asked] = document(learner, "numbers")["due"]
    assert asked["question"] == "What is the biggest integer?"
    sheet.unlink()
    [asked] = document(learner, "numbers")["due"]
    assert (asked["question"], asked["answer"], asked["due"], asked["source"]) == (
        "What is “Integers” about?", "Numbers without a fraction.", "2026-11-21", None,
    )  # fmt: skip


def test_a_file_of_a_newer_version_is_refused_before_anything_is_asked(learner: Home) -> None:
    path = learner.progress.parent / "reviews.toml"
    path.write_text("schema = 99\n", encoding="utf-8")
    seen = on_terminal(learner, "review", command=COMMAND)
    assert seen.code == 4
    assert "1/3" not in seen.text
    assert path.read_text(encoding="utf-8") == "schema = 99\n"


def test_ten_thousand_answers_are_read_and_the_newest_decides(learner: Home) -> None:
    entries = [
        RECALL.format(
            at=f"20{n // 336:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02} 09:00:00Z",
            item="attention/heads",
            grade="yes",
            due="2026-11-21" if n == 8735 else "2031-01-01",
        )
        for n in range(8736)
    ]
    write_reviews(learner, *entries, *(entries[0].replace("attention/heads", "gone/idea"),) * 1264)
    assert due(learner, "attention/heads") == ["attention/heads"]


def test_damaged_recalls_are_left_out_with_a_warning_where_nothing_is_written_to_them(learner: Home) -> None:
    (learner.progress.parent / "reviews.toml").write_text("damaged", encoding="utf-8")
    assert (learner.call("list").code, learner.call("list").err) == (0, "")
    for words in ([], ["next"], ["show", "attention"], ["stats"], ["log"]):
        ran = learner.call(*words)
        assert (ran.code, len(ran.err.splitlines())) == (0, 1)
        assert "reviews.toml is damaged" in ran.err
    for words in (["review"], ["review", "--json"], ["reset", "attention"]):
        assert (learner.call(*words).code, learner.call(*words).out) == (4, "")


# where else it shows


def test_stats_tell_what_is_remembered_and_what_is_due(learner: Home) -> None:
    write_reviews(
        learner,
        RECALL.format(at="2026-01-01 09:00:00Z", item="attention/heads", grade="yes", due="2026-01-03"),
        RECALL.format(at="2026-11-20 09:00:00Z", item="numbers/integer", grade="yes", due="2026-11-30"),
    )
    ran = on_terminal(learner, "stats", command=COMMAND)
    assert "Concepts remembered: 2 · fading: 0 · faded: 1\nDue: 21 Nov (2) · 30 Nov (1)\n" in ran.text
    found = learner.run("stats", "--json").json()["reviews"]
    assert set(found) == {"remembered", "fading", "faded", "due"}
    assert sum(found[name] for name in ("remembered", "fading", "faded")) == 3


def test_show_marks_what_has_faded(learner: Home) -> None:
    write_reviews(
        learner, RECALL.format(at="2026-01-01 09:00:00Z", item="attention/heads", grade="yes", due="2026-01-03")
    )
    assert "Heads (fading)" in on_terminal(learner, "show", "attention", command=COMMAND).text
    assert on_terminal(learner, "show", "attention", command=COMMAND).text.count("(fading)") == 1


# Anki


def test_anki_gets_a_note_for_each_question_in_the_language_in_force(learner: Home) -> None:
    ran = learner.run("export", "anki", "--lang", "zh-Hans")
    rows = [line.split("\t") for line in ran.out.splitlines() if not line.startswith("#")]
    assert rows == [
        [
            "small/numbers/integer/fraction",
            "1.5 是整数吗？",
            "不是，它有小数部分。<br><br>Counting from Zero (page 2)<br>https://example.org/counting",
            "small::numbers",
        ],
        [
            "small/numbers/integer/largest",
            "最大的整数是多少？",
            "没有最大的。<br><br>Counting from Zero<br>https://example.org/counting",
            "small::numbers",
        ],
        [
            "small/attention/heads/why-several",
            "为什么用多个头而不是一个？",
            "每个头看的东西不同。<br><br>Counting from Zero<br>https://example.org/counting",
            "small::attention",
        ],
    ]


def test_done_leaves_out_what_is_not_done_and_says_where_nothing_is_left(learner: Home) -> None:
    assert learner.call("reset", "numbers").code == 0
    assert learner.run("export", "anki", "--done").out.count("\nsmall/") == 1
    assert learner.call("reset", "attention").code == 0
    ran = learner.run("export", "anki", "--done", "-o", "cards.txt")
    assert (ran.code, ran.err) == (0, "No concept with a question is done yet; the file has no notes.\n")
