"""Where the program keeps its things. Nothing else reads the environment or the home folder."""

import os
from dataclasses import dataclass
from pathlib import Path

APPLICATION = "lookalike"


def absolute(path: Path | str) -> Path:
    """The absolute path, without dots; links stay as the user named them, which `Path.resolve` would follow."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def without_links(path: Path) -> Path:
    """Where a path leads to, so that two names of one place are the same."""
    return Path(os.path.realpath(path))


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path is this folder or something below it, whatever links and dots lead to either."""
    return without_links(path).is_relative_to(without_links(folder))


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one and the same file, by a link, a mounted folder or a second name of it."""
    try:
        return os.path.samefile(one, other)  # noqa: PTH121
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether a person's path names anything that can be seen.

    What lies in a folder that may not be entered, or has a name that is too long, is not there: `Path.exists` would
    raise, and so would its relatives.
    """
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: Path) -> bool:
    """Whether a person's path names a folder that can be seen; see `is_there`."""
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: Path) -> bool:
    """Whether a person's path names a file that can be seen; see `is_there`."""
    return os.path.isfile(path)  # noqa: PTH113


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The folders of one installation.

    Attributes:
        data: libraries and models.
        config: the settings file a person may edit.
        state: window geometry and logs.
        cache: what may be deleted at any time.
    """

    data: Path
    config: Path
    state: Path
    cache: Path

    @classmethod
    def default(cls) -> "AppPaths":
        """The folders the operating system wants, made by platformdirs."""
        import platformdirs  # only now: `lookalike --help` does not wait for it

        dirs = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
        return cls(dirs.user_data_path, dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path)

    @classmethod
    def under(cls, folder: Path) -> "AppPaths":
        """Everything below one folder, for tests and portable use."""
        return cls(folder / "data", folder / "config", folder / "state", folder / "cache")

    @property
    def library(self) -> Path:
        """The library that is opened when none is named."""
        return self.data / "library"

    @property
    def settings_file(self) -> Path:
        """The TOML file with the settings."""
        return self.config / "settings.toml"

    @property
    def unpacked(self) -> Path:
        """The folder of pictures that lay in other files."""
        return self.cache / "unpacked"

    @property
    def log(self) -> Path:
        """The folder of the log and crash files."""
        return self.log_in(self.state)

    @staticmethod
    def log_in(state: Path) -> Path:
        """The folder of the log and crash files in a state folder."""
        return state / "log"
