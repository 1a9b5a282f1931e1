import json
from dataclasses import asdict, replace

import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

from engine.errors import BadRequestError, NotFoundError
from trainer.recipes.distill import DistillConfig
from trainer.recipes.hints import HintPlan, HintStage
from trainer.recipes.settings import read_settings


def written(tmp_path, document):
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_settings_come_back_as_they_were(tmp_path):
    settings = replace(DistillConfig(), epochs=7, hints=HintPlan((HintStage(0, 3, 32, 5),), learning_rate=0.5))
    file = written(tmp_path, {"settings": asdict(settings), "photos": []})
    assert read_settings(file, DistillConfig()) == settings


def test_what_is_not_named_stays(tmp_path):
    assert read_settings(written(tmp_path, {"settings": {"dim": 64}}), DistillConfig()) == DistillConfig(dim=64)


def test_a_whole_number_may_stand_for_another(tmp_path):
    assert read_settings(written(tmp_path, {"settings": {"temperature": 1}}), DistillConfig()).temperature == 1.0


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"settings": {"colour": 1}}, "There is no setting “colour”"),
        ({"settings": {"hints": {"depth": 1}}}, "There is no setting “depth”"),
        ({"settings": {"epochs": "many"}}, 'The setting “epochs” cannot be "many"'),
        ({"settings": {"epochs": 1.5}}, "The setting “epochs” cannot be 1.5"),
        ({"settings": {"hints": {"stages": [{"first": 0}, 3]}}}, "cannot be 3"),
        ({"settings": []}, "holds no settings"),
        ({}, "holds no settings"),
        ([], "holds no settings"),
    ],
)
def test_wrong_settings_are_refused_by_name(tmp_path, document, sentence):
    with pytest.raises(BadRequestError, match=sentence.replace(".", r"\.")):
        read_settings(written(tmp_path, document), DistillConfig())


def test_a_file_that_is_no_json_is_refused(tmp_path):
    (tmp_path / "x.json").write_bytes(b"\xff{")
    with pytest.raises(BadRequestError, match="holds no settings"):
        read_settings(tmp_path / "x.json", DistillConfig())


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="There is no file"):
        read_settings(tmp_path / "absent.json", DistillConfig())
