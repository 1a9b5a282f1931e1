import pytest
from PySide6.QtCore import QObject

from engine.errors import NotFoundError
from engine.records import Mode, Query, QueryPicture
from gui.searching import Searching, same_picture
from gui.trail import STEPS_KEPT

ENOUGH_MS = 30_000


@pytest.fixture
def photos(library, make_photos, tmp_path):
    files = make_photos(tmp_path / "Pictures", 6)
    library.index([files[0].parent])
    return files


@pytest.fixture
def searching(library, tasks, photos, qtbot):
    """Owned by the test; errors are collected in `searching.errors`."""
    owner = QObject()
    made = Searching(library, tasks, owner)
    made.errors = []
    made.failed.connect(made.errors.append)
    yield made
    tasks.cancel_all()


def ask(qtbot, searching, *paths):
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.ask_for(QueryPicture(path=path) for path in paths)


def best(searching) -> str:
    return searching.result.matches[0].photo.path.name


def test_only_the_newest_question_is_answered(qtbot, searching, photos):
    answers = []
    searching.answered.connect(answers.append)
    for path in photos:
        searching.ask_for([QueryPicture(path=path)])
    qtbot.waitUntil(lambda: searching.result is not None, timeout=ENOUGH_MS)
    assert len(answers) == 1
    assert best(searching) == photos[-1].name


def test_a_question_that_cannot_be_answered_gives_way_to_the_one_before(qtbot, searching, photos, tmp_path):
    ask(qtbot, searching, photos[1])
    with qtbot.waitSignal(searching.failed, timeout=ENOUGH_MS):
        searching.ask_for([QueryPicture(path=tmp_path / "gone.jpg")])
    assert isinstance(searching.errors[0], NotFoundError)
    assert best(searching) == photos[1].name
    assert searching.query.pictures[0].path == photos[1]


def test_the_first_question_that_cannot_be_answered_leaves_nothing(qtbot, searching, tmp_path):
    with qtbot.waitSignal(searching.failed, timeout=ENOUGH_MS):
        searching.ask_for([QueryPicture(path=tmp_path / "gone.jpg")])
    assert searching.query is None
    assert not searching.trail.can_go_back


def test_adding_a_picture_again_with_the_other_sign_replaces_it(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.add([QueryPicture(path=photos[1], weight=-0.5)])
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.add([QueryPicture(path=photos[1])])
    assert [(picture.path, picture.weight) for picture in searching.query.pictures] == [(photos[0], 1), (photos[1], 1)]


def test_adding_without_a_query_starts_one(qtbot, searching, photos):
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.add([QueryPicture(path=photos[0])])
    assert best(searching) == photos[0].name


def test_less_like_this_of_the_only_picture_is_a_sentence(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    searching.add([QueryPicture(path=photos[0], weight=-0.5)])
    assert "at least one picture" in str(searching.errors[0])
    assert searching.query.pictures[0].weight == 1


def test_without_the_last_picture_to_look_like_the_query_is_cleared(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.add([QueryPicture(path=photos[1], weight=-0.5)])
    searching.remove(0)
    assert searching.query is None
    assert searching.trail.can_go_back


def test_a_new_query_keeps_the_mode(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.set_mode(Mode.COPIES)
    ask(qtbot, searching, photos[1])
    assert searching.query.mode is Mode.COPIES
    assert len(searching.result.matches) == 1


def test_going_back_to_a_question_that_was_left_unanswered_asks_it(qtbot, searching, photos):
    searching.ask_for([QueryPicture(path=photos[0])])
    ask(qtbot, searching, photos[1])
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.back()
    assert best(searching) == photos[0].name


def test_asking_after_going_back_starts_a_new_branch(qtbot, searching, photos):
    for path in photos[:3]:
        ask(qtbot, searching, path)
    searching.back()
    searching.back()
    ask(qtbot, searching, photos[4])
    assert not searching.trail.can_go_forward
    searching.back()
    assert best(searching) == photos[0].name


def test_the_trail_is_bounded(qtbot, searching, photos):
    for number in range(STEPS_KEPT + 5):
        searching.ask(Query((QueryPicture(path=photos[number % 6]),)))
    assert len(searching.trail) == STEPS_KEPT
    qtbot.waitUntil(lambda: searching.result is not None, timeout=ENOUGH_MS)


def test_refreshing_brings_new_photos_without_a_new_entry(qtbot, searching, library, photos, make_photos):
    ask(qtbot, searching, photos[0])
    make_photos(photos[0].parent, 2, first=50)
    library.index()
    with qtbot.waitSignal(searching.refreshed, timeout=ENOUGH_MS):
        searching.refresh()
    assert len(searching.result.matches) == 8
    assert len(library.history.list()) == 1


def test_the_sign_does_not_make_another_picture(photos):
    one = QueryPicture(path=photos[0])
    assert same_picture(one, QueryPicture(path=photos[0], weight=-0.5))
    assert not same_picture(one, QueryPicture(path=photos[1]))
