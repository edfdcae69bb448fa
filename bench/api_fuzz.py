"""Many requests of every shape at every operation of the API: none may be a server error.

python -m bench.api_fuzz [EXAMPLES] [sqlite|postgresql]

EXAMPLES (200) right requests for each operation, and as many wrong ones. The demo shop is loaded,
so that there is something to read and to change; half of the requests name records there are;
rate limits are off; what is a person's own is asked with a session of the owner.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis.errors import HypothesisDeprecationWarning

from tests.app.fuzzing import fuzz, served
from tests.postgres import PostgresServer
from zhanggui.base import logs
from zhanggui.base.settings import Settings


def main() -> None:
    """Print how often each status came."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    engine = sys.argv[2] if len(sys.argv) > 2 else "sqlite"
    # The server in the other thread may use `random`, which Hypothesis takes for the strategy.
    warnings.simplefilter("ignore", HypothesisDeprecationWarning)
    with _house(engine) as settings:
        logs.configure(settings)
        started = time.process_time()
        with served(settings, demo=True) as running:
            statuses = fuzz(running, examples=examples, say=_say)
        figures = {
            "operations": sum(map(len, running.document["paths"].values())),
            "examples_each": examples,
            "engine": engine,
            "requests": statuses.total(),
            "server_errors": sum(n for status, n in statuses.items() if status.startswith("5")),
            "statuses": dict(sorted(statuses.items())),
            "cpu_s": round(time.process_time() - started, 1),
        }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


@contextmanager
def _house(engine: str) -> Iterator[Settings]:
    """Settings of a house that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), log_level="error")
        if engine == "sqlite":
            yield settings
            return
        server = PostgresServer.start()
        try:
            urls = server.create_database()
            named = {"database_url": urls.application, "database_owner_url": urls.owner}
            yield settings.model_copy(update=named)
        finally:
            server.stop()


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
