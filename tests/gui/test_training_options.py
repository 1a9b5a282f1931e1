"""What an expert can choose about a training: what applies, as it usually is, and nothing that the trainer lacks."""

import json
from dataclasses import fields

import pytest
from places import training, training_options
from PySide6.QtCore import QLocale

from cli.commands import build_parser
from gui.dialogs.training_fields import DecimalField
from gui.training_options import GROUPS, SEED, Option, arguments, options_of
from gui.training_recipes import NETWORKS, RECIPES
from gui.training_records import Plan

# Without a desktop there is nothing a dialog could raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ALL = [option for group in GROUPS.values() for option in group]


def train_parser():
    (commands,) = [action for action in build_parser()._actions if action.dest == "command"]
    return commands.choices["train"]


def shown(page):
    return {name for name, row in page._rows.items() if row.isVisible()}


def test_every_recipe_of_the_trainer_can_be_chosen():
    (recipe,) = [action for action in train_parser()._actions if action.dest == "recipe"]
    assert set(recipe.choices) - {"distill"} == set(RECIPES)


@pytest.mark.parametrize("recipe", NETWORKS)
def test_every_setting_of_a_recipe_can_be_chosen_and_is_as_usual(recipe):
    """By name and value; what is for the recipe alone, too."""
    pytest.importorskip("torch")
    settings = recipe_settings(recipe)
    usual = {one.name: one.default for one in fields(settings)}
    offered = {option.name: option.usual_for(recipe) for option in options_of(recipe) if option.name != SEED}
    assert offered == usual


def recipe_settings(recipe):
    from importlib import import_module

    module = import_module(f"trainer.recipes.{recipe}")
    (settings,) = [
        value
        for name, value in vars(module).items()
        if name.endswith("Settings") and value.__module__ == module.__name__
    ]
    return settings


def test_backbones_and_schedules_are_those_of_the_trainer():
    pytest.importorskip("torch")
    from trainer.backbones.registry import BACKBONES
    from trainer.fine_tuning.settings import SCHEDULES

    choices = {option.name: set(option.choices) for option in ALL}
    assert choices["backbone"] == {"", *BACKBONES}
    assert choices["schedule"] == set(SCHEDULES)


def test_what_does_nothing_beside_other_options_is_what_the_trainer_refuses():
    pytest.importorskip("torch")
    from trainer.fine_tuning.settings import IDLE

    assert {option.name: dict(option.idle) for option in ALL if option.idle} == IDLE
    for option in ALL:
        others = {one.name for recipe in option.recipes for one in options_of(recipe)}
        assert set(option.idle) <= others


@pytest.mark.parametrize("option", ALL, ids=lambda option: f"{option.name}-{option.recipes[0]}")
def test_what_is_usual_is_possible(option):
    for recipe in option.recipes:
        usual = option.usual_for(recipe)
        assert type(usual) is type(option.usual)
        if option.choices:
            assert usual in option.choices
        elif not isinstance(usual, str):
            assert option.least <= usual <= option.most
    assert option.words.endswith(".")


def test_only_what_applies_is_shown(user, photos):
    page = training_options(user, photos).choosing.choice
    assert "epochs" in shown(page)
    assert "margin" not in shown(page)
    page.recipe.setCurrentIndex(page.recipe.findData("triplet"))
    assert {"margin", "mining", "epochs", SEED} <= shown(page)
    assert "alpha" not in shown(page)
    page.recipe.setCurrentIndex(page.recipe.findData("linear"))
    assert shown(page) == {SEED}
    assert page.words.text() == "A layer on top of the model tells the subjects apart. Seconds."


