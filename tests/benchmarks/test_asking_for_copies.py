"""What a query for copies costs, measured on a few photos."""

from benchmarks.asking_for_copies import measure
from tests.samples import scene


def test_the_first_and_the_complete_answer_are_measured(library, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(2):
        scene(seed).save(folder / f"{seed}.jpg", quality=92)
        scene(seed).resize((180, 135)).save(folder / f"{seed} small.jpg", quality=92)
    library.index([folder])
    place = tmp_path / "asked"
    place.mkdir()
    figures = measure(library, [folder / "0.jpg", folder / "1.jpg"], place)
    assert figures["found_first"] == 2
    assert figures["found"] == 4
    assert 0 < figures["ratio"] < figures["complete_ratio"]
