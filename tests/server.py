"""A server of the project's own command, run as a merchant runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Self

import httpx

# Only against a hang: on a busy machine the demo shop takes a while.
_READY_SECONDS = 240
_STOP_SECONDS = 180
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S+")


class Server:
    """`zhanggui up` on a free port of this machine, in a process and a data folder of its own."""

    def __init__(self, command: Path, data: Path, *arguments: str, **settings: str) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._command, self._data = command, data
        self._output = data.parent / f"{data.name}.log"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        more = {f"ZHANGGUI_{name.upper()}": value for name, value in settings.items()}
        self._environment = {
            **environment, **more, "ZHANGGUI_DATA": str(data), "PYTHONUNBUFFERED": "1"
        }  # fmt: skip
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [command, "up", "--host", "127.0.0.1", "--port", "0", *arguments],
                env=self._environment,
                cwd=data,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.sign_in_url = ""
        """The one-time link that signs the owner in."""
        try:
            self._wait_until_ready()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return "/".join(self.sign_in_url.split("/")[:3])

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self._data

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def another_link(self) -> str:
        """Another one-time link that signs the owner in."""
        done = subprocess.run(
            [self._command, "owner-link"],
            env=self._environment,
            cwd=self._data,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(_STOP_SECONDS)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._process.poll() is None:
            self.interrupt()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended at its start:\n{self.output}")
            link = _LINK.search(self.output)
            if link is not None:
                self.sign_in_url = link.group()
                try:
                    if httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
            time.sleep(0.1)
        raise RuntimeError(f"the server was not ready in {_READY_SECONDS} s:\n{self.output}")
