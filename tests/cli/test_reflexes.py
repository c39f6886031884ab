"""What people type without looking it up, and what comes: it does what is meant, or names the command that does."""

import shlex

import pytest

from tests.support import Home

TYPED = [
    # help and version
    ("help", 0, "  list "),
    ("help done", 0, "Usage: llmpath done [ITEM...]"),
    ("done --help", 0, "Usage: llmpath done [ITEM...]"),
    ("help config set", 0, "Usage: llmpath config set KEY VALUE"),
    ("help dnoe", 2, "“done”?"),
    ("version", 0, "llmpath "),
    # an item, or a slip, for a command
    ("quantization", 2, "llmpath show quantization"),
    ("rag eval", 2, "llmpath show rag/"),
    ("2.7", 2, "llmpath show quantization"),
    ("量化", 2, "llmpath show quantization"),
    ("lst", 2, "Did you mean “list”?"),
    ("staus", 2, "Did you mean “stats”"),
    ("--list", 2, "No option --list"),
    ("export pdf", 2, "llmpath export --help"),
    # lists
    ("list done", 0, "No topic is in that state"),
    ("list engineer --state todo", 0, "3.3"),
    ("list 2.7", 3, "llmpath show quantization"),
    ("list --state 'to do'", 0, "1.1"),
    ("list --state 待学", 0, "1.1"),
    ("resources --kind video,course --time 45m", 0, "min"),
    ("resources --kind 视频 --in 中文", 0, "Chinese"),
    ("resources --kind documentation", 0, "documentation"),
    ("search lora --kind paper", 0, "lora-paper"),
    # marks, notes and the way
    ("done sft --on 昨天", 0, "Supervised Fine-Tuning done on"),
    ("done 2.7/gptq-awq", 0, "GPTQ and AWQ is done"),
    ("done the", 3, "could be several"),
    ("skip fundamentals --quiet", 0, ""),
    ("show fundamentals", 3, "llmpath list fundamentals"),
    ("note sft '- [ ] read chapter 2'", 0, "Note saved"),
    ("note sft -x", 0, "Note saved"),
    ("plan agents", 0, "Agents"),
    ("path agents", 0, "Agents"),
    ("next --time 1h30", 0, "Next: "),
    ("log -n 3", 0, "Nothing is recorded"),
    ("undo", 0, "nothing to undo"),
    ("config set language 繁體中文", 0, "zh-Hant"),
    ("--lang zh_TW.UTF-8 list", 0, "量化"),
]


@pytest.mark.parametrize(("typed", "code", "shown"), TYPED)
def test_what_people_type_does_what_is_meant_or_names_what_does(home: Home, typed: str, code: int, shown: str) -> None:
    ran = home.call(*shlex.split(typed))
    assert ran.code == code, ran
    assert shown in (ran.err if code else ran.out)
    assert not (ran.out if code else ran.err)
