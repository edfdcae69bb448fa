"""What sort of question a message is."""

import numpy as np
import pytest

from zhanggui.service.kinds import Sorter

SORTER = Sorter(["policy", "order"], np.array([[2.0, 0.0, 0.0], [0.0, 2.0, 0.5]]))


def chances(*vector):
    return SORTER.chances(np.array(vector, np.float32))


def test_the_sort_that_a_vector_points_to_is_likeliest():
    assert chances(1, 0)["sort_policy"] > chances(1, 0)["sort_order"]
    assert chances(0, 1)["sort_order"] > chances(0, 1)["sort_policy"]


def test_chances_sum_to_one_however_far_apart():
    assert sum(chances(0.3, 0.1).values()) == pytest.approx(1)
    assert sum(chances(9999, 0).values()) == pytest.approx(1)


def test_where_nothing_points_the_usual_sort_is_likelier():
    found = chances(0, 0)
    assert found["sort_order"] / found["sort_policy"] == pytest.approx(np.exp(0.5))
