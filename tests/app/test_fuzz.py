"""No request that can be made from the API's description, or against it, is a server error.

A few of each kind: ``python -m bench.api_fuzz`` is the long run.
"""

import pytest

from tests.app.fuzzing import fuzz, served


@pytest.mark.db
@pytest.mark.timeout(600)
# The server in the other thread may use `random`, which Hypothesis takes for the strategy.
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")
def test_no_request_is_a_server_error(settings, engine):
    with served(settings) as running:
        statuses = fuzz(running, examples=2)
    assert {"200", "404", "422"} <= statuses.keys()
    assert sum(statuses.values()) > 100
