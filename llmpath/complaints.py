"""Errors in words: what happened, and the next step. Pure."""

from llmpath import errors
from llmpath.faults import Fault
from llmpath.messages import Texts

MAX_LISTED = 12


def lines_of(error: errors.LlmpathError, say: Texts) -> list[str]:
    """The lines that tell a user of an error, the first with "error:"."""
    first, *more = _lines(error, say)
    return [say("error", text=first), *(f"  {line}" for line in more)]


def _lines(error: errors.LlmpathError, say: Texts) -> list[str]:
    match error:
        case errors.UnknownItem():
            names = say("list.comma").join(f"“{name}”" for name in error.closest)
            hint = say("error.did_you_mean", names=names) if names else say("error.see_list")
            return [f"{_text(error, say)} {hint}"]
        case errors.AmbiguousItem():
            rows = [f"{address}  {title}" for address, title in error.candidates[:MAX_LISTED]]
            return [_text(error, say), *rows, *_rest(len(error.candidates))]
        case errors.DamagedProgress():
            reason = _reason(str(error.fields["reason"]), say)
            if error.line:
                reason += say("list.comma") + say("error.line", line=error.line)
            hint = say("error.restore", name=error.backup) if error.backup else say("error.no_backup")
            return [say("error.damaged_progress", path=error.fields["path"], reason=reason), hint]
        case errors.BadRecords():
            rows = [f"{entry}: {_reason(reason, say)}" for entry, reason in error.entries[:MAX_LISTED]]
            return [_text(error, say), *rows, *_rest(len(error.entries))]
        case errors.DamagedConfig() if error.fields["key"]:
            key = str(error.fields["key"])
            return [say("error.damaged_setting", **{**error.fields, "allowed": say(f"config.{key}")})]
        case errors.DamagedCurriculum():
            rows = [fault_text(fault, say) for fault in error.faults[:MAX_LISTED]]
            hint = say("error.validate", folder=error.fields["folder"])
            return [say("error.damaged_curriculum", **error.fields), *rows, *_rest(len(error.faults)), hint]
        case errors.UsageError() if error.code.startswith("usage."):
            return [_usage_text(error, say), say("usage.see_help", command=error.fields.get("command", "llmpath"))]
        case errors.UsageError(code="wrong_setting"):
            return [say("error.wrong_setting", **error.fields, allowed=say(f"config.{error.fields['name']}"))]
        case _:
            return [_text(error, say)]


def _text(error: errors.LlmpathError, say: Texts) -> str:
    key = error.code if "." in error.code else f"error.{error.code}"
    return say(key, **error.fields)


def _usage_text(error: errors.LlmpathError, say: Texts) -> str:
    closest = error.fields.get("closest")
    text = _text(error, say)
    if not isinstance(closest, list) or not closest:
        return text
    return f"{text} {say('error.did_you_mean', names=say('list.comma').join(closest))}"


def _reason(code: str, say: Texts) -> str:
    key = f"fault.{code}"
    return say(key).replace(": {0}", "").replace("{0}", "8") if key in say else code


def _rest(count: int) -> list[str]:
    return ["…"] if count > MAX_LISTED else []


def fault_text(fault: Fault, say: Texts) -> str:
    """A fault of a curriculum in one line: file, line, entry, what is wrong and what to do."""
    place = fault.file + (f":{fault.line}" if fault.line else "")
    entry = f" {fault.entry}" if fault.entry else ""
    return f"{place}{entry}: {say(f'fault.{fault.code}').format(*fault.details)}"