def test_what_does_nothing_beside_what_is_chosen_is_hidden_and_not_told(user, photos):
    page = training_options(user, photos).choosing.choice
    page.recipe.setCurrentIndex(page.recipe.findData("proxy"))
    page.fields["warm_up"].setText("0.3")
    page.fields["warm_up"].editingFinished.emit()
    assert "mixup" not in shown(page)
    assert {"warm_up", "epochs"} <= shown(page)
    assert not {"dim", "first_round"} & shown(page)
    page.fields["schedule"].show_value("restarts")
    assert {"first_round", "round_growth", "epochs"} <= shown(page)
    assert "warm_up" not in shown(page)
    page.fields["first_round"].setValue(3)
    assert page.choice() == ("proxy", {"schedule": "restarts", "first_round": 3})
    page.fields["schedule"].show_value("hyperrule")
    assert not {"epochs", "most_steps", "learning_rate", "first_round"} & shown(page)
    assert page.choice() == ("proxy", {"schedule": "hyperrule"})
    assert [*arguments("proxy", {"schedule": "hyperrule", "epochs": 3})] == ["--set", 'schedule="hyperrule"']
    page.fields["schedule"].show_value("cosine")
    assert page.choice() == ("proxy", {"warm_up": 0.3})  # it was kept


def test_a_choice_reaches_the_trainer(user, photos):
    dialog = training_options(user, photos)
    page = dialog.choosing.choice
    page.recipe.setCurrentIndex(page.recipe.findData("arcface"))
    page.fields["epochs"].setValue(40)
    page.fields["margin"].setText("12.5")
    page.fields["weights"].setText(" random ")
    page.fields["device"].show_value("cpu")
    page.fields[SEED].setValue(3)
    page.done.click()
    assert dialog.choosing.isVisible()
    assert dialog.choosing.chosen.text() == "Angles, 5 settings changed"
    plan = dialog.choosing.plan()
    assert (plan.recipe, plan.expert) == ("arcface", True)
    told = [*arguments(plan.recipe, plan.options)]
    assert told[-2:] == ["--seed", "3"]
    given = train_parser().parse_args(["folder", "--recipe", plan.recipe, *told])
    assert dict(given.set) == {"epochs": 40, "margin": 12.5, "weights": "random", "device": "cpu"}


def test_what_is_not_changed_is_left_to_the_trainer():
    assert [*arguments("thorough", {})] == []
    assert [*arguments("thorough", {"most_steps": 300, "epochs": 20})] == []
    assert [*arguments("linear", {"epochs": 3})] == []  # what does not apply is not told
    name, value = arguments("proxy", {"most_steps": 300})
    assert (name, json.loads(value.partition("=")[2])) == ("--set", 300)


def test_reset_to_defaults(user, photos):
    page = training_options(user, photos).choosing.choice
    page.show_choice("siamese", {"epochs": 3, "distance": "euclidean"})
    assert page.summary() == "Pairs, 2 settings changed"
    page.reset.click()
    assert page.choice() == ("siamese", {})
    assert page.summary() == "Pairs, with the usual settings"


def test_the_choice_is_there_when_the_dialog_is_opened_again(user, photos):
    chosen = Plan((photos[0].parent,), (), "tiny", "triplet", "mine", True, {"margin": 0.3})
    user.workspace.training.plan = chosen
    dialog = training(user, photos)
    assert dialog.choosing.expert.isChecked()
    assert dialog.choosing.plan() == chosen


def test_options_are_for_experts(user, photos):
    choosing = training(user, photos).choosing
    assert not choosing.options.isEnabled()
    choosing.thorough.click()
    assert (choosing.plan().recipe, choosing.plan().options) == ("thorough", {})
    choosing.expert.click()
    assert choosing.options.isEnabled()
    choosing.quick.click()
    assert choosing.plan().recipe == "linear"
    assert not choosing.options.isEnabled()


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


def test_decimals_are_typed_in_the_way_of_the_country(qtbot, german):
    field = DecimalField(Option("rate", "Rate", "Fast.", 0.001, most=10))
    qtbot.addWidget(field)
    field.show_value(0.0003)
    assert field.text() == "0,0003"
    field.setText("0,25")
    assert field.value() == 0.25
    field.setText("11")
    assert field.value() == 0.0003
    field.setText("")
    assert field.value() == 0.0003
    field.show_value(20.0)
    assert field.text() == "20"
