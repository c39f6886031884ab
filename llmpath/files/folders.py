"""Edge: where the user's files are, by the platform's rules, and where the build puts what it compiles."""

import os
import sys

TYPE_CHECKING = False  # a TAB imports this module, and nothing that it does not need
if TYPE_CHECKING:
    from collections.abc import Mapping

APP = "llmpath"
SHIPPED = "llm-course"
"""The curriculum that comes with the program."""

OUTLINE = "curriculum.toml"
"""The file that makes a folder one of a curriculum."""

COMPILED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "compiled")
"""The folder into which the build puts the compiled curriculum; a checkout has none."""

INDEX = ".index.tsv"
"""The end, after its language, of the name of a compiled index, which a TAB reads."""


class Places:
    """The three folders of the user's. None needs to exist."""

    def __init__(self, data: str, config: str, cache: str) -> None:
        self.data = data
        self.config = config
        self.cache = cache


def user_places(environ: "Mapping[str, str]") -> Places:
    """The user's folders. Raises `NoHome`.

    On Linux they are read from the XDG variables right here, as platformdirs does (a test compares): importing it
    takes longer than all else that `llmpath list` does.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in environ:
        return Places(
            _xdg(environ, "XDG_DATA_HOME", ".local/share"),
            _xdg(environ, "XDG_CONFIG_HOME", ".config"),
            _xdg(environ, "XDG_CACHE_HOME", ".cache"),
        )
    import platformdirs

    dirs = platformdirs.PlatformDirs(APP, appauthor=False)
    return Places(dirs.user_data_dir, dirs.user_config_dir, dirs.user_cache_dir)


def _xdg(environ: "Mapping[str, str]", variable: str, default: str) -> str:
    base = environ.get(variable, "")
    return os.path.join(base if os.path.isabs(base) else os.path.join(_home(environ), default), APP)


def _home(environ: "Mapping[str, str]") -> str:
    """The user's home folder; one that is relative would be another in each folder, and counts as none."""
    home = environ.get("HOME", "")
    if os.path.isabs(home):
        return home
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        from llmpath.errors import NoHome

        raise NoHome from None
