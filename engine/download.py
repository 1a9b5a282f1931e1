"""Pictures from the web, after the user has agreed to it: bounded, checked, and never a file on disk."""

import http.client
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit

from engine.errors import EngineError
from engine.imaging.formats import sniff
from engine.jobs import Cancelled, Job, Progress

SCHEMES = ("http", "https")
TIMEOUT_SECONDS = 20
LISTEN_SECONDS = 0.1
"""How soon a cancel is heard."""
MOST_BYTES = 64 * 1024 * 1024
MOST_TOGETHER = 4 * MOST_BYTES
CHUNK_BYTES = 64 * 1024
SNIFFED_BYTES = 64
AGENT = "Lookalike/0.1 (desktop photo search)"
CHECK_CONNECTION = "Check the connection."
TRY_SAVING = "Save the picture in your browser and drop the file here."


class UnreachableError(EngineError):
    """A site does not answer at all; nothing else need be asked of it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of several pictures.

    Attributes:
        pictures: files in memory, in the order in which they were wanted.
        refused: why the others could not be had.
    """

    pictures: tuple[bytes, ...]
    refused: tuple[EngineError, ...] = ()


class _WebRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to http or https: a web page must not reach for local files."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        _check_scheme(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_pictures(urls: Iterable[str], job: Job) -> Fetched:
    """Download pictures one after the other; one that cannot be had does not keep off the others.

    Raises:
        Cancelled: the job was cancelled.
    """
    pictures: list[bytes] = []
    refused: list[EngineError] = []
    silent: set[str | None] = set()
    for url in urls:
        host = urlsplit(url).hostname
        if host in silent:
            refused.append(UnreachableError(f"{host} could not be reached.", CHECK_CONNECTION))
        elif sum(map(len, pictures)) > MOST_TOGETHER:
            most = MOST_TOGETHER // 1024**2
            refused.append(EngineError(f"The pictures are larger than {most} MB together.", "Drop fewer at once."))
        else:
            try:
                pictures.append(fetch_picture(url, job))
            except EngineError as error:
                refused.append(error)
                if isinstance(error, UnreachableError):
                    silent.add(host)
    return Fetched(tuple(pictures), tuple(refused))


def fetch_picture(url: str, job: Job) -> bytes:
    """Download one picture into memory.

    Raises:
        EngineError: the address is no web address, the site does not answer, or what it sends is no picture.
        Cancelled: the job was cancelled.
    """
    _check_scheme(url)
    fetched: Future[bytes] = Future()
    # A site that says nothing is waited for in the system, where no cancel is heard; so somebody else waits there.
    own = Job(job.report)
    threading.Thread(target=_settle, args=(fetched, url, own), name="download", daemon=True).start()
    try:
        while not fetched.done():
            wait([fetched], LISTEN_SECONDS)
            job.checkpoint()
        job.checkpoint()  # who cancels as the last of it comes is heard too
        return fetched.result()
    except Cancelled:
        own.cancel()
        raise
    finally:
        del fetched  # an exception that knows its own future would stay, and its connection with it


def _settle(fetched: Future[bytes], url: str, job: Job) -> None:
    try:
        fetched.set_result(_fetch(url, job))
    except Exception as error:  # noqa: BLE001 - raised again where it is waited for
        fetched.set_exception(error)
    finally:
        del fetched


def _fetch(url: str, job: Job) -> bytes:
    host = urlsplit(url).hostname or url
    request = urllib.request.Request(_ascii(url), headers={"User-Agent": AGENT, "Accept": "image/*"})
    try:
        with _web_only_opener().open(request, timeout=TIMEOUT_SECONDS) as answer:
            data = _read(answer, job, host)
    except urllib.error.HTTPError as error:
        error.close()
        raise EngineError(f"{host} refused the picture ({error.code} {error.reason}).", TRY_SAVING) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise UnreachableError(f"{host} could not be reached: {_reason(error)}.", CHECK_CONNECTION) from error
    if sniff(data[:SNIFFED_BYTES]) is None:
        raise EngineError(f"What {host} sent is not a picture.", TRY_SAVING)
    return data


def _web_only_opener() -> urllib.request.OpenerDirector:
    """Without the handlers for files, FTP and data addresses that urllib would add."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _WebRedirects(),
    ):
        opener.add_handler(handler)
    return opener


def _check_scheme(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in SCHEMES or not parts.hostname:
        raise EngineError(f"“{url}” is not the address of a picture on the web.", "It must begin with http or https.")


def _read(answer: http.client.HTTPResponse, job: Job, host: str) -> bytes:
    """Read in small steps, so that a cancel is heard and a lying or endless answer costs no memory."""
    announced = answer.headers.get("Content-Length", "")
    total = int(announced) if announced.isdigit() else None
    data = bytearray()
    while len(data) <= MOST_BYTES and (total or 0) <= MOST_BYTES:
        chunk = answer.read1(CHUNK_BYTES)
        if not chunk:
            return _whole(bytes(data), total, host)
        data += chunk
        job.step(Progress("downloading", len(data), total))
    raise EngineError(f"The picture at {host} is larger than {MOST_BYTES // 1024**2} MB.", TRY_SAVING)


def _whole(data: bytes, total: int | None, host: str) -> bytes:
    if total is not None and len(data) < total:
        raise EngineError(f"{host} broke off in the middle of the picture.", "Try again.")
    return data


def _ascii(url: str) -> str:
    """The address as it travels: spaces and letters beyond ASCII escaped, the host in its encoded form."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    safe = "/%:@!$&'()*+,;=~-._?"
    return urlunsplit((parts.scheme.lower(), host + port, quote(parts.path, safe), quote(parts.query, safe), ""))


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", error)
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__)
