"""What is named on the command line comes into the window, however early it is there."""

from gui.messages import Toast


def offers(user) -> list[Toast]:
    return [toast for toast in user.window.messages.findChildren(Toast) if not toast.isHidden()]


def test_a_picture_becomes_the_query(settled, photos):
    settled.session.arrivals.arrive([photos[3]])
    settled.until(lambda: settled.workspace.searching.result)
    assert settled.query_names() == [photos[3].name]
    assert settled.matches()[0] == photos[3].name


def test_a_picture_waits_for_the_library(qtbot, start_session, open_library, photos):
    open_library().index([photos[0].parent])
    session = start_session(wait=False)
    session.arrivals.arrive([photos[0]])
    qtbot.waitUntil(lambda: session.window.workspace is not None, timeout=30_000)
    searching = session.window.workspace.searching
    qtbot.waitUntil(lambda: searching.result is not None, timeout=30_000)
    assert searching.result.matches[0].photo.path == photos[0]


def test_a_folder_is_offered_to_be_indexed(user, photos):
    user.session.arrivals.arrive([photos[0].parent])
    user.until(lambda: user.window.messages.texts == ["Index “Pictures”?"])
    assert not user.workspace.indexing.running
    (toast,) = offers(user)
    toast.offered.click()
    user.until(lambda: user.workspace.watch.latest.counts.searchable == len(photos))


def test_what_is_not_there_is_said(user, tmp_path):
    user.session.arrivals.arrive([tmp_path / "gone.jpg"])
    user.until(lambda: user.window.messages.texts)
    assert "gone.jpg" in user.window.messages.texts[0]


def test_a_window_that_was_minimised_comes_back(user):
    user.window.showMinimized()
    user.session.arrivals.arrive([])
    user.until(lambda: not user.window.isMinimized() and user.window.isVisible())
