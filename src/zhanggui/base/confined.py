"""Reading of untrusted bytes in a process of its own, with a limit on its memory and its time.

An engine of native code can be driven by a damaged or hostile file into endless allocation or
work, which ends the process and not merely the call. See :mod:`zhanggui.base.confined_child` for
what a worker's file has to hold.
"""

from __future__ import annotations

import json
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, cast

_CHILD = Path(__file__).with_name("confined_child.py")


class Stopped(Exception):
    """The worker did not come to its end; `reason` is its word for why: ``large`` when it had more
    memory than it may, ``broken`` when it went without a word, else one of its own."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def frames(
    worker: Path, packages: Sequence[str], request: Mapping[str, Any], data: bytes
) -> Generator[tuple[Any, ...], None, None]:
    """What the worker at `worker` answers; `packages` are the names it imports besides the standard
    library. Raises Stopped. The process ends with the iterator, also when that is left early."""
    command = [sys.executable, "-P", "-S", str(_CHILD), str(worker)]
    environment = {"PYTHONPATH": os.pathsep.join(_places(packages))}
    if root := os.environ.get("SYSTEMROOT"):  # Windows starts nothing without it.
        environment["SYSTEMROOT"] = root
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and files
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    requests, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    try:
        try:
            requests.write(json.dumps(request).encode() + b"\n")
            requests.write(data)
            requests.close()
        except BrokenPipeError:
            raise Stopped("broken") from None
        del data
        for frame in _read(answers):
            if frame[0] == "end":
                return
            if frame[0] == "error":
                raise Stopped(frame[1])
            yield frame
        raise Stopped("broken")
    finally:
        process.kill()
        answers.close()
        process.wait()


def _places(packages: Sequence[str]) -> list[str]:
    """The folders packages lie in: the worker starts without `site`, which is slow."""
    places = []
    for name in packages:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(name)
        origin = Path(spec.origin)
        inner = spec.submodule_search_locations is not None
        places.append(str(origin.parents[1] if inner else origin.parent))
    return list(dict.fromkeys(places))


def _read(stream: BinaryIO) -> Iterator[tuple[Any, ...]]:
    while len(head := stream.read(4)) == 4:
        frame = stream.read(struct.unpack("<I", head)[0])
        yield marshal.loads(frame)  # noqa: S302 - written by our own worker
