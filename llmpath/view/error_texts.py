"""Errors in words: what happened, and the next step. Pure."""

import errno
import os
from collections.abc import Sequence

from llmpath import errors
from llmpath.curriculum.problems import Problem
from llmpath.messages import Texts
from llmpath.text.clean import clean
from llmpath.text.width import width
from llmpath.view.quoting import quoted

MAX_LISTED = 12
FORBIDDEN = tuple(map(os.strerror, (errno.EACCES, errno.EPERM, errno.EROFS)))
"""The system's errors for a file that the user may not read or write."""


def lines_of(error: errors.LlmpathError, say: Texts) -> list[str]:
    """The lines that tell a user of an error, the first with "error:"."""
    first, *more = _lines(error, say)
    return [say("error", text=first), *(f"  {line}" for line in more)]


def text_of(error: errors.LlmpathError, say: Texts) -> str:
    """The sentence that says what happened, alone."""
    return _lines(error, say)[0]


def reason_of(error: errors.UnusableFile, say: Texts) -> str:
    """Why a file is not what it should be, and where that shows."""
    reason = say(f"fault.{error.fields['reason']}").format(*error.details)
    return say("error.at_line", reason=reason, line=error.line) if error.line else reason


def remedies_of(error: errors.DamagedProgress, say: Texts) -> list[str]:
    """What to do about a damaged progress file, if it is the one in use."""
    if error.backups is None:
        return []
    if error.fields["reason"] == "merge_markers":
        return [say("error.merge_sides", path=quoted(error.fields["path"]))]
    if not error.backups:
        return [say("error.no_backup")]
    keys = ("error.restore", "error.restore_fuller")
    return [say(key, name=name, count=count) for key, (name, count) in zip(keys, error.backups, strict=False)]


def _lines(error: errors.LlmpathError, say: Texts) -> list[str]:
    text = _text(error, say)
    match error:
        case errors.UnknownItem():
            return [_unknown(error, text, say)]
        case errors.AmbiguousItem():
            return [text, *_candidate_rows(error.candidates)]
        case errors.NothingUnderWay(candidates=[]):
            return [text, say("error.see_next")]
        case errors.NothingUnderWay():
            return [say("error.which_is_done"), *_candidate_rows(error.candidates)]
        case errors.UsageError() if error.code.startswith("usage."):
            if closest := error.fields.get("closest"):
                text = say(
                    "sentences", first=text, second=_did_you_mean([say("quoted", text=name) for name in closest], say)
                )
            help_of = error.fields.get("command", "llmpath")
            return [say("sentences", first=text, second=say("usage.see_help", command=help_of))]
        case errors.DamagedProgress():
            return [text, *remedies_of(error, say)]
        case errors.CannotRead() | errors.CannotWrite() if error.fields["reason"] in FORBIDDEN:
            return [text, say("error.permission")]
        case errors.DamagedCurriculum():
            rows = [fault_text(fault, say) for fault in error.faults[:MAX_LISTED]]
            hint = say("error.validate", folder=quoted(error.fields["folder"]))
            return [text, *rows, *_rest(len(error.faults)), hint]
        case _:
            return [text]


def _text(error: errors.LlmpathError, say: Texts) -> str:
    """The text that an error's code names, filled with its fields."""
    key = error.code
    fields = {
        name: say("list.comma").join(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in error.fields.items()
    }
    match error:
        case errors.UnusableFile():
            fields["reason"] = reason_of(error, say)
        case errors.OtherCurriculum():
            fields["file"] = quoted(fields["path"])
        case errors.CurriculumTaken():
            fields["command_name"] = quoted(fields["name"])
        case errors.UsageError(code="wrong_setting"):
            fields["allowed"] = say(f"config.{fields['key']}.allowed")
        case errors.DamagedConfig() if fields["key"]:
            key = "damaged_setting"
            fields["allowed"] = say(f"config.{fields['key']}.allowed")
    return say(key if "." in key else f"error.{key}", **fields)


def _unknown(error: errors.UnknownItem, text: str, say: Texts) -> str:
    if error.part:
        return say("error.is_a_part", **error.fields, part=error.part)
    hint = say("error.see_list")
    if not error.fields["name"].strip():
        text = say("error.empty_name")
    elif error.closest:
        hint = _did_you_mean([say("error.named", title=title, id=name) for name, title in error.closest], say)
    return say("sentences", first=text, second=hint)


def _did_you_mean(names: Sequence[str], say: Texts) -> str:
    return say("error.did_you_mean", names=say("list.comma").join(names))


def _candidate_rows(candidates: Sequence[tuple[str, str]]) -> list[str]:
    shown = [(clean(name), title) for name, title in candidates[:MAX_LISTED]]
    longest = max((width(name) for name, _ in shown), default=0)
    rows = [f"{name}{' ' * (longest - width(name))}  {title}" for name, title in shown]
    return [*rows, *_rest(len(candidates))]


def _rest(count: int) -> list[str]:
    return ["…"] if count > MAX_LISTED else []


def fault_text(fault: Problem, say: Texts) -> str:
    """A fault of a curriculum in one line: file, line, entry, what is wrong and what to do."""
    entry = f" {fault.entry}" if fault.entry else ""
    return f"{place_of(fault)}{entry}: {remedy_of(fault, say)}"


def place_of(fault: Problem) -> str:
    """File and line of a fault, in the form that editors and terminals make clickable."""
    return fault.file + (f":{fault.line}" if fault.line else "")


def remedy_of(fault: Problem, say: Texts) -> str:
    """The sentences that say what is wrong and what to do."""
    return say(f"fault.{fault.code}").format(*fault.details)
