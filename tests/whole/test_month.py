"""A month of use: one person, a laptop in English and a desk in Chinese, from the first day to the last.

What they see is written out where it matters; the clock stands where the test puts it.
"""

import json
import os
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.clocked import at
from tests.support import SMALL, Home

pytestmark = pytest.mark.skipif(os.name != "posix", reason="`true` stands for a browser")


class Machine:
    """One of the person's machines; `says` runs a command in November 2026 and gives its answer."""

    def __init__(self, folder: Path, cache: Path, language: str) -> None:
        self.home = Home(folder)
        self.home.env |= {
            "LLMPATH_CURRICULUM": str(SMALL),
            "LLMPATH_LANG": language,
            "XDG_CACHE_HOME": str(cache),
            "BROWSER": "true",
        }

    def says(self, day: int, time: str, words: str, code: int = 0) -> str:
        """What is answered, on standard output, or on standard error where the code is another than 0."""
        hour, minute = map(int, time.split(":"))
        now = datetime(2026, 11, day, hour, minute, tzinfo=timezone(timedelta(hours=8)))
        ran = at(self.home, now, *shlex.split(words))
        assert ran.code == code, ran
        assert not (ran.err if code == 0 else ran.out)
        return ran.err or ran.out


def test_a_month_of_use(tmp_path: Path, cache: Path) -> None:  # noqa: PLR0915 - it is one story
    laptop = Machine(tmp_path / "laptop", cache, "en")
    desk = Machine(tmp_path / "desk", cache, "zh-Hans")
    shared = tmp_path / "shared"
    shared.mkdir()

    # the first day, a Monday: what is this, where to, what first
    welcome = laptop.says(2, "20:00", "")
    assert "Choose a goal, if you have one:\n  llmpath goal basics " in welcome
    assert "\n  llmpath next  what to do first, and why: 1.1 Numbers\n" in welcome
    assert laptop.says(2, "20:01", "goal models") == (
        "Your goal is Large Language Models.\n"
        "  Next: Counting from Zero, 1.1 Numbers, 30 min: llmpath open. Mistake? llmpath undo\n"
    )
    assert laptop.says(2, "20:02", "open") == (
        "Opened: Counting from Zero\n  https://example.org/counting\n  Finished? llmpath done\n"
    )
    assert laptop.says(2, "20:40", "done") == (
        "✓ Counting from Zero is done. 1.1 Numbers: core 1 of 1. 2 %.\n"
        "  The core of 1.1 Numbers is read. Done? llmpath done numbers\n"
        "  Next: Count to a million: llmpath show numbers/exercise. Mistake? llmpath undo\n"
    )
    assert laptop.says(2, "20:41", "note numbers zero is a number") == (
        "◐ Note saved: 1.1 Numbers.\n  Mistake? llmpath undo\n"
    )

    # the second: it goes on where it was left, with the note
    following = laptop.says(3, "20:00", "next")
    assert following.startswith("Next: 1.1 Numbers · about 1 h left\n  why   you started it on 2 Nov\n")
    assert "  do    Count to a million · 60 min\n  note  2 Nov  zero is a number\n" in following
    assert laptop.says(3, "21:00", "done numbers/exercise numbers") == (
        "✓ Count to a million is done.\n✓ 1.1 Numbers is done.\n"
        "  1 of 5 topics, 6 %. Next: Reading Slowly, 1.2 Words and What They Are Made Of, 5 h: llmpath open. "
        "Mistake? llmpath undo\n"
    )
    assert laptop.says(3, "21:01", f"sync '{shared}'") == f"Written to {shared}: 5 entries.\n"

    # the other machine, in the other language
    assert desk.says(4, "20:00", f"sync '{shared}'").startswith("已取回 5 条记录。\n")
    assert desk.says(4, "20:01", "").startswith(
        "小课程 · 6% · 完成 1/5 个主题 · 还需约 23 小时\n目标：大语言模型，还差 4 个主题\n连续 2 天\n\n"
        "有 1 个概念待复习，约 1 分钟：llmpath review\n\n下一步：1.2 词语"
    )
    assert (
        desk.says(4, "20:02", "open")
        == "已打开：Reading Slowly\n  https://example.org/reading\n  看完了？llmpath done\n"
    )
    assert desk.says(6, "20:00", "done --note 第三章再读一遍").startswith(
        "✓ 已完成：Reading Slowly。1.2 词语：核心 1/1。26%。\n"
        "  “1.2 词语”的核心资源已读完。学会了？llmpath done words\n"
    )
    assert desk.says(6, "20:01", "done words").startswith("✓ 已完成：1.2 词语。完成 2/5 个主题，32%。\n")
    assert desk.says(6, "20:02", "undo").startswith("已撤销11月6日 20:01 的 `done`。\n◐ 进行中：1.2 词语。\n")
    desk.says(6, "20:03", "done words/exercise words")
    desk.says(6, "20:05", f"sync '{shared}'")

    # a week without; then back at the laptop, which knows what the desk knows
    assert laptop.says(14, "20:00", f"sync '{shared}'").startswith("Received: 6 entries.\n")
    back = laptop.says(14, "20:01", "")
    assert back.startswith("Small Course · 32 % · 2 of 5 topics · about 16 h to go\n")
    assert "in a row" not in back
    assert "Next: 2.1 Attention · about 4 h\n" in back
    assert "\n2 concepts to review, about 1 min: llmpath review\n" in back
    assert laptop.says(14, "20:01", "review --answer numbers/integer y").startswith(
        "Recorded: Integers, again on 16 Nov.\n"
    )
    laptop.says(14, "20:02", "review --answer words/token y")
    assert laptop.says(14, "20:02", "undo").startswith("Undid `review` of 14 Nov, 20:02.\n")
    assert "\n1 concept to review, about 1 min: llmpath review\n" in laptop.says(14, "20:02", "")
    assert laptop.says(14, "20:02", "note words/reading") == "Reading Slowly  words/reading\n  6 Nov  第三章再读一遍\n"
    plan = laptop.says(14, "20:03", "plan --hours-per-week 6")
    assert "✓  1.2  Words and What They Are Made Of               done 6 Nov\n" in plan
    assert "Done by 2 Dec, in 3 weeks\nYour pace over the last four weeks: 2 h a week\n" in plan
    laptop.says(14, "20:04", "skip tuning")
    assert laptop.says(14, "20:05", "undo").startswith(
        "Undid `skip` of 14 Nov, 20:04.\n○ Back to to-do: 2.2 Fine-Tuning.\n"
    )

    # three quarters of an hour an evening
    fitting = laptop.says(14, "20:06", "next --time 45")
    assert "it fits the time: 45 min\n  read  Looking at Every Word at Once" in fitting
    laptop.says(14, "20:07", "open attention/looking")
    assert laptop.says(15, "20:00", "done").startswith(
        "✓ Looking at Every Word at Once: An Illustrated Guide is done. "
    )
    laptop.says(15, "20:01", "open")
    assert "The core of 2.1 Attention is read. Done? llmpath done attention\n" in laptop.says(16, "20:00", "done")
    assert laptop.says(16, "20:01", "done", code=3).startswith(
        "error: What is done? Name it; this is under way:\n  attention  Attention\n"
    )
    laptop.says(17, "20:00", "done attention/exercise attention")
    stats = laptop.says(18, "20:00", "stats")
    assert "\nHours done: 12 h. Hours left: 12 h.\n" in stats
    assert "\n4 days in a row · longest: 4\n" in stats

    # both machines on the same day, before either knows of the other
    desk.says(18, "21:00", "done agents/acting --on 11-17")
    desk.says(18, "21:01", f"sync '{shared}'")
    assert laptop.says(19, "20:00", f"sync '{shared}'").startswith(
        "Received: 1 entry.\n  ✓  Acting on What Was Said  to do → done\n"
    )

    # the end
    laptop.says(19, "20:01", "done tuning/notebook tuning/exercise agents/exercise")
    assert laptop.says(19, "20:02", "done tuning agents") == (
        "✓ 2.2 Fine-Tuning is done.\n✓ 2.3 Agents is done.\n"
        "  5 of 5 topics, 100 %. Nothing is left: every topic is done or skipped. Mistake? llmpath undo\n"
    )
    laptop.says(19, "20:03", f"sync '{shared}'")
    assert laptop.says(19, "20:04", "").startswith(
        "Small Course · 100 % · 5 of 5 topics\nThe goal is reached: Large Language Models.\n"
    )
    desk.says(28, "20:00", f"sync '{shared}'")
    assert desk.says(28, "20:01", "").startswith("小课程 · 100% · 完成 5/5 个主题\n目标已达成：大语言模型。\n")
    assert "\n连续 0 天 · 最长 4 天\n" in desk.says(28, "20:02", "stats")
    logs = [json.loads(machine.says(28, "20:03", "log --json"))["entries"] for machine in (laptop, desk)]
    whats = [[(entry["at"], entry["did"], entry["items"], entry["note"]) for entry in entries] for entries in logs]
    assert whats[0] == whats[1]
