"""What a person may tune, in a TOML file that they may edit."""

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from engine.errors import BadRequestError


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of the work on photos.

    Attributes:
        workers: processes that decode and embed; 0 for one per processor.
        max_megapixels: larger pictures are not decoded.
        photo_seconds: a file that takes longer is given up.
        worker_memory_mib: memory that decoding one photo may take, in MiB.
    """

    workers: int = 0
    max_megapixels: int = 300
    photo_seconds: int = 60
    worker_memory_mib: int = 4096

    def __post_init__(self) -> None:
        for name, least in (("workers", 0), ("max_megapixels", 1), ("photo_seconds", 1), ("worker_memory_mib", 256)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < least:
                raise BadRequestError(
                    f"The setting {name} is {value!r}.", f"It must be a whole number of at least {least}."
                )

    @property
    def worker_count(self) -> int:
        """Worker processes to start."""
        return self.workers or os.cpu_count() or 1

    @classmethod
    def load(cls, file: Path) -> "Settings":
        """Read the file; without one the defaults hold.

        Raises:
            BadRequestError: the file is no TOML, or names a setting or a value that does not exist.
        """
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadRequestError(
                f"The settings file {file} cannot be read: {error}.", "Mend it or delete it."
            ) from error
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise BadRequestError(
                f"The settings file {file} names {', '.join(unknown)}, which does not exist.",
                f"There are: {', '.join(sorted(known))}.",
            )
        return cls(**values)
