import pytest

from trainer.schedules import average_decay, learning_rate_factor, picture_side


def test_the_learning_rate_rises_then_falls_and_is_never_zero():
    factors = [learning_rate_factor(step, 100, 0.1) for step in range(100)]
    assert factors[0] == pytest.approx(0.1)
    assert max(factors) == factors[9] == 1
    assert factors[9:] == sorted(factors[9:], reverse=True)
    assert min(factors[10:]) > 0


def test_a_single_step_learns_at_full_rate():
    assert learning_rate_factor(0, 1, 0.05) == 1


def test_small_pictures_come_first():
    sides = [picture_side(step, 10, small=96, full=128, full_share=0.4) for step in range(10)]
    assert sides == [96] * 6 + [128] * 4


def test_the_average_forgets_quickly_at_first():
    assert average_decay(0, 0.999) == pytest.approx(0.1)
    assert average_decay(100_000, 0.999) == 0.999
