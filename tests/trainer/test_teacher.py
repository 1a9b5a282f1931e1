import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

import torch
from safetensors.torch import save_file
from torch import nn

from engine.errors import ModelError, NotFoundError
from trainer.backbones.teacher import Teacher, load_teacher


@pytest.fixture
def strided():
    """The first convolution of a teacher: 3 x 3, stride 2."""
    layer = Teacher().features[0][0]
    nn.init.ones_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def test_a_teacher_gives_features_and_logits(teacher_file):
    teacher = load_teacher(teacher_file).network
    features = teacher(torch.rand(2, 3, 48, 48))
    assert features.shape == (2, 1280)
    assert features.min() >= 0
    assert teacher.logits(features).shape == (2, 1000)
    assert not teacher.training
    assert not any(weight.requires_grad for weight in teacher.parameters())


def test_the_background_class_is_left_out(teacher_file):
    teacher = load_teacher(teacher_file).network
    features = torch.rand(1, 1280)
    assert torch.equal(teacher.logits(features), teacher.classifier(features)[:, 1:])


@pytest.mark.parametrize(("side", "corners"), [(4, (27, 12)), (5, (12, 12))])
def test_strided_convolutions_pad_as_tensorflow_does(strided, side, corners):
    """An even side gets its one missing pixel at the right and the bottom, an odd one gets one all around."""
    result = strided(torch.ones(1, 3, side, side))[0, 0]
    assert (result[0, 0].item(), result[-1, -1].item()) == corners


def test_the_digest_tells_files_apart(teacher_file, tmp_path):
    state = {name: value.half() for name, value in Teacher().state_dict().items()}
    save_file(state, tmp_path / "other.safetensors")
    assert load_teacher(teacher_file).digest != load_teacher(tmp_path / "other.safetensors").digest
    assert load_teacher(teacher_file).digest == load_teacher(teacher_file).digest


def test_the_digest_tells_poolings_apart(teacher_file):
    """What one teacher made of photos is not what the other would."""
    assert load_teacher(teacher_file).digest != load_teacher(teacher_file, "central").digest


def test_a_teacher_answers_in_single_precision_whatever_its_student_learns_in(teacher_file):
    teacher, pictures = load_teacher(teacher_file).network, torch.rand(2, 3, 48, 48)
    features, maps = teacher(pictures), teacher.maps(pictures, 3)
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(teacher(pictures), features)
        assert all(torch.equal(*pair) for pair in zip(teacher.maps(pictures, 3), maps, strict=True))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match=r"There is no teacher at .*absent"):
        load_teacher(tmp_path / "absent.safetensors")


def test_a_folder_is_no_teacher(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        load_teacher(tmp_path)


def test_a_damaged_file_is_refused(teacher_file, tmp_path):
    (tmp_path / "torn.safetensors").write_bytes(teacher_file.read_bytes()[:1000])
    with pytest.raises(ModelError, match="no safetensors file, or damaged"):
        load_teacher(tmp_path / "torn.safetensors")


def test_another_network_is_refused(tmp_path):
    save_file({"weight": torch.zeros(3)}, tmp_path / "other.safetensors")
    with pytest.raises(ModelError, match="another network than MobileNetV2"):
        load_teacher(tmp_path / "other.safetensors")
