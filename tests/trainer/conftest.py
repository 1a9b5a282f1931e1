"""A tiny random teacher, a handful of generated photos, and settings that train in seconds."""

from pathlib import Path

import pytest
from PIL import Image

from tests.samples import write_teacher


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Threads that wait for each other are slow on a busy machine, and these networks are tiny."""
    torch = pytest.importorskip("torch", reason="the trainer needs the extra [train]")
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def teacher_file(tmp_path_factory):
    """A teacher that was never taught."""
    return write_teacher(tmp_path_factory.mktemp("teacher"))


@pytest.fixture
def photos(tmp_path, make_photos):
    """A folder with twelve photos and one that is smaller than a view."""
    folder = tmp_path / "photos"
    make_photos(folder, 12)
    Image.new("RGB", (20, 16), "red").save(folder / "small.png")
    return folder


@pytest.fixture(scope="session")
def config():
    """The recipe in small."""
    from trainer.recipes.distill import DistillConfig
    from trainer.recipes.hints import HintPlan, HintStage

    return DistillConfig(
        hints=HintPlan((HintStage(0, 7, 32, 2), HintStage(7, 19, 32, 1)), batch_size=6),
        epochs=2,
        batch_size=6,
        dim=16,
        views=2,
        side=32,
        small_side=32,
        teacher_side=48,
        device="cpu",
        seed=3,
    )


@pytest.fixture
def full_disk():
    """full_disk(file): whatever is written there finds no space left."""
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("this system has no /dev/full")
    return lambda file: file.symlink_to(device)
