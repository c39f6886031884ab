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
        sys.path.insert(0, self.root)
        from llmpath.cli.parameters import rows
        from llmpath.curriculum import library, snapshot
        from llmpath.errors import DamagedCurriculum
        from llmpath.messages import Texts
        from llmpath.view.error_texts import fault_text

        try:
            documents = snapshot.documents_of(library.load_curriculum())
        except DamagedCurriculum as error:
            raise SystemExit("\n".join(fault_text(fault, Texts("en")) for fault in error.faults)) from None
        authored = Path(library.data_folder())
        compiled = Path(tempfile.mkdtemp(prefix="llmpath-")) / library.SHIPPED
        compiled.mkdir()
        library.write_documents(str(compiled), documents)
        commands = compiled.parent / "commands.py"
        commands.write_text(f"ROWS = {rows()!r}\n", encoding="utf-8")
        build_data["force_include"] |= {
            str(commands): "llmpath/compiled/commands.py",
            str(authored): "llmpath/data",
            str(compiled): f"llmpath/compiled/{library.SHIPPED}",
        }
