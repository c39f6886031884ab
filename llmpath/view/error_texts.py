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
    return [say("error", text=text_of(error, say)), *(f"  {line}" for line in _further_lines(error, say))]


def text_of(error: errors.LlmpathError, say: Texts) -> str:
    """The sentences that say what happened, and often what to do, alone."""
    sentences = [_what_happened(error, say), *_hints(error, say)]
    return say("sentences", first="", second="").join(sentences)


def _what_happened(error: errors.LlmpathError, say: Texts) -> str:
    code = error.code
    fields = {
        name: say("list.comma").join(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in error.fields.items()
    }
    match error:
        case errors.UnknownItem(part=str(part)):
            code, fields["part"] = "is_a_part", part
        case errors.UnknownItem() if not str(fields["name"]).strip():
            code = "empty_name"
        case errors.NothingUnderWay(candidates=[_, *_]):
            code = "which_is_done"
        case errors.UsageError(code="wrong_setting"):
            fields["allowed"] = say(f"config.{fields['key']}.allowed")
        case errors.DamagedConfig() if fields["key"]:
            code, fields["allowed"] = "damaged_setting", say(f"config.{fields['key']}.allowed")
        case errors.UnusableFile():
            fields["reason"] = reason_of(error, say)
        case errors.OtherCurriculum():
            fields["file"] = quoted(str(fields["path"]))
        case errors.CurriculumTaken():
            fields["command_name"] = quoted(str(fields["name"]))
    return say(code if "." in code else f"error.{code}", **fields)


def _hints(error: errors.LlmpathError, say: Texts) -> list[str]:
    """Sentences on what may have been meant, and where to look."""
    match error:
        case errors.UnknownItem(part=None, closest=[]):
            return [say("error.see_list")]
        case errors.UnknownItem(part=None):
            return [_did_you_mean([say("error.named", title=title, id=name) for name, title in error.closest], say)]
        case errors.UsageError() if error.code.startswith("usage."):
            closest = error.fields.get("closest")
            names = [say("quoted", text=name) for name in closest] if isinstance(closest, list) else []
            help_of = say("usage.see_help", command=error.fields.get("command", "llmpath"))
            return [_did_you_mean(names, say), help_of] if names else [help_of]
        case _:
            return []


def _did_you_mean(names: Sequence[str], say: Texts) -> str:
    return say("error.did_you_mean", names=say("list.comma").join(names))


def _further_lines(error: errors.LlmpathError, say: Texts) -> list[str]:
    match error:
        case errors.NothingUnderWay(candidates=[]):
            return [say("error.see_next")]
        case errors.NothingUnderWay() | errors.AmbiguousItem():
            shown = [(clean(name), title) for name, title in error.candidates[:MAX_LISTED]]
            longest = max(width(name) for name, _ in shown)
            rows = [f"{name}{' ' * (longest - width(name))}  {title}" for name, title in shown]
            return [*rows, *_rest(len(error.candidates))]
        case errors.DamagedProgress():
            return remedies_of(error, say)
        case errors.CannotRead() | errors.CannotWrite() if error.fields["reason"] in FORBIDDEN:
            return [say("error.permission")]
        case errors.DamagedCurriculum():
            rows = [fault_text(fault, say) for fault in error.faults[:MAX_LISTED]]
            return [*rows, *_rest(len(error.faults)), say("error.validate", folder=quoted(str(error.fields["folder"])))]
        case _:
            return []


def _rest(count: int) -> list[str]:
    return ["…"] if count > MAX_LISTED else []


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
