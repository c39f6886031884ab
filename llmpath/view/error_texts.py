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


def reason_of(error: errors.DamagedProgress, say: Texts) -> str:
    """Why a progress file cannot be trusted, and where that shows."""
    reason = say(f"fault.{error.fields['reason']}").format(*error.details)
    return say("error.at_line", reason=reason, line=error.line) if error.line else reason


def remedies_of(error: errors.DamagedProgress, say: Texts) -> list[str]:
    """What to do about a damaged progress file, if it is the one in use."""
    if error.backups is None:
        return []
    if error.fields["reason"] == "merge_markers":
        return [say("error.merge_sides", path=quoted(str(error.fields["path"])))]
    if not error.backups:
        return [say("error.no_backup")]
    keys = ("error.restore", "error.restore_fuller")
    return [say(key, name=name, count=count) for key, (name, count) in zip(keys, error.backups, strict=False)]


def _lines(error: errors.LlmpathError, say: Texts) -> list[str]:
    match error:
        case errors.UnknownItem() | errors.AmbiguousItem():
            return _name_lines(error, say)
        case errors.UsageError():
            return _usage_lines(error, say)
        case errors.NothingUnderWay(candidates=[]):
            return [say("error.nothing_under_way"), say("error.see_next")]
        case errors.NothingUnderWay():
            return [say("error.which_is_done"), *_candidate_rows(error.candidates)]
        case _:
            return _file_lines(error, say)


def _name_lines(error: errors.UnknownItem | errors.AmbiguousItem, say: Texts) -> list[str]:
    match error:
        case errors.UnknownItem() if not str(error.fields["name"]).strip():
            return [say("sentences", first=say("error.empty_name"), second=say("error.see_list"))]
        case errors.UnknownItem(part=str(part)):
            return [say("error.is_a_part", **error.fields, part=part)]
        case errors.UnknownItem():
            if not error.closest:
                return [say("sentences", first=_text(error, say), second=say("error.see_list"))]
            names = [say("error.named", title=title, id=name) for name, title in error.closest]
            hint = say("error.did_you_mean", names=say("list.comma").join(names))
            return [say("sentences", first=_text(error, say), second=hint)]
        case errors.AmbiguousItem():
            return [_text(error, say), *_candidate_rows(error.candidates)]


def _candidate_rows(candidates: Sequence[tuple[str, str]]) -> list[str]:
    shown = [(clean(name), title) for name, title in candidates[:MAX_LISTED]]
    longest = max((width(name) for name, _ in shown), default=0)
    rows = [f"{name}{' ' * (longest - width(name))}  {title}" for name, title in shown]
    return [*rows, *_rest(len(candidates))]


def _usage_lines(error: errors.UsageError, say: Texts) -> list[str]:
    if error.code == "wrong_setting":
        return [say("error.wrong_setting", **error.fields, allowed=say(f"config.{error.fields['key']}.allowed"))]
    if not error.code.startswith("usage."):
        return [_text(error, say)]
    text = _text(error, say)
    closest = error.fields.get("closest")
    if isinstance(closest, list) and closest:
        text = say("sentences", first=text, second=_did_you_mean(closest, say))
    return [say("sentences", first=text, second=say("usage.see_help", command=error.fields.get("command", "llmpath")))]


def _file_lines(error: errors.LlmpathError, say: Texts) -> list[str]:
    match error:
        case errors.DamagedProgress():
            text = say("error.damaged_progress", path=error.fields["path"], reason=reason_of(error, say))
            return [text, *remedies_of(error, say)]
        case errors.OtherCurriculum():
            return [say("error.other_curriculum", **error.fields, file=quoted(str(error.fields["path"])))]
        case errors.CannotRead() | errors.CannotWrite() if error.fields["reason"] in FORBIDDEN:
            return [_text(error, say), say("error.permission")]
        case errors.UnusableFile():
            reason = say(f"fault.{error.fields['reason']}").format(*error.details)
            return [say("error.unusable_file", path=error.fields["path"], reason=reason)]
        case errors.CurriculumTaken():
            return [say(f"error.{error.code}", **error.fields, command_name=quoted(str(error.fields["name"])))]
        case errors.DamagedConfig() if error.fields["key"]:
            allowed = say(f"config.{error.fields['key']}.allowed")
            return [say("error.damaged_setting", **error.fields, allowed=allowed)]
        case errors.DamagedCurriculum():
            rows = [fault_text(fault, say) for fault in error.faults[:MAX_LISTED]]
            hint = say("error.validate", folder=quoted(str(error.fields["folder"])))
            return [say("error.damaged_curriculum", **error.fields), *rows, *_rest(len(error.faults)), hint]
        case _:
            return [_text(error, say)]


def _text(error: errors.LlmpathError, say: Texts) -> str:
    key = error.code if "." in error.code else f"error.{error.code}"
    fields = {
        name: say("list.comma").join(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in error.fields.items()
    }
    return say(key, **fields)


def _did_you_mean(closest: Sequence[str], say: Texts) -> str:
    names = say("list.comma").join(say("quoted", text=name) for name in closest)
    return say("error.did_you_mean", names=names)


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
