"""One window per library: a second start hands over what it was given to the first, and ends.

A lock file decides who is first, a local socket carries the message; both lie in a folder of this user alone. The
operating system names the holder of a lock, so one that was left by a killed program is known to be stale.
"""

import hashlib
import json
import logging
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from engine.errors import EngineError
from gui.translation import tr

log = logging.getLogger(__name__)
MOST_BYTES = 1_000_000
MOST_PATHS = 10_000
MOST_VISITORS = 16
MESSAGE_MS = 2000
ANSWER_MS = 3000
PATIENCE_SECONDS = 15.0
PAUSE_MS = 100
TAKEN = b"taken\n"
LONGEST_SOCKET_PATH = 100  # the address of a Unix socket has room for little more
ACTIVATION = "XDG_ACTIVATION_TOKEN"


class Visitor(QObject):
    """One connection. Speaks only when a whole, sensible message has come in time.

    Signals:
        arrived: the paths that were handed over.
    """

    arrived = Signal(list)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._data = b""
        socket.setParent(self)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(MESSAGE_MS, self, self._refuse)
        self._read()

    def _read(self) -> None:
        self._data += bytes(self._socket.read(MOST_BYTES + 1).data())
        if len(self._data) > MOST_BYTES:
            self._refuse()
        elif self._data.endswith(b"\n"):
            self._understand()

    def _understand(self) -> None:
        try:
            paths, token = read_message(self._data)
        except (ValueError, RecursionError) as error:
            log.info("A message from another start makes no sense: %s", error)
            self._refuse()
            return
        if token:
            os.environ[ACTIVATION] = token  # Qt takes it from there when the window asks for the focus
        self.arrived.emit(paths)
        self._socket.write(TAKEN)
        self._socket.disconnectFromServer()

    def _refuse(self) -> None:
        self._socket.abort()
        self.deleteLater()


class SingleInstance(QObject):
    """Decides at the start who shows a library, and listens for later starts.

    Signals:
        arrived: another start was given these paths, perhaps none: the window is wanted in front.
    """

    arrived = Signal(list)

    def __init__(self, library: Path, state_folder: Path) -> None:
        super().__init__()
        folder = meeting_place(state_folder)
        name = "lookalike-" + hashlib.blake2s(os.fsencode(os.path.realpath(library)), digest_size=8).hexdigest()
        self._lock = QLockFile(str(folder / f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # a window may be open for months; only a dead holder makes a lock stale
        self._address = name if sys.platform == "win32" else str(folder / f"{name}.socket")
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_VISITORS)
        self._server.newConnection.connect(self._welcome)

    def is_first(self, paths: list[Path]) -> bool:
        """Whether to open the window here; if not, the paths were handed over to the one that is open.

        Raises:
            EngineError: another program has this library open, and does not answer.
        """
        patience = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < patience:
            if self._lock.tryLock(PAUSE_MS):
                self.listen()
                return True
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                log.warning("No lock can be made for the window (%s); there may be several.", self._lock.error())
                return True
            if self._hand_over(write_message(paths, os.environ.get(ACTIVATION, ""))):
                return False
        raise EngineError(
            tr("Lookalike is open with this library already, and does not answer."),
            tr("Wait a moment, or end it in the task manager of your system."),
        )

    def listen(self) -> None:
        """Take visitors, also again after `leave`; not if no lock could be made: another window may be there."""
        if not self._lock.isLocked():
            return
        QLocalServer.removeServer(self._address)  # what a killed program left; the lock says that it is dead
        if not self._server.listen(self._address):
            log.warning("Later starts cannot reach this window: %s", self._server.errorString())

    def leave(self) -> None:
        """Take no more visitors: from now on a later start waits until this program has ended."""
        self._server.close()

    def end(self) -> None:
        """Let another start be the first."""
        self.leave()
        self._lock.unlock()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self.findChildren(Visitor)) >= MOST_VISITORS:
                socket.abort()
                continue
            Visitor(socket, self).arrived.connect(self.arrived)

    def _hand_over(self, message: bytes) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(PAUSE_MS):
            time.sleep(PAUSE_MS / 1000)  # it is about to listen, or about to end
            return False
        socket.write(message)
        answer = b""
        while socket.waitForReadyRead(ANSWER_MS):
            answer += bytes(socket.readAll().data())
            if answer.startswith(TAKEN):
                return True
        return False


def meeting_place(state_folder: Path) -> Path:
    """A folder that only this user can enter, with a name short enough for a socket if there is one."""
    own = state_folder / "run"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(runtime) / "lookalike" if runtime and sys.platform == "linux" else own
    for place in (folder, own):
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.chmod(0o700)
        except OSError:
            continue
        if len(os.fsencode(place)) + len("/lookalike-0123456789abcdef.socket") <= LONGEST_SOCKET_PATH:
            return place
    return own


def write_message(paths: list[Path], token: str) -> bytes:
    """One line of JSON; names that are not UTF-8 travel as lone surrogates."""
    return json.dumps({"paths": [str(path) for path in paths], "token": token}).encode() + b"\n"


def read_message(data: bytes) -> tuple[list[Path], str]:
    """The paths and the token that allows to take the focus.

    Raises:
        ValueError, RecursionError: it is not such a message.
    """
    message = json.loads(data)
    paths, token = (message.get("paths"), message.get("token")) if isinstance(message, dict) else (None, None)
    if not isinstance(paths, list) or len(paths) > MOST_PATHS or not all(isinstance(path, str) for path in paths):
        raise ValueError("no list of paths")
    found = [Path(path) for path in paths]
    if not all(path.is_absolute() and "\0" not in str(path) for path in found):
        raise ValueError("a path is not absolute")
    if not isinstance(token, str) or len(token) > 512 or not token.isascii() or not token.isprintable():
        raise ValueError("the token makes no sense")
    return found, token
