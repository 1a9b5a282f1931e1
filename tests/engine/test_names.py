"""The order in which people read file names."""

import pytest

from engine.names import natural_order


@pytest.mark.parametrize(
    "names",
    [
        ["IMG_9.jpg", "IMG_10.jpg", "img_011.jpg"],
        ["1.jpg", "2.jpg", "10.jpg", "a.jpg"],
        ["Ecole 1.jpg", "école 2.jpg", "Ecoles.jpg"],
        ["a.jpg", "B.jpg", "c.jpg"],
        ["x" + "9" * 120, "y"],
    ],
)
def test_names_come_in_the_order_a_person_expects(names):
    assert sorted(set(names), key=natural_order) == names


def test_a_name_that_is_not_utf_8_has_a_place_too():
    assert natural_order("caf\udce9") == "caf\udce9"
