"""A library that lies where nothing may be written: told once, and to be seen as long as it is open."""

from pathlib import Path
from typing import TYPE_CHECKING

from gui.messages import Messages
from gui.translation import tr

if TYPE_CHECKING:
    from gui.workspace import Workspace


def show_read_only(workspace: "Workspace", messages: Messages, folder: Path) -> None:
    """Say what cannot be done, and disable what would change the folders."""
    why = tr(
        "You can search, look through it and export. The history is not kept, and nothing can be changed: nothing may"
        " be written to {folder}.",
        folder=folder,
    )
    workspace.activity.show_read_only(why)
    workspace.folders.show_read_only()
    messages.tell(tr("This library is read-only."), why)
