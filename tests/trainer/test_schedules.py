import pytest

from trainer.schedules import (
    average_decay,
    bit_hyperrule,
    compat_cosine_rate,
    compat_decaying_rate,
    learning_rate_factor,
    picture_side,
    restarting_factor,
    restarting_steps,
    warm_cosine_factor,
)


def test_the_learning_rate_rises_then_falls_and_is_never_zero():
    factors = [learning_rate_factor(step, 100, 0.1) for step in range(100)]
    assert factors[0] == pytest.approx(0.1)
    assert max(factors) == factors[9] == 1
    assert factors[9:] == sorted(factors[9:], reverse=True)
    assert min(factors[10:]) > 0


def test_a_warm_up_may_be_counted_in_steps():
    assert [warm_cosine_factor(step, 100, 10) for step in range(100)] == [
        learning_rate_factor(step, 100, 0.1) for step in range(100)
    ]
    assert warm_cosine_factor(0, 5, 0) == 1


def test_a_single_step_learns_at_full_rate():
    assert learning_rate_factor(0, 1, 0.05) == 1


def test_the_rate_begins_anew_after_ever_longer_rounds():
    factors = [restarting_factor(step, 10) for step in range(70)]
    assert [step for step, factor in enumerate(factors) if factor == 1] == [0, 10, 30]
    assert factors[5] == factors[20] == pytest.approx(0.505)  # half-way down
    assert factors[30] > factors[69]
    assert min(factors) == factors[69] > 0


def test_rounds_may_be_equally_long():
    assert [step for step in range(30) if restarting_factor(step, 10, multiplier=1) == 1] == [0, 10, 20]


@pytest.mark.parametrize(
    ("wanted", "most", "multiplier", "steps"),
    [
        (10, 2000, 2, 10),
        (19, 2000, 2, 10),
        (20, 2000, 2, 30),  # as near as 10
        (49, 2000, 2, 30),
        (100, 2000, 2, 70),
        (1000, 2000, 2, 1270),
        (1000, 1200, 2, 630),
        (20, 29, 2, 10),
        (32, 2000, 1, 30),
        (35, 2000, 1, 40),
    ],
)
def test_trainings_with_restarts_end_where_the_rate_is_lowest(wanted, most, multiplier, steps):
    assert restarting_steps(wanted, most, 10, multiplier) == steps
    factors = [restarting_factor(step, 10, multiplier) for step in range(steps + 1)]
    assert factors[steps - 1] < 0.05
    assert factors[steps] == 1


def test_the_cosine_of_the_first_system_is_as_it_was():
    """Its first epoch has a rate of 0, and its cosine is not moved by the warm-up: 0.0200, then 0.0198."""
    assert compat_cosine_rate(0) == 0
    assert compat_cosine_rate(10) == pytest.approx(0.01)
    assert [round(compat_cosine_rate(epoch), 4) for epoch in (20, 21, 150, 300)] == [0.02, 0.0198, 0.01, 0]


def test_the_decay_of_the_second_system_is_as_it_was():
    rates = [compat_decaying_rate(epoch) * 1e5 for epoch in range(50)]
    assert rates[:7] == pytest.approx([1, 1.8, 2.6, 3.4, 4.2, 5, 4.2])
    assert rates[7] == pytest.approx(1 + 4 * 0.64)
    assert rates[-1] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("photos", "supports", "mixup"),
    [
        (10, [100, 200, 300, 400, 500], 0.0),
        (19_999, [100, 200, 300, 400, 500], 0.0),
        (20_000, [500, 3000, 6000, 9000, 10_000], 0.1),
        (50_000, [500, 3000, 6000, 9000, 10_000], 0.1),  # CIFAR
        (499_999, [500, 3000, 6000, 9000, 10_000], 0.1),
        (500_000, [500, 6000, 12_000, 18_000, 20_000], 0.1),
        (1_281_167, [500, 6000, 12_000, 18_000, 20_000], 0.1),  # ImageNet
    ],
)
def test_the_hyperrule_is_the_official_table(photos, supports, mixup):
    rule = bit_hyperrule(photos)
    assert (rule.mixup, rule.learning_rate) == (mixup, 0.003)
    assert [rule.warm_up, *rule.boundaries, rule.end] == supports


def official_rate(step, supports, rate=0.003):
    """`get_lr` of google-research/big_transfer."""
    if step < supports[0]:
        return rate * step / supports[0]
    for support in supports[1:]:
        if support < step:
            rate /= 10
    return rate


def test_the_rate_of_the_hyperrule_is_the_official_one_a_step_sooner():
    """Theirs has a first step that learns nothing."""
    rule, supports = bit_hyperrule(184), [100, 200, 300, 400, 500]
    for step in range(rule.end - 1):
        assert rule.rate(step) == pytest.approx(official_rate(step + 1, supports)), step
    assert rule.rate(0) == pytest.approx(0.00003)


def test_a_smaller_batch_scales_the_rate_and_leaves_the_steps_alone():
    full, small = bit_hyperrule(184), bit_hyperrule(184, batch=64)
    assert small.learning_rate == pytest.approx(3.75e-4)
    assert (small.warm_up, small.boundaries, small.end) == (full.warm_up, full.boundaries, full.end)


def test_small_pictures_come_first():
    sides = [picture_side(step, 10, small=96, full=128, full_share=0.4) for step in range(10)]
    assert sides == [96] * 6 + [128] * 4


def test_the_average_forgets_quickly_at_first():
    assert average_decay(0, 0.999) == pytest.approx(0.1)
    assert average_decay(100_000, 0.999) == 0.999
