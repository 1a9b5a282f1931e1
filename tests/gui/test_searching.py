from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtCore import QObject

from engine.errors import NotFoundError
from engine.records import Mode, Query, QueryPicture
from gui.query_edits import same_picture
from gui.searching import Searching
from gui.trail import ANSWERS_KEPT, STEPS_KEPT
from tests.samples import scene

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
    assert not searching.trail.can_undo


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


def test_copies_that_are_found_soonest_are_shown_and_then_completed(qtbot, searching, library, photos):
    Image.open(photos[0]).resize((48, 36)).save(photos[0].with_name("small.png"))
    library.index([photos[0].parent])
    ask(qtbot, searching, photos[0])
    with qtbot.waitSignal(searching.refreshed, timeout=ENOUGH_MS):
        answered(qtbot, searching, lambda: searching.set_mode(Mode.COPIES))
        assert not searching.result.complete
        assert best(searching) == photos[0].name
    assert searching.result.complete
    assert searching.errors == []


def test_nobody_is_told_of_no_copies_before_all_were_looked_for(qtbot, searching, tmp_path):
    scene(1).save(tmp_path / "stranger.jpg")
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        searching.ask(Query((QueryPicture(path=tmp_path / "stranger.jpg"),), Mode.COPIES))
    assert searching.result.complete
    assert searching.result.matches == ()


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


def test_looking_further_brings_more_matches_of_the_same_question(qtbot, searching, library, photos):
    ask(qtbot, searching, photos[1])
    searching.ask(replace(searching.query, k=1))
    qtbot.waitUntil(lambda: searching.result is not None, timeout=ENOUGH_MS)
    entry, steps = searching.result.entry_id, len(searching.trail)
    for found in (4, 6):
        assert searching.result.cut_off
        with qtbot.waitSignal(searching.refreshed, timeout=ENOUGH_MS):
            searching.look_further()
        assert len(searching.result.matches) == found
    assert not searching.result.cut_off
    assert (searching.result.entry_id, len(searching.trail), best(searching)) == (entry, steps, photos[1].name)
    with qtbot.assertNotEmitted(searching.refreshed, wait=200):
        searching.look_further()  # all of them are there
    searching.undo()
    searching.redo()
    assert len(searching.result.matches) == 6
    assert library.history.list()[0].match_count == 1


def test_what_is_new_stays_marked_and_what_is_farther_is_not(qtbot, searching, library, photos, make_photos):
    searching.ask(Query((QueryPicture(path=photos[1]),), k=2))
    qtbot.waitUntil(lambda: searching.result is not None, timeout=ENOUGH_MS)
    entry = searching.result.entry_id
    copy = photos[1].with_name("copy.jpg")
    copy.write_bytes(photos[1].read_bytes())
    library.index()
    searching.rerun(library.history.list()[0].query, entry)
    qtbot.waitUntil(lambda: searching.result is not None, timeout=ENOUGH_MS)
    with qtbot.waitSignal(searching.refreshed, timeout=ENOUGH_MS):
        searching.look_further()
    assert [match.photo.path.name for match in searching.result.matches if match.new] == ["copy.jpg"]
    assert len(searching.result.matches) == 7


def test_the_sign_does_not_make_another_picture(photos):
    one = QueryPicture(path=photos[0])
    assert same_picture(one, QueryPicture(path=photos[0], weight=-0.5))
    assert not same_picture(one, QueryPicture(path=photos[1]))


def answered(qtbot, searching, change):
    with qtbot.waitSignal(searching.answered, timeout=ENOUGH_MS):
        change()


def test_undo_and_redo_go_through_every_change(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    first = searching.query
    answered(qtbot, searching, lambda: searching.add([QueryPicture(path=photos[1])]))
    answered(qtbot, searching, lambda: searching.replace(1, QueryPicture(path=photos[1], weight=-1.0)))
    answered(qtbot, searching, lambda: searching.set_mode(Mode.COPIES))
    last = searching.query
    states = []
    for _ in range(3):
        searching.undo()
        states.append((len(searching.query.pictures), searching.query.pictures[-1].weight, searching.query.mode))
    assert states == [(2, -1, Mode.SIMILAR), (2, 1, Mode.SIMILAR), (1, 1, Mode.SIMILAR)]
    assert searching.query == first
    for _ in range(3):
        searching.redo()
    assert searching.query == last
    assert not searching.trail.can_redo


def test_clearing_and_a_new_question_can_be_undone(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    searching.clear()
    assert searching.query is None
    searching.undo()
    assert best(searching) == photos[0].name
    ask(qtbot, searching, photos[1])
    searching.undo()
    assert best(searching) == photos[0].name


def test_back_finds_a_question_as_it_was_left(qtbot, searching, photos):
    ask(qtbot, searching, photos[0])
    answered(qtbot, searching, lambda: searching.add([QueryPicture(path=photos[1])]))
    answered(qtbot, searching, lambda: searching.add([QueryPicture(path=photos[2])]))
    searching.undo()
    left = searching.query
    ask(qtbot, searching, photos[3])
    searching.back()
    assert searching.query == left
    searching.forward()
    assert best(searching) == photos[3].name


def test_a_refinement_keeps_its_place_in_the_history(qtbot, searching, library, photos):
    ask(qtbot, searching, photos[0], photos[1])
    answered(qtbot, searching, lambda: searching.replace(0, QueryPicture(path=photos[0], weight=2.0)))
    answered(qtbot, searching, lambda: searching.move(0, 1))
    (entry,) = library.history.list()
    assert [(picture.path, picture.weight) for picture in entry.query.pictures] == [(photos[1], 1), (photos[0], 2)]
    answered(qtbot, searching, lambda: searching.add([QueryPicture(path=photos[2])]))
    assert len(library.history.list()) == 2


def test_what_is_asked_again_from_the_history_stays_there(qtbot, searching, library, photos):
    ask(qtbot, searching, photos[0])
    (entry,) = library.history.list()
    answered(qtbot, searching, lambda: searching.rerun(entry.query, entry.id))
    answered(qtbot, searching, lambda: searching.set_mode(Mode.COPIES))
    assert entry.id in [one.id for one in library.history.list()]
    assert len(library.history.list()) == 2


def test_where_somebody_was_comes_back_with_the_answer(qtbot, searching, photos):
    searching.where = lambda: "the third line"
    ask(qtbot, searching, photos[0])
    ask(qtbot, searching, photos[1])
    with qtbot.waitSignal(searching.returned) as heard:
        searching.back()
    assert heard.args == ["the third line"]


def test_answers_of_long_ago_are_asked_for_again_without_a_trace(qtbot, searching, library, photos):
    for number in range(ANSWERS_KEPT + 2):
        ask(qtbot, searching, photos[number % 6])
    entries = len(library.history.list())
    for _ in range(ANSWERS_KEPT + 1):
        searching.back()
    qtbot.waitUntil(lambda: searching.result is not None, timeout=ENOUGH_MS)
    assert best(searching) == photos[0].name
    assert len(library.history.list()) == entries
