"""`models`, `doctor` and `train`, run as a user runs them."""

import shutil
from pathlib import Path

import pytest

from cli import machine
from engine.imaging.formats import FormatSupport

MODEL_KEYS = {
    "name", "version", "dim", "licence", "source", "folder", "in_use", "filling", "training", "input", "photos",
    "bytes",
}  # fmt: skip


@pytest.fixture
def two_models(shelf: Path, models_folder: Path) -> Path:
    """A library with a second model of its own."""
    shutil.copytree(models_folder / "tiny", shelf / "models" / "tiny", dirs_exist_ok=True)
    return shelf


def test_models_are_listed(lookalike, two_models):
    models = lookalike("--library", two_models, "models", "--json").document["models"]
    assert [(model["name"], model["source"], model["in_use"]) for model in models] == [
        ("lookalike-2", "bundled", True),
        ("tiny", "library", False),
    ]
    assert all(set(model) == MODEL_KEYS for model in models)
    assert "in use  lookalike-2" in lookalike("--library", two_models, "models", "list").text


def test_another_model_takes_over_when_every_photo_is_embedded(lookalike, two_models, photos):
    lookalike("--library", two_models, "models", "use", "tiny")
    assert "takes over when every photo is embedded" in lookalike("--library", two_models, "models").text
    report = lookalike("--library", two_models, "index", "--json").document
    assert report["updated"] == 12
    answer = lookalike("--library", two_models, "search", photos / "photo_03.jpg", "--json").document
    assert answer["query"]["model"] == "tiny"
    assert Path(answer["matches"][0]["path"]).name == "photo_03.jpg"


def test_a_model_is_exported_added_elsewhere_and_removed(lookalike, shelf, models_folder, tmp_path):
    here = ("--library", shelf, "models")
    added = lookalike(*here, "add", models_folder / "tiny", "--json")
    assert [model["name"] for model in added.document["models"]] == ["lookalike-2", "tiny"]
    assert "models use tiny" in added.err
    exported = lookalike(*here, "export", "tiny", tmp_path / "tiny.onnx", "--json").document
    assert exported == {"models": [{"name": "tiny", "file": str(tmp_path / "tiny.onnx")}]}
    removed = lookalike(*here, "remove", "tiny", "--json").document["models"]
    assert [model["name"] for model in removed] == ["lookalike-2"]
    again = lookalike(*here, "add", tmp_path / "tiny.onnx", "--json").document["models"]
    assert [(model["name"], model["dim"], model["source"]) for model in again] == [
        ("lookalike-2", 256, "bundled"),
        ("tiny", 32, "library"),
    ]


def test_what_is_no_model_is_not_added(lookalike, shelf, photos):
    outcome = lookalike("--library", shelf, "models", "add", photos / "letter.txt")
    assert outcome.status == 1
    assert "not an ONNX model" in outcome.err


def test_the_bundled_model_stays(lookalike, shelf):
    outcome = lookalike("--library", shelf, "models", "remove", "lookalike-2")
    assert outcome.status == 1
    assert "answers searches" in outcome.err


def test_index_can_name_the_model(lookalike, models_folder, photos, tmp_path):
    shutil.copytree(models_folder / "tiny", tmp_path / "lib" / "models" / "tiny")
    report = lookalike(
        "--library", tmp_path / "lib", "index", photos, "--model", "tiny", "--workers", 1, "--json"
    ).document
    assert (report["model"], report["added"]) == ("tiny", 12)


def test_a_good_model_passes_the_check(lookalike, models_folder, tmp_path):
    outcome = lookalike("--library", tmp_path / "lib", "models", "check", models_folder / "tiny", "--json")
    assert outcome.status == 0
    (check,) = outcome.document["models"]
    assert (check["ok"], check["problems"], check["name"], check["dim"]) == (True, [], "tiny", 32)
    assert "tiny: it works" in lookalike("--library", tmp_path / "lib", "models", "check", models_folder / "tiny").text


def test_a_file_that_is_no_model_does_not_pass(lookalike, photos, tmp_path):
    outcome = lookalike("--library", tmp_path / "lib", "models", "check", photos / "letter.txt", "--json")
    assert outcome.status == 1
    (check,) = outcome.document["models"]
    assert not check["ok"]
    assert check["problems"]
    said = lookalike("--library", tmp_path / "lib", "models", "check", photos / "letter.txt")
    assert "it cannot be used" in said.text


@pytest.mark.parametrize("arguments", [["use", "nobody"], ["check", "/no/such/model"]])
def test_a_model_that_is_not_there_is_a_sentence(lookalike, tmp_path, arguments):
    outcome = lookalike("--library", tmp_path / "lib", "models", *arguments, "--json")
    assert (outcome.status, outcome.out) == (1, b"")
    assert outcome.err.startswith("lookalike: There is no ")


