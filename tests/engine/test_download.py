import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from io import BytesIO

import pytest
from PIL import Image
from webserver import Respond, send, serving

from engine import download
from engine.download import UnreachableError, fetch_picture, fetch_pictures
from engine.errors import EngineError
from engine.jobs import Cancelled, Job


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (20, 10), "teal").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def serve() -> Iterator[Callable[[dict[str, Respond]], str]]:
    """serve({path: respond}): serves until the end of the test; returns the address."""
    with ExitStack() as servers:
        yield lambda pages: servers.enter_context(serving(pages))


def test_a_picture_arrives_as_it_is(serve):
    assert fetch_picture(serve({"/a.png": send(png())}) + "/a.png", Job()) == png()


def test_spaces_and_letters_beyond_ascii_are_escaped(serve):
    site = serve({"/caf%C3%A9%20noir.png?size=1%202": send(png())})
    assert fetch_picture(site + "/café noir.png?size=1 2#part", Job()) == png()


def test_progress_is_reported(serve):
    reports = []
    fetch_picture(serve({"/a.png": send(png())}) + "/a.png", Job(report=reports.append))
    assert reports[-1].done == reports[-1].total == len(png())


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/a.png", "data:image/png;base64,AAAA", "http://"]
)
def test_only_the_web_is_asked(url):
    with pytest.raises(EngineError, match="not the address of a picture on the web"):
        fetch_picture(url, Job())


def test_a_redirect_within_the_web_is_followed(serve):
    site = serve({"/old": send(b"", 302, Location="/new.png"), "/new.png": send(png())})
    assert fetch_picture(site + "/old", Job()) == png()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.com/a.png"])
def test_a_redirect_out_of_the_web_is_refused(serve, target):
    site = serve({"/old": send(b"", 302, Location=target)})
    with pytest.raises(EngineError):
        fetch_picture(site + "/old", Job())


def test_a_web_page_is_no_picture(serve):
    site = serve({"/": send(b"<html>Hello</html>")})
    with pytest.raises(EngineError, match="is not a picture") as caught:
        fetch_picture(site + "/", Job())
    assert "drop the file" in caught.value.hint


def test_a_refusal_is_named(serve):
    site = serve({"/gone.png": send(b"", 404)})
    with pytest.raises(EngineError, match=r"refused the picture \(404"):
        fetch_picture(site + "/gone.png", Job())


def test_a_site_that_does_not_answer():
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        with pytest.raises(EngineError, match="could not be reached"):
            fetch_picture(f"http://127.0.0.1:{unheard.getsockname()[1]}/a.png", Job())


def test_an_announced_giant_is_refused_without_reading_it(serve):
    site = serve({"/giant.png": send(png(), announce=10**12)})
    with pytest.raises(EngineError, match="larger than 64 MB"):
        fetch_picture(site + "/giant.png", Job())


def test_a_giant_that_hides_its_size_is_cut_off(serve, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 200_000)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(png() * 100)
        except OSError:
            handler.close_connection = True

    with pytest.raises(EngineError, match="larger than"):
        fetch_picture(serve({"/endless.png": endless}) + "/endless.png", Job())


def test_a_download_that_breaks_off_is_no_picture(serve):
    site = serve({"/half.png": send(png(), announce=len(png()) + 100)})
    with pytest.raises(EngineError, match="broke off"):
        fetch_picture(site + "/half.png", Job())


def test_a_cancel_is_heard(serve):
    job = Job(report=lambda progress: job.cancel())
    site = serve({"/a.png": send(png())})
    with pytest.raises(Cancelled):
        fetch_picture(site + "/a.png", job)


def test_a_cancel_is_heard_while_the_site_says_nothing():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        job = Job()
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(fetch_picture, f"http://127.0.0.1:{silent.getsockname()[1]}/a.png", job)
            connection, _ = silent.accept()
            with connection:
                job.cancel()
                with pytest.raises(Cancelled):
                    asked.result(download.TIMEOUT_SECONDS / 2)


def test_several_pictures_come_in_order_and_one_that_is_refused_keeps_off_no_other(serve):
    other = png() + b"more"
    site = serve({"/a.png": send(png()), "/gone.png": send(b"", 404), "/b.png": send(other)})
    fetched = fetch_pictures([site + path for path in ("/a.png", "/gone.png", "/b.png")], Job())
    assert fetched.pictures == (png(), other)
    assert [error.message[:30] for error in fetched.refused] == ["127.0.0.1 refused the picture "]


def test_a_site_that_does_not_answer_is_asked_once(serve, monkeypatch):
    asked = []

    def nobody(url: str, job: Job) -> bytes:
        asked.append(url)
        raise UnreachableError("nobody")

    monkeypatch.setattr(download, "fetch_picture", nobody)
    fetched = fetch_pictures(["http://a.org/1", "http://a.org/2", "http://b.org/3"], Job())
    assert (fetched.pictures, len(fetched.refused)) == ((), 3)
    assert asked == ["http://a.org/1", "http://b.org/3"]


def test_pictures_together_have_a_limit(serve, monkeypatch):
    monkeypatch.setattr(download, "MOST_TOGETHER", len(png()))
    site = serve({path: send(png()) for path in ("/1", "/2")})
    fetched = fetch_pictures([site + path for path in ("/1", "/2", "/1")], Job())
    assert len(fetched.pictures) == 2
    assert "together" in fetched.refused[0].message


def test_a_cancel_ends_all_of_them(serve):
    job = Job(report=lambda progress: job.cancel())
    site = serve({"/a.png": send(png())})
    with pytest.raises(Cancelled):
        fetch_pictures([site + "/a.png"] * 3, job)
