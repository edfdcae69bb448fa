"""Which stages a product is shown on."""

from __future__ import annotations

import pytest

from zhanggui.studio.stages import Light, Stage, pick
from zhanggui.studio.stages.stage import Podium, StageKind

SEEDS = range(20)


def a_stage(
    name: str, style: str, kind: StageKind = "standing", podium: float | None = None
) -> Stage:
    """A stage of which only what choosing looks at matters."""
    return Stage(
        id=name,
        style=style,
        zh=name,
        en=name,
        file=f"{name}.webp",
        width=960,
        height=1280,
        kind=kind,
        stand=(0.5, 0.74),
        safe=(0.18, 0.16, 0.82, 0.77),
        horizon=0.33,
        floor_line=0.62,
        pitch=5,
        fov=28,
        light=Light(towards=(-0.6, 0.64, 0.48), colour=(1, 1, 1), softness=6, share=0.6),
        ambient=(1, 1, 1),
        reflectivity=0,
        roughness=1,
        podium=None if podium is None else Podium(width=podium, front=0.8),
    )


MANY = [a_stage(f"{style}-{number}", style) for style in "abcdefgh" for number in (1, 2)]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_style_comes_twice_before_all_came_once(seed: int) -> None:
    chosen = pick(MANY, count=16, aspect=0.6, seed=seed)
    assert len({each.id for each in chosen}) == 16
    assert {each.style for each in chosen[:8]} == set("abcdefgh")


def test_the_same_seed_chooses_the_same_and_others_choose_others() -> None:
    def chosen(among: list[Stage], seed: int) -> tuple[str, ...]:
        return tuple(each.id for each in pick(among, count=4, aspect=1, seed=seed))

    assert chosen(MANY, 2) == chosen(MANY[::-1], 2)
    assert len({chosen(MANY, seed) for seed in SEEDS}) > 10


@pytest.mark.parametrize("seed", SEEDS)
def test_stages_that_suit_the_kind_come_first_and_others_fill_up(seed: int) -> None:
    hooks = [a_stage("hook", "b", "hanging"), a_stage("rail", "wood", "hanging")]
    chosen = pick([*MANY, *hooks], kinds=("hanging", "standing"), count=5, aspect=0.8, seed=seed)
    assert {each.id for each in chosen[:2]} == {"hook", "rail"}
    assert {each.kind for each in chosen[2:]} == {"standing"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wide_product_gets_wide_podiums_while_there_are_any(seed: int) -> None:
    among = [a_stage(f"{style}-narrow", style, podium=0.2) for style in "abcd"]
    among += [a_stage(f"{style}-wide", style, podium=0.7) for style in "cdef"]
    wide = pick(among, count=4, aspect=1.4, seed=seed)
    assert {each.id for each in wide} == {"c-wide", "d-wide", "e-wide", "f-wide"}
    slim = {each.id for each in pick(among, count=8, aspect=0.2, seed=seed)}
    assert slim == {each.id for each in among}


def test_named_styles_keep_their_order() -> None:
    chosen = pick(MANY, styles=("f", "b"), count=3, aspect=1, seed=1)
    assert [each.style for each in chosen] == ["f", "b", "f"]


def test_what_was_sent_back_is_left_out() -> None:
    chosen = pick(MANY, count=16, aspect=1, seed=1, without=("a", "b-1"))
    assert not {"a-1", "a-2", "b-1"} & {each.id for each in chosen}


def test_few_stages_come_again_only_after_all_did() -> None:
    chosen = pick(MANY[:3], count=5, aspect=1, seed=1)
    assert len({each.id for each in chosen[:3]}) == 3
    assert [each.id for each in chosen[3:]] == [each.id for each in chosen[:2]]


def test_nothing_suits_where_there_is_nothing() -> None:
    assert pick(MANY, kinds=("folded",), count=3, aspect=1, seed=1) == []
