"""Every command with its name, icon and keys, in one table; menus and the list of keys are made from it."""

from dataclasses import dataclass

from gui.translation import later, tr


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do with a key or from the menu.

    Attributes:
        name: the key of its handler.
        keys: key sequences, the first of which is shown.
        menu: group of the main menu, or of a photo's; empty for commands that have only keys.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""

    @property
    def title(self) -> str:
        """What it does, in the user's language."""
        return tr(self.text).rstrip(" …")


WINDOW = (
    Command("open", later("Open picture…"), ("Ctrl+O",), "picture", "search"),
    Command("paste", later("Paste picture"), ("Ctrl+V",), "paste", "search"),
    Command("back", later("Back"), ("Alt+Left", "Back"), "back"),
    Command("forward", later("Forward"), ("Alt+Right", "Forward"), "forward"),
    Command("undo", later("Undo the last change of the query"), ("Ctrl+Z",), "undo"),
    Command("redo", later("Redo the change of the query"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Command("clear", later("Clear the query"), ("Escape",), "close"),
    Command("add_folder", later("Add folder…"), ("Ctrl+Shift+O",), "folder-add", "folders"),
    Command("have", later("Do I have this?…"), ("Ctrl+Shift+H",), "have", "folders"),
    Command("update", later("Look for changes"), ("F5",), "update", "folders"),
    Command("sidebar", later("Show or hide the sidebar"), ("F9",), "sidebar", "view"),
    Command("details", later("Show or hide the details"), ("F8",), "details", "view"),
    Command("full_screen", later("Full screen"), ("F11",), "", "view"),
    Command("filters", later("Filters"), ("Ctrl+F",), "filter", "view"),
    Command("browse", later("All photos"), ("Ctrl+L",), "picture", "view"),
    Command("map", later("Map of what is shown"), ("Ctrl+Shift+M",), "map", "view"),
    Command("duplicates", later("Duplicates"), ("Ctrl+D",), "duplicates", "view"),
    Command("export", later("Export results…"), ("Ctrl+E",), "export", "results"),
    Command("rejections", later("What is not a match…"), (), "reject", "results"),
    Command("models", later("Models…"), ("Ctrl+M",), "model", "models"),
    Command("train", later("Train a model from labelled folders…"), ("Ctrl+T",), "train", "models"),
    Command("health", later("Library health…"), ("Ctrl+Shift+K",), "health", "library"),
    Command("filter_history", later("Filter the history"), ("Ctrl+Shift+F",), "search"),
    Command("settings", later("Settings…"), ("Ctrl+,",), "settings", "help"),
    Command("log", later("Log…"), ("Ctrl+Shift+L",), "log", "help"),
    Command("keys", later("All keys"), ("?", "F1"), "keyboard", "help"),
    Command("about", later("About Lookalike"), (), "info", "help"),
    Command("quit", later("Quit"), ("Ctrl+Q",), "", "quit"),
)
RESULTS = (
    Command("more_like", later("More like this"), ("+", "="), "add", "search"),
    Command("less_like", later("Less like this"), ("-",), "less", "search"),
    Command("region", later("Find lookalikes of a region…"), ("R",), "region", "search"),
    Command("reject", later("Not a match"), ("X",), "reject", "search"),
    Command("compare", later("Compare"), ("C",), "compare", "search"),
    Command("why", later("Why similar?"), ("Y",), "why", "search"),
    Command("pin", later("Pin"), ("P",), "pin", "decide"),
    Command("hide", later("Hide"), ("H",), "hide", "decide"),
    Command("reveal", later("Show in file manager"), ("Ctrl+Return",), "reveal", "file"),
    Command("copy_path", later("Copy path"), ("Ctrl+Shift+C",), "link", "file"),
    Command("copy_picture", later("Copy picture"), ("Ctrl+C",), "copy", "file"),
    Command("export_selected", later("Export…"), ("Ctrl+Shift+E",), "export", "file"),
    Command("trash", later("Move to the trash…"), ("Delete",), "delete", "trash"),
)
GALLERY_KEYS = (
    (later("Arrows"), later("Move through the results")),
    (later("Enter"), later("Open in the viewer")),
    (later("Space"), later("Preview; again to close")),
    ("L", later("Find lookalikes of the current result")),
    ("G", later("Open or close a stack of near-identical photos")),
    (later("Shift, Ctrl"), later("With arrows or a click: extend the selection, add to it")),
    ("Ctrl+A", later("Select all")),
    (later("Letters"), later("Find by the beginning of a name; / first if its first letter is a key")),
)
QUERY_KEYS = (
    (later("Enter, Space"), later("See it large and choose a region of it")),
    (later("Ctrl+Enter"), later("Search with this picture alone")),
    ("F", later("Less like it instead of more, or the other way round")),
    (later("+ and -"), later("Count it more, count it less")),
    (later("Ctrl+wheel"), later("The same in small steps; a click on its weight opens a slider")),
    (later("Ctrl+arrows"), later("Move it among the pictures")),
    (later("Delete"), later("Take it out")),
)
REGION_KEYS = (
    (later("Arrows"), later("Move the outline; with Ctrl in small steps")),
    (later("Shift+arrows"), later("Make it larger or smaller")),
    (later("+, -, 0"), later("Larger, smaller, all of the picture")),
    (later("Delete"), later("Take the outline away")),
    (later("Enter, Escape"), later("Search with what is outlined, or leave everything as it was")),
)
HISTORY_KEYS = (
    (later("Enter"), later("Search again")),
    ("F2", later("Rename")),
    ("P", later("Pin or unpin")),
    (later("Delete"), later("Delete")),
    (later("Shift, Ctrl"), later("With arrows or a click: choose several, to pin or to delete")),
)
VIEWER_KEYS = (
    (later("Left, Right"), later("Previous and next photo; zoomed in, move the picture")),
    (later("Page up, Page down"), later("Previous and next photo, always")),
    (later("+, -, 0, 1"), later("Larger, smaller, fit the window, every pixel")),
    ("L", later("Find lookalikes of this photo")),
    (later("Space, Escape"), later("Close")),
)
COMPARE_KEYS = (
    (later("A, S, F, D"), later("Side by side, swipe, flicker, difference")),
    (later("Space"), later("Flip to the other picture")),
    ("T", later("Flip by itself")),
    ("Y", later("Why similar? Maps of what makes the two alike")),
    ("W", later("Swap left and right")),
    ("Q", later("Compare with the next picture of the query")),
    (later("Left, Right"), later("Previous and next match; zoomed in, move the pictures")),
    (later("Shift+Left, Shift+Right"), later("Move the divider")),
    (later("+, -, 0, 1"), later("Larger, smaller, fit the window, every pixel")),
    (later("C, Escape"), later("Close")),
)


MAP_KEYS = (
    (later("Arrows"), later("Move over the map")),
    (later("+, -, 0"), later("Larger, smaller, all of the map")),
    (later("Shift and drag"), later("Select with a lasso; with Ctrl too, add to what is selected")),
    (later("Ctrl+A, Escape"), later("Select all that is seen, select nothing")),
    (later("Enter, double-click"), later("Open the photo, or the selected ones")),
)


HAVING_KEYS = (
    (later("Arrows"), later("Move through the files")),
    (later("Enter"), later("Compare the file with its match, with linked zoom")),
    (later("Space"), later("Preview; again to close")),
    ("L", later("Find lookalikes of the file")),
    (later("Shift, Ctrl"), later("With arrows or a click: select several files; Ctrl+A selects all")),
    (later("Ctrl+Enter"), later("Show the selected files in the file manager")),
    ("Ctrl+C", later("Copy the paths of the selected files")),
    ("Ctrl+Shift+C", later("Copy the selected files to a folder")),
)
DUPLICATES = (
    Command("keep_photo", later("Keep this photo"), ("K",), "done"),
    Command("trash_photo", later("Mark this photo for the trash"), ("X", "Delete"), "delete"),
    Command("keep_only", later("Keep only this photo"), ("B",), "pinned"),
    Command("compare_group", later("Compare with the best one"), ("V",), "compare"),
    Command("not_copies", later("No duplicates: never show them together again"), ("N",), "reject"),
    Command("keep_both", later("Keep all: never show this group again"), ("Shift+K",), "stack"),
    Command("reviewed", later("Reviewed, and on to the next group"), ("R",), "done"),
    Command("next_group", later("Next group"), ("Ctrl+Down",), "forward"),
    Command("previous_group", later("Previous group"), ("Ctrl+Up",), "back"),
    Command("take_back", later("Take back the last step"), ("U",), "undo"),
    Command("move_marked", later("Move the marked photos of this group to the trash"), ("Ctrl+Delete",), "delete"),
    Command("move_reviewed", later("Move the marked photos of all reviewed groups to the trash…"),
            ("Ctrl+Shift+Delete",), "delete"),
)  # fmt: skip
DUPLICATES_KEYS = (
    (later("Enter, Space"), later("Compare the photo with the best one, with linked zoom")),
    (later("Left, Right"), later("Previous and next photo of the group")),
    (later("Up, Down"), later("Previous and next group, in their list")),
    (later("Escape, Escape"), later("Close the comparison, then the duplicates")),
)


SKIPPED_KEYS = (
    ("Ctrl+F", later("Search by name, folder or reason")),
    (later("Left, Right, Enter"), later("Fold the files of a reason in or out")),
    ("F5", later("Try the selected files again")),
    ("Ctrl+C", later("Copy the paths of the selected files")),
    (later("Ctrl+Enter"), later("Show the selected files in the file manager")),
    ("Ctrl+S", later("Save the list as a table")),
)


LOG_KEYS = (
    ("Ctrl+F", later("Search the log")),
    ("Ctrl+C", later("Copy the selected entries")),
    ("Ctrl+S", later("Save what is shown as a text")),
    (later("Ctrl+Enter"), later("Open the folder of the log")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where keys count.

    Attributes:
        fixed: keys that a view of Qt takes itself, and what they do; nobody can change them.
        apart: a window of its own, where the keys of everywhere do not count.
    """

    title: str
    commands: tuple[Command, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    apart: bool = False


EVERYWHERE = Place(later("Everywhere"), WINDOW, ((later("Side buttons of the mouse"), later("Back and forward")),))
PLACES = (
    EVERYWHERE,
    Place(later("On a picture of the query"), (), QUERY_KEYS),
    Place(later("While choosing a region"), (), REGION_KEYS),
    Place(later("In the results"), RESULTS, GALLERY_KEYS),
    Place(later("In the viewer"), (), VIEWER_KEYS),
    Place(later("While comparing"), (), COMPARE_KEYS),
    Place(later("On the map"), (), MAP_KEYS),
    Place(later("In the list of checked files"), (), HAVING_KEYS),
    Place(later("Among duplicates"), DUPLICATES, DUPLICATES_KEYS),
    Place(later("In the history"), (), HISTORY_KEYS),
    Place(later("In the list of what is not searchable"), (), SKIPPED_KEYS, apart=True),
    Place(later("In the log"), (), LOG_KEYS, apart=True),
)


def command(name: str) -> Command:
    """A command of the tables."""
    return next(found for place in PLACES for found in place.commands if found.name == name)


def is_fixed(of: Command, keys: str) -> bool:
    """Whether a view takes these keys itself where the command would need them."""
    return any(
        keys == fixed
        for place in PLACES
        if of in place.commands or (of in EVERYWHERE.commands and not place.apart)
        for fixed, _ in place.fixed
    )
