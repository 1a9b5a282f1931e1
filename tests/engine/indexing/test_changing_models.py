"""Another model fills in while the old one answers, and takes over when it has embedded every photo."""

import shutil

import pytest

from engine.errors import ModelError
from engine.jobs import Cancelled, Job
from engine.models.installed import Change
from engine.records import Query, QueryPicture
from tests.samples import picture


@pytest.fixture
def photos(tmp_path, make_photos):
    return make_photos(tmp_path / "Pictures", 80)


@pytest.fixture
def shelf(library, photos):
    library.index([photos[0].parent])
    return library


def ask(library, photo):
    return library.search(Query((QueryPicture(photo),)), remember=False)


def names(result):
    return {match.photo.path.name for match in result.matches}


class CancelAfter:
    """Cancels a run once it has embedded so many photos again."""

    def __init__(self, done):
        self.job = Job(self)
        self._done = done

    def __call__(self, progress):
        if progress.stage.startswith("embedding") and progress.done >= self._done:
            self.job.cancel()


def interrupted(library, after):
    with pytest.raises(Cancelled):
        library.index(job=CancelAfter(after).job)


def test_the_old_model_answers_until_the_new_one_has_embedded_everything(shelf, photos):
    shelf.use_model("zother")
    assert shelf.models.change() == Change("zother", 0, 80)
    assert ask(shelf, photos[3]).model == "tiny"
    interrupted(shelf, 30)
    change = shelf.models.change()
    assert 30 <= change.done < 80
    result = ask(shelf, photos[3])
    assert (result.model, result.searchable) == ("tiny", 80)
    report = shelf.index()
    assert (report.model, report.updated) == ("zother", 80 - change.done), "it goes on where it stopped"
    assert shelf.models.change() is None
    assert (ask(shelf, photos[3]).model, len(ask(shelf, photos[3]).matches)) == ("zother", 80)


def test_both_can_be_asked_meanwhile(shelf, photos):
    shelf.use_model("zother")
    interrupted(shelf, 30)
    done = shelf.models.change().done
    shelf.ask("zother")
    new = ask(shelf, photos[3])
    assert (new.model, new.searchable) == ("zother", done)
    shelf.ask(None)
    assert (ask(shelf, photos[3]).model, ask(shelf, photos[3]).searchable) == ("tiny", 80)


def test_vectors_of_two_models_never_meet(shelf, photos, tmp_path):
    outside = tmp_path / "outside.jpg"
    picture(3).save(outside)
    shelf.use_model("zother")
    interrupted(shelf, 30)
    old = shelf.search(Query((QueryPicture(outside),)))
    shelf.ask("zother")
    for result in (shelf.refresh(old), shelf.rerun(old.entry_id), ask(shelf, outside)):
        assert result.model == "zother"
        assert result.matches[0].distance < 0.01
    assert shelf.refresh(old).searchable < 80


def test_a_restart_goes_on(open_library, photos):
    first = open_library()
    first.index([photos[0].parent])
    first.use_model("zother")
    interrupted(first, 30)
    done = first.models.change().done
    first.close()
    second = open_library()
    assert second.models.change() == Change("zother", done, 80)
    assert second.index().model == "zother"


def test_a_change_that_is_given_up_leaves_the_old_model(shelf, photos):
    shelf.use_model("zother")
    interrupted(shelf, 30)
    done = shelf.models.change().done
    shelf.models.keep_answering()
    assert shelf.models.change() is None
    assert shelf.index().model == "tiny"
    shelf.use_model("zother")
    assert shelf.models.change().done == done, "what was embedded is kept"


class GiveUp:
    """Gives up the change while its last photos are embedded."""

    def __init__(self, library):
        self._library = library

    def __call__(self, progress):
        if progress.stage.startswith("embedding") and progress.done == progress.total:
            self._library.models.keep_answering()


def test_a_change_that_is_given_up_at_the_last_moment_does_not_happen(shelf):
    shelf.use_model("zother")
    assert shelf.index(job=Job(GiveUp(shelf))).model == "tiny"


def test_going_back_is_done_at_once(shelf, photos):
    shelf.use_model("zother")
    shelf.index()
    shelf.use_model("tiny")
    assert shelf.models.change() is None
    assert (ask(shelf, photos[3]).model, ask(shelf, photos[3]).searchable) == ("tiny", 80)


def test_going_back_embeds_what_came_since(shelf, photos, make_photos):
    shelf.use_model("zother")
    shelf.index()
    make_photos(photos[0].parent, 2, first=500)
    shelf.index()
    shelf.use_model("tiny")
    assert shelf.models.change() == Change("tiny", 80, 82)
    assert shelf.index().updated == 2
    assert ask(shelf, photos[3]).model == "tiny"


def test_a_photo_that_changes_meanwhile_is_embedded_by_both(shelf, photos):
    shelf.use_model("zother")
    interrupted(shelf, 80 - 1)
    picture(999).save(photos[5])
    report = shelf.index()
    assert report.model == "zother"
    assert len(ask(shelf, photos[5]).matches) == 80


def test_photos_on_a_drive_that_is_away_hold_the_change_back(shelf, photos, tmp_path, make_photos):
    usb = make_photos(tmp_path / "usb", 3, first=300)[0].parent
    shelf.index([usb])
    usb.rename(tmp_path / "unplugged")
    shelf.use_model("zother")
    assert shelf.index().model == "tiny"
    assert shelf.models.change() == Change("zother", 80, 83)
    (tmp_path / "unplugged").rename(usb)
    assert shelf.index().model == "zother"


def test_a_drive_that_is_away_is_no_hindrance_once_its_photos_are_embedded(shelf, tmp_path, make_photos):
    usb = make_photos(tmp_path / "usb", 3, first=300)[0].parent
    shelf.index([usb])
    shelf.use_model("zother")
    interrupted(shelf, 83 - 1)
    shelf.index()
    shelf.use_model("tiny")
    usb.rename(tmp_path / "unplugged")
    shelf.use_model("zother")
    assert shelf.models.in_use().name == "zother"


def test_a_model_that_goes_away_while_it_fills_in_is_given_up(shelf, photos, models_folder):
    place = shutil.copytree(models_folder / "zother", shelf.folder / "models" / "mine")
    manifest = place / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"zother"', '"mine"').replace("squash", "crop"))
    shelf.use_model("mine")

    class Remove:
        def __call__(self, progress):
            if progress.stage.startswith("embedding") and place.exists():
                shelf.remove_model("mine")

    assert shelf.index(job=Job(Remove())).model == "tiny"
    assert shelf.models.change() is None
    assert ask(shelf, photos[3]).model == "tiny"


def test_a_model_that_is_asked_and_then_removed_gives_way(shelf, photos, models_folder):
    place = shutil.copytree(models_folder / "zother", shelf.folder / "models" / "mine")
    manifest = place / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"zother"', '"mine"').replace("squash", "crop"))
    shelf.use_model("mine")
    interrupted(shelf, 30)
    shelf.ask("mine")
    assert ask(shelf, photos[3]).model == "mine"
    shelf.remove_model("mine")
    assert (ask(shelf, photos[3]).model, shelf.asked) == ("tiny", None)


def test_only_a_model_that_is_there_can_be_asked(shelf):
    with pytest.raises(ModelError, match="no model named nobody"):
        shelf.ask("nobody")
