import numpy as np

from engine.imaging.difference import amplified_difference


def test_equal_is_black_and_the_rest_is_amplified_up_to_white() -> None:
    one = np.full((2, 4), 100, np.uint8)
    other = one.copy()
    other[1] = (90, 103, 200, 7)
    found = np.frombuffer(amplified_difference(memoryview(one), memoryview(other), 4), np.uint8).reshape(2, 4)
    assert found.tolist() == [[0, 0, 0, 255], [40, 12, 255, 255]]
