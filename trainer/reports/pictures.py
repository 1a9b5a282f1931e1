"""Small pictures of the photos that a report shows, each read once."""

from base64 import b64encode
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.errors import EngineError
from engine.imaging.decoding import decode
from engine.imaging.thumbnails import encode_thumbnail
from engine.jobs import Job, Progress
from trainer.reports.wording import text

SIDE = 112
"""Pixels of the longer side."""
_AT_ONCE = 2
"""Photos that are decoded at the same time: large ones need memory."""


class Pictures:
    """JPEGs of photos; there is none of a file that went away since it was read."""

    def __init__(self) -> None:
        self._jpegs: dict[Path, bytes] = {}

    def read(self, paths: Iterable[Path], job: Job) -> None:
        """Read photos that will be asked for; raises Cancelled."""
        missing = [path for path in dict.fromkeys(paths) if path not in self._jpegs]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for done, (path, jpeg) in enumerate(zip(missing, pool.map(_small, missing), strict=True)):
                    job.step(Progress("writing the report", done, len(missing)))
                    self._jpegs[path] = jpeg
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def jpeg(self, path: Path) -> bytes:
        """The picture; empty if there is none."""
        if path not in self._jpegs:
            self._jpegs[path] = _small(path)
        return self._jpegs[path]

    def address(self, path: Path) -> str:
        """The picture as a data: address for a page; empty if there is none."""
        jpeg = self.jpeg(path)
        return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}" if jpeg else ""

    def element(self, path: Path) -> str:
        """The picture as an element of a page."""
        address = self.address(path)
        if not address:
            return '<span class="none">no picture</span>'
        return f'<img alt="{text(path.name)}" src="{address}">'


def _small(path: Path) -> bytes:
    try:
        image = decode(path, short_side=0, long_side=SIDE).image
    except EngineError:
        return b""
    image.thumbnail((SIDE, SIDE))
    return encode_thumbnail(image)
