"""One window per library, with real processes: handing over, stale locks, hostile messages."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from user import ENOUGH_MS

from gui import single_instance
from gui.single_instance import SingleInstance, read_message, write_message

Process = subprocess.Popen[str]
ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from gui.single_instance import SingleInstance
instance = SingleInstance(Path(sys.argv[1]), Path(sys.argv[2]))
print(instance.is_first([Path(word) for word in sys.argv[3:]]), flush=True)
time.sleep(60 if sys.argv[3:] == ["/stay"] else 0)
"""


@pytest.fixture(autouse=True)
def meeting_in_the_state_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.delenv(single_instance.ACTIVATION, raising=False)


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("s")  # the path of a socket must be short


@pytest.fixture
def first(qtbot, state: Path, tmp_path: Path) -> Iterator[SingleInstance]:
    instance = SingleInstance(tmp_path / "library", state)
    assert instance.is_first([])
    yield instance
    instance.end()


@pytest.fixture
def start_other(qtbot, state: Path, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """start_other(*words, library="library"): another process comes to the same library."""
    started: list[Process] = []

    def start(*words: str, library: str = "library") -> Process:
        command = [sys.executable, "-c", HOLDER, str(tmp_path / library), str(state), *words]
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(qtbot, process: Process) -> str:
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=ENOUGH_MS)
    return process.stdout.read().strip()


def connect(first: SingleInstance) -> QLocalSocket:
    socket = QLocalSocket()
    socket.connectToServer(first._address)
    assert socket.waitForConnected(1000)
    return socket


def test_a_second_start_hands_over_and_ends(qtbot, first, start_other):
    name = os.fsdecode(b"/photos/caf\xe9.jpg")
    with qtbot.waitSignal(first.arrived, timeout=ENOUGH_MS) as arrived:
        process = start_other("/photos/a b.jpg", name)
    assert arrived.args == [[Path("/photos/a b.jpg"), Path(name)]]
    assert said(qtbot, process) == "False"


def test_a_start_without_pictures_only_wants_the_window(qtbot, first, start_other):
    with qtbot.waitSignal(first.arrived, timeout=ENOUGH_MS) as arrived:
        process = start_other()
    assert arrived.args == [[]]
    assert said(qtbot, process) == "False"


def test_another_library_has_a_window_of_its_own(qtbot, first, start_other):
    assert said(qtbot, start_other(library="other")) == "True"


def test_a_killed_program_stands_in_nobodys_way(qtbot, state, tmp_path, start_other):
    process = start_other("/stay")
    assert process.stdout.readline() == "True\n"
    process.kill()
    process.wait()
    assert list((state / "run").glob("*.lock"))
    assert list((state / "run").glob("*.socket"))
    instance = SingleInstance(tmp_path / "library", state)
    assert instance.is_first([])
    with qtbot.waitSignal(instance.arrived, timeout=ENOUGH_MS):
        start_other("/photos/a.jpg")
    instance.end()


def test_a_start_waits_for_a_window_that_is_closing(qtbot, first, start_other):
    first.leave()
    process = start_other()
    qtbot.wait(500)
    assert process.poll() is None
    first.end()
    assert said(qtbot, process) == "True"


def test_a_window_that_stays_open_after_all_listens_again(qtbot, first, start_other):
    first.leave()
    process = start_other("/photos/a.jpg")
    qtbot.wait(500)
    with qtbot.waitSignal(first.arrived, timeout=ENOUGH_MS) as arrived:
        first.listen()
    assert arrived.args == [[Path("/photos/a.jpg")]]
    assert said(qtbot, process) == "False"


def test_a_window_that_does_not_answer_is_named(state, tmp_path, first, monkeypatch):
    monkeypatch.setattr(single_instance, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(single_instance, "ANSWER_MS", 50)
    second = SingleInstance(tmp_path / "library", state)
    with pytest.raises(single_instance.EngineError, match="does not answer"):
        second.is_first([])  # the event loop of the first does not run meanwhile


@pytest.mark.parametrize(
    "message",
    [
        b"\n", b"rubbish\n", b"[]\n", b'"/photos/a.jpg"\n', b"{}\n", b"\xff\xfe\n",
        b'{"paths": ["relative.jpg"], "token": ""}\n',
        b'{"paths": ["/a\\u0000b"], "token": ""}\n',
        b'{"paths": [1], "token": ""}\n',
        b'{"paths": [], "token": "x\\ny"}\n',
        json.dumps({"paths": ["/a"] * (single_instance.MOST_PATHS + 1), "token": ""}).encode() + b"\n",
        b"x" * (single_instance.MOST_BYTES + 10),
        b"[" * 500_000 + b"\n",
    ],
    ids=lambda message: repr(message[:30]),
)  # fmt: skip
def test_senseless_messages_are_refused_without_an_answer(qtbot, first, start_other, message):
    with qtbot.assertNotEmitted(first.arrived):
        socket = connect(first)
        socket.write(message)
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=ENOUGH_MS)
        assert not socket.readAll().data()
    with qtbot.waitSignal(first.arrived, timeout=ENOUGH_MS):
        start_other()


def test_half_a_message_is_not_waited_for(qtbot, first, monkeypatch):
    monkeypatch.setattr(single_instance, "MESSAGE_MS", 100)
    with qtbot.assertNotEmitted(first.arrived):
        socket = connect(first)
        socket.write(b'{"paths": [')
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=ENOUGH_MS)


def test_a_crowd_does_not_shut_the_door(qtbot, first, start_other):
    crowd = [connect(first) for _ in range(3 * single_instance.MOST_VISITORS)]
    for socket in crowd:
        socket.abort()
    with qtbot.waitSignal(first.arrived, timeout=ENOUGH_MS):
        start_other()


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes have no mode")
def test_only_this_user_can_reach_the_window(first, state):
    assert (state / "run").stat().st_mode & 0o077 == 0
    (socket,) = (state / "run").glob("*.socket")
    assert socket.stat().st_mode & 0o077 == 0


def test_the_token_of_the_desktop_comes_along(monkeypatch):
    paths, token = read_message(write_message([Path("/a")], "gnome-shell/lookalike/1-2_TIME3"))
    assert (paths, token) == ([Path("/a")], "gnome-shell/lookalike/1-2_TIME3")


def test_where_no_lock_can_be_made_the_window_opens_all_the_same(qtbot, tmp_path, caplog):
    (tmp_path / "state").touch()
    instance = SingleInstance(tmp_path / "library", tmp_path / "state")
    assert instance.is_first([])
    caplog.clear()


@pytest.mark.slow
def test_the_real_program_takes_a_picture_from_a_second_start(tmp_path, tmp_path_factory, make_photos):
    """Two real starts of `lookalike`; the second ends at once with status 0, the first goes on until it is ended."""
    home = tmp_path_factory.mktemp("h")
    (photo,) = make_photos(tmp_path / "photos", 1)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "QT_QPA_PLATFORM": "offscreen", "HOME": str(home),
    }  # fmt: skip
    command = [sys.executable, str(ROOT / "main.py"), "--library", str(tmp_path / "library")]
    one = subprocess.Popen(command, env=environment)
    try:
        until = time.monotonic() + ENOUGH_MS / 1000
        while not list(home.rglob("*.socket")) and time.monotonic() < until:
            time.sleep(0.1)
        two = subprocess.run([*command, str(photo)], env=environment, timeout=ENOUGH_MS / 1000, check=False)
        assert two.returncode == 0
        assert one.poll() is None
    finally:
        one.terminate()
        one.wait(timeout=ENOUGH_MS / 1000)
