"""The system's own dialogs for choosing pictures and folders; none of them blocks the window."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.imaging.formats import PHOTO_EXTENSIONS
from gui.translation import tr


def choose_pictures(window: QWidget, use: Callable[[tuple[Path, ...]], None]) -> QFileDialog:
    """Let the user choose one or more pictures."""
    patterns = " ".join(f"*{extension}" for extension in sorted(PHOTO_EXTENSIONS))
    kinds = ";;".join((tr("Pictures") + f" ({patterns})", tr("All files") + " (*)"))
    dialog = QFileDialog(window, tr("Open a picture"), "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: use(tuple(map(Path, names))))
    return _opened(dialog)


def choose_folder(window: QWidget, title: str, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose a folder."""
    dialog = QFileDialog(window, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(lambda name: use(Path(name)))
    return _opened(dialog)


def choose_export(window: QWidget, name: str, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where to export to, and as what; the system asks before a file is replaced."""
    kinds = {
        tr("Page with the pictures (*.html)"): "html",
        tr("Table for spreadsheets (*.csv)"): "csv",
        tr("Document for programs (*.json)"): "json",
    }
    dialog = QFileDialog(window, tr("Export"), name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([*kinds])
    dialog.setDefaultSuffix("html")
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds.get(kind, "html")))
    dialog.selectFile(f"{name}.html")
    dialog.fileSelected.connect(lambda file: use(Path(file)))
    return _opened(dialog)


def choose_saved(window: QWidget, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose a list of duplicates that was exported before."""
    return _for_one_file(window, tr("Open a saved list"), tr("Saved lists") + " (*.html *.csv *.json)", use)


def choose_labels(window: QWidget, endings: Sequence[str], use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose a list of photos and their labels."""
    patterns = " ".join(f"*{ending}" for ending in endings)
    return _for_one_file(window, tr("Add a list of labelled photos"), tr("Tables and lists") + f" ({patterns})", use)


def choose_table(window: QWidget, name: str, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where a table is saved to; the system asks before a file is replaced."""
    return _for_one_kind(window, tr("Save as a table"), tr("Table for spreadsheets (*.csv)"), f"{name}.csv", use)


def choose_list(window: QWidget, name: str, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where a list is saved to, and as what; the system asks before a file is replaced."""
    kinds = {
        tr("Table for spreadsheets (*.csv)"): "csv",
        tr("Document for programs (*.json)"): "json",
    }
    dialog = QFileDialog(window, tr("Save the list"), "", ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds.get(kind, "csv")))
    dialog.selectFile(f"{name}.csv")
    dialog.fileSelected.connect(lambda file: use(Path(file)))
    return _opened(dialog)


def choose_text(window: QWidget, title: str, name: str, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where a text is saved to; the system asks before a file is replaced."""
    return _for_one_kind(window, title, tr("Texts") + " (*.txt)", f"{name}.txt", use)


def choose_backup_file(window: QWidget, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where the library is backed up to; the system asks before a file is replaced."""
    name = f"lookalike-{date.today():%Y-%m-%d}.zip"
    return _for_one_kind(window, tr("Back up the library"), tr("Backups of libraries") + " (*.zip)", name, use)


def choose_backup(window: QWidget, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose the backup of a library."""
    return _for_one_file(window, tr("Restore a backup"), tr("Backups of libraries") + " (*.zip)", use)


def choose_model(window: QWidget, use: Callable[[tuple[Path, ...]], None]) -> QFileDialog:
    """Let the user choose the files of one or more models."""
    filters = ";;".join((tr("Models") + " (*.onnx *.zip)", tr("All files") + " (*)"))
    dialog = QFileDialog(window, tr("Add a model"), "", filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: use(tuple(map(Path, names))))
    return _opened(dialog)


def choose_model_export(window: QWidget, name: str, use: Callable[[Path], None]) -> QFileDialog:
    """Let the user choose where a model is written to; the system asks before a file is replaced."""
    dialog = QFileDialog(window, tr("Export the model"), "", tr("Models") + " (*.onnx)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("onnx")
    dialog.selectFile(f"{name}.onnx")
    dialog.fileSelected.connect(lambda file: use(Path(file)))
    return _opened(dialog)


def _for_one_kind(window: QWidget, title: str, kind: str, name: str, use: Callable[[Path], None]) -> QFileDialog:
    """Ask where a file is written to that is always of one kind; the system asks before one is replaced."""
    dialog = QFileDialog(window, title, "", kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda file: use(Path(file)))
    return _opened(dialog)


def _for_one_file(window: QWidget, title: str, kind: str, use: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file to read, most likely of this kind."""
    dialog = QFileDialog(window, title, "", ";;".join((kind, tr("All files") + " (*)")))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda file: use(Path(file)))
    return _opened(dialog)


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