def test_doctor_tells_what_the_machine_offers(lookalike, tmp_path):
    outcome = lookalike("--library", tmp_path / "not made", "doctor", "--json")
    found = outcome.document
    assert outcome.status == 0
    assert [*found] == [
        "lookalike",
        "python",
        "system",
        "libraries",
        "sqlite",
        "providers",
        "formats",
        "library",
        "missing",
        "problems",
    ]
    proofs = {proof["name"]: proof for proof in found["providers"]}
    assert proofs["CPUExecutionProvider"]["works"]
    assert all([*proof] == ["name", "available", "works", "detail", "cure"] for proof in proofs.values())
    formats = {form["name"]: form for form in found["formats"]}
    assert formats["JPEG"]["available"]
    assert ".jpg" in formats["JPEG"]["extensions"]
    assert found["libraries"]["numpy"]
    assert found["library"]["folder"] == str(tmp_path / "not made")
    assert not found["library"]["exists"]
    assert not (tmp_path / "not made").exists()
    assert found["problems"] == []


def test_doctor_says_the_same_in_words(lookalike, tmp_path):
    said = lookalike("--library", tmp_path, "doctor").text
    assert "CPUExecutionProvider works: " in said
    assert said.endswith("Problems\n  none found\n")


def test_doctor_finds_two_runtimes_in_one_folder(lookalike, tmp_path):
    for name in ("onnxruntime", "onnxruntime_gpu"):
        info = tmp_path / f"{name}-9.9.9.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 9.9.9\n")
    (problem,) = lookalike("doctor", "--json", PYTHONPATH=str(tmp_path)).document["problems"]
    assert problem["problem"].startswith("onnxruntime and onnxruntime-gpu are installed together")
    assert "-m pip uninstall --yes onnxruntime onnxruntime-gpu && " in problem["cure"]
    assert problem["cure"].endswith("-m pip install onnxruntime-gpu")


def test_doctor_tells_what_could_be_installed_and_how():
    heic, jpeg = (
        FormatSupport(name, (), name, name == "JPEG", "pip install 'lookalike[formats]'") for name in ("HEIC", "JPEG")
    )
    (formats,) = machine._missing_formats([heic, jpeg])
    assert formats == machine.Problem(
        "Photos of these formats cannot be read: HEIC.", "pip install 'lookalike[formats]'"
    )
    (torch,) = machine._missing_trainer({"torch": None, "torchvision": None})
    assert "torch and torchvision are not installed" in torch.problem
    assert torch.cure == "pip install 'lookalike[train]'"
    assert [*machine._missing_trainer({"torch": "2", "torchvision": "1"})] == []


def test_doctor_survives_a_broken_runtime(lookalike, tmp_path):
    (tmp_path / "onnxruntime").mkdir()
    (tmp_path / "onnxruntime" / "__init__.py").write_text("")
    found = lookalike("doctor", "--json", PYTHONPATH=str(tmp_path)).document
    assert found["providers"] == []
    assert found["problems"][0]["problem"].startswith("ONNX Runtime does not load")
    assert "pip install" in found["problems"][0]["cure"]


def test_training_without_torch_says_what_to_install(lookalike, photos, tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise ModuleNotFoundError('No module named torch', name='torch')")
    outcome = train(lookalike, tmp_path, photos, "mine", PYTHONPATH=str(tmp_path))
    assert (outcome.status, outcome.out) == (1, b"")
    assert outcome.err.startswith("lookalike: Training needs torch, which is not installed.\nInstall it: ")
    assert "-m pip install" in outcome.err


@pytest.mark.slow
def test_training_without_a_teacher_is_a_sentence(here, photos, tmp_path):
    outcome = train(here, tmp_path, photos, "mine")
    assert (outcome.status, outcome.out) == (1, b"")
    assert "no teacher" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("base", "said"), [("absent", "There is no model named absent"), ("lookalike-2", "no teacher")]
)
def test_a_training_looks_for_the_model_it_goes_on_from(here, photos, tmp_path, base, said):
    outcome = train(here, tmp_path, photos, "mine", base=base)
    assert (outcome.status, outcome.out) == (1, b"")
    assert said in outcome.err


def train(lookalike, tmp_path, photos, name, base=None, **environment):
    """Try to train on the photos with a teacher that is not there."""
    going_on = ("--base", base) if base else ()
    return lookalike(
        "--library", tmp_path / "lib", "train", photos, "--recipe", "distill",
        "--teacher", tmp_path / "no teacher", *going_on, "--out", name, "--json", **environment,
    )  # fmt: skip
