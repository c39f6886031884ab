"""Additions of the build to the wheel: the authored files, the compiled curriculum, and the command line as data."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CurriculumBuildHook(BuildHookInterface[Any]):
    """Checks and compiles the curriculum. A faulty one fails the build with all its faults."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the files to what goes into the wheel; an editable install reads the checkout instead."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from llmpath.cli.signatures import derived
        from llmpath.cli.syntax import FILE
        from llmpath.curriculum import library, snapshot
        from llmpath.errors import DamagedCurriculum

        try:
            documents = snapshot.documents_of(library.load_curriculum())
        except DamagedCurriculum as error:
            raise SystemExit(_faults(error)) from None
        authored = Path(library.data_folder())
        compiled = Path(tempfile.mkdtemp(prefix="llmpath-")) / library.SHIPPED
        compiled.mkdir()
        library.write_documents(str(compiled), documents)
        commands = compiled.parent / FILE
        commands.write_text(derived().text(), encoding="utf-8")
        build_data["force_include"] |= {
            str(commands): f"llmpath/compiled/{FILE}",
            str(authored): "llmpath/data",
            str(compiled): f"llmpath/compiled/{library.SHIPPED}",
        }


def _faults(error: Any) -> str:
    from llmpath.messages import Texts
    from llmpath.view.error_texts import fault_text

    return "\n".join(fault_text(fault, Texts("en")) for fault in error.faults)
