"""How much of what a network has learned stays, by what photos say that were kept back."""

from itertools import product

import numpy as np
import pytest

pytest.importorskip("torch", reason="the trainer needs the extra [train]")

from trainer.fine_tuning.finishing import LAYERS, STAYS, UNTOUCHED, UNTRIED, Finish, Trial, best_finish
from trainer.recipes.linear import MOST_LOST_BY_OTHERS, NOTHING, STRENGTHS, Choice

FINISHES = [Finish(*one) for one in product(STAYS, LAYERS)]
SOME = Choice(STRENGTHS[0], 0.1, turned=True)


def division(seen, unseen=None, *, learned=0.5):
    """Trials worth 0.5 to their own subjects (so much with something learned) and 0.4 to others, but those named."""
    usual = {finish: [learned if finish.stays else 0.5] for finish in FINISHES}
    return {
        finish: Trial(np.array((usual | seen)[finish]), np.array((unseen or {}).get(finish, [0.4])))
        for finish in FINISHES
    }


GOOD, BETTER = Finish(0.2, SOME), Finish(0.5, Choice(STRENGTHS[0], 0.2, turned=True))


def test_the_photos_of_all_divisions_decide_together():
    lucky = division({BETTER: [0.9], GOOD: [0.6]})
    assert best_finish([lucky]) == BETTER
    larger = division({BETTER: [0.5, 0.5, 0.5], GOOD: [0.7, 0.7, 0.7]})
    assert best_finish([lucky, larger]) == GOOD  # by photos, not by divisions


def test_what_takes_more_from_other_subjects_than_allowed_is_left():
    tolerable, too_much = 0.4 - MOST_LOST_BY_OTHERS / 2, 0.4 - MOST_LOST_BY_OTHERS * 2
    trials = division({BETTER: [0.9], GOOD: [0.8]}, {BETTER: [too_much], GOOD: [tolerable]})
    assert best_finish([trials]) == GOOD


def test_a_network_that_learned_nothing_of_use_goes_back_to_what_it_was():
    assert best_finish([division({Finish(0.0, SOME): [0.6]}, learned=0.1)]) == Finish(0.0, SOME)
    assert best_finish([division({}, learned=0.1)]) == UNTOUCHED


def test_where_all_that_was_learned_takes_from_others_only_the_layer_is_left():
    trials = division({Finish(0.0, SOME): [0.6]}, {one: [0.1] for one in FINISHES if one.stays}, learned=0.9)
    assert best_finish([trials]) == Finish(0.0, SOME)


def test_of_what_is_as_good_the_network_without_a_layer_is_taken():
    assert best_finish([division({one: [0.9] for one in FINISHES if one.stays == 0.5})]) == Finish(0.5, NOTHING)


def test_where_nothing_can_be_told_of_other_subjects_nothing_is_forbidden():
    silent = division({BETTER: [0.9]}, {finish: [np.nan] for finish in FINISHES})
    assert best_finish([silent]) == BETTER


def test_photos_without_an_answer_do_not_count():
    assert best_finish([division({BETTER: [np.nan, 0.9], GOOD: [0.8, 0.8]})]) == BETTER


def test_too_few_photos_to_choose_with():
    assert best_finish([]) == UNTRIED
