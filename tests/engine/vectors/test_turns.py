"""A lock whose holder cannot take it again before those who wait."""

import threading
import time

import pytest

from engine.vectors.turns import Turns


@pytest.mark.alone
def test_who_waits_comes_before_who_lets_go_and_asks_again():
    turns, waited, done = Turns(), [], threading.Event()

    def work():
        while not done.is_set():
            with turns:
                time.sleep(0.01)

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(20):
        asked = time.perf_counter()
        with turns:
            waited.append(time.perf_counter() - asked)
        time.sleep(0.001)
    done.set()
    worker.join()
    assert sorted(waited)[10] < 0.05, "one piece of work, not as many as come"


def test_only_one_has_it_and_may_take_it_again():
    turns, inside, most = Turns(), 0, 0

    def work():
        nonlocal inside, most
        for _ in range(200):
            with turns, turns:
                inside += 1
                most = max(most, inside)
                time.sleep(0)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_an_exception_lets_go_of_it():
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns:
        1 / 0  # noqa: B018
    thread = threading.Thread(target=lambda: turns.__enter__().__exit__())
    thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()
