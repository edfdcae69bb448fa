"""The other end of :mod:`zhanggui.base.confined`: a script that runs one worker's file.

It imports nothing of the project and starts without `site`, in a few hundredths of a second. The
worker's file has ``answer(request, data)``, which yields frames (tuples of plain values),
``reason(error, data)``, which names a failure in a word, and the limits ``MAX_MEMORY`` (bytes) and
``MAX_CPU_SECONDS``.

In, on standard input: the request as a line of JSON, then the bytes. Out: frames of a 4-byte
length and a marshalled value, last ``("end",)`` or ``("error", word)``.
"""

from __future__ import annotations

import json
import marshal
import runpy
import struct
import sys
from typing import Any


def main(path: str) -> None:
    """Answer one request."""
    worker = runpy.run_path(path)
    _limit(worker["MAX_MEMORY"], worker["MAX_CPU_SECONDS"])
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        for frame in worker["answer"](request, data):
            _send(frame)
        _send(("end",))
    except MemoryError:
        _send(("error", "large"))
    except BaseException as error:  # A panic in an engine is no Exception.
        _send(("error", worker["reason"](error, data)))


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Not on Windows.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(value: tuple[Any, ...]) -> None:
    frame = marshal.dumps(value)
    sys.stdout.buffer.write(struct.pack("<I", len(frame)) + frame)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
