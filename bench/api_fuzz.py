"""Many requests of every shape at every operation of the API: none may be a server error.

python -m bench.api_fuzz [EXAMPLES]     examples for each operation, right and wrong; 200
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from tests.app.fuzzing import fuzz, served
from zhanggui.base import logs
from zhanggui.base.settings import Settings


def main() -> None:
    """Print how often each status came."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), log_level="error")
        logs.configure(settings)
        started = time.process_time()
        with served(settings) as (url, document):
            statuses = fuzz(url, document, examples=examples)
        figures = {
            "operations": sum(map(len, document["paths"].values())),
            "examples_each": examples,
            "engine": "sqlite",
            "requests": sum(statuses.values()),
            "server_errors": sum(n for status, n in statuses.items() if status.startswith("5")),
            "statuses": dict(sorted(statuses.items())),
            "cpu_s": round(time.process_time() - started, 1),
        }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
