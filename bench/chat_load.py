"""Many shoppers at once: how soon each is answered, and that nothing is lost or doubled.

    python -m bench.chat_load [CONVERSATIONS] [SECONDS] [ANSWERERS] [SERVERS]

Serves the demo shop with no language model, with so many processes that think (1): by one server on
SQLite (SERVERS 0), or by so many on one PostgreSQL behind one address. So many conversations (300)
are open at a time, each with its stream; each sends a question every 20 s for so many seconds
(150). A third into it a server is killed as by a power cut and started again; two thirds into it
every client loses its network for ten seconds. A client sends what was not
acknowledged again under the same id and reads on after the last message it saw, as the widget does.
"First reply" is from the first try to send until the program's next message is in the client's
hands; what was sent around the two breaks is counted apart. At the end every conversation is read
from its beginning and compared with what was sent.
Prints one JSON object; fails if a message was lost, doubled, out of order or never answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import statistics
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson

from bench._house import House

EVERY_S = 20.0
BREAK_S = 10.0
READ_S = 300.0
"""How long a server that was just started is given to read its shop."""
QUIET_S = 3.0
QUIET = 0.2
"""A house that takes less of a core than this for so long is ready."""
LAST_S = 90.0
"""How long the last messages are waited for."""
POLITE = ("", "你好，", "请问", "在吗？", "亲，", "麻烦问下，")


@dataclass
class Network:
    """Whether the clients reach anything."""

    up: asyncio.Event = field(default_factory=asyncio.Event)
    cut: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Sent:
    """A message: when it was first tried, and when it was answered."""

    client_id: str
    text: str
    at: float
    seq: int | None = None
    answered: float | None = None


class Client:
    """A shopper's page."""

    def __init__(self, number: int, url: str, key: str, network: Network) -> None:
        self._door = f"{url}/api/chat/{key}"
        self._network = network
        self._http = httpx.AsyncClient(
            headers={
                "X-Zhanggui": "1",
                # Each from an address of its own, as a proxy in front says.
                "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}",
            },
            timeout=httpx.Timeout(30, connect=5),
            limits=httpx.Limits(max_connections=4),
        )
        self.sent: list[Sent] = []
        self.seen = 0
        self.replies: list[tuple[int, float]] = []
        self.is_with_people = False

    async def start(self) -> None:
        """Begin the conversation."""
        answer = await self._http.post(f"{self._door}/conversations", json={})
        answer.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    async def read(self) -> None:
        """Follow the stream until cancelled, beginning again whenever it ends."""
        while True:
            await self._network.up.wait()
            with contextlib.suppress(httpx.HTTPError):
                async with self._http.stream(
                    "GET", f"{self._door}/stream?after={self.seen}", timeout=40
                ) as answer:
                    reading = asyncio.create_task(self._take(answer))
                    cutting = asyncio.create_task(self._network.cut.wait())
                    await asyncio.wait({reading, cutting}, return_when=asyncio.FIRST_COMPLETED)
                    for task in (reading, cutting):
                        task.cancel()
                    await asyncio.gather(reading, cutting, return_exceptions=True)
            await asyncio.sleep(random.uniform(0.2, 1.0))  # Not all at once.

    async def _take(self, answer: httpx.Response) -> None:
        with contextlib.suppress(httpx.HTTPError):
            async for line in answer.aiter_lines():
                if not line.startswith("data: "):
                    continue
                data = orjson.loads(line[len("data: ") :])
                if "seq" in data:
                    self._message(data)
                else:
                    self.is_with_people = data["state"] != "ai"

    def _message(self, message: dict[str, Any]) -> None:
        seq = message["seq"]
        assert seq > self.seen, "a message came twice or out of order"
        self.seen = seq
        if message["author"] == "ai":
            self.replies.append((seq, time.perf_counter()))

    def judge(self) -> int:
        """Say when each message was answered; gives how many were not, though the program owed it:
        what came after it handed over is a person's."""
        for sent in self.sent:
            if sent.seq is not None:
                after = (at for seq, at in self.replies if seq > sent.seq)
                sent.answered = next(after, None)
        return sum(sent.answered is None for sent in self.sent) * (not self.is_with_people)

    async def say(self, text: str) -> None:
        """Send a message, again and again until it is acknowledged."""
        sent = Sent(str(uuid.uuid4()), text, time.perf_counter())
        self.sent.append(sent)
        while True:
            await self._network.up.wait()
            try:
                answer = await self._http.post(
                    f"{self._door}/messages", json={"client_id": sent.client_id, "text": text}
                )
                answer.raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(random.uniform(0.2, 1.0))
                continue
            sent.seq = answer.json()["seq"]
            return

    async def whole(self) -> list[dict[str, Any]]:
        """Every message of the conversation, from its beginning."""
        got: list[dict[str, Any]] = []
        async with self._http.stream("GET", f"{self._door}/stream?after=0") as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    data = orjson.loads(line[len("data: ") :])
                    if "seq" not in data:
                        break
                    got.append(data)
        return got

    async def close(self) -> None:
        """Leave."""
        await self._http.aclose()


def told(text: str) -> None:
    """Say how far it is."""
    print(text, file=sys.stderr, flush=True)


async def quiet(house: House) -> None:
    """Wait until every server has read and measured the shop: until they have nothing to do."""
    deadline, used = time.perf_counter() + READ_S, house.cpu_s()
    while time.perf_counter() < deadline:
        await asyncio.sleep(QUIET_S)
        before, used = used, house.cpu_s()
        if used - before < QUIET_S * QUIET:
            return


async def shopping(client: Client, questions: list[str], until: float, first: float) -> None:
    """Ask something every so often."""
    asked = itertools.cycle(questions)
    await asyncio.sleep(first)
    while time.perf_counter() < until:
        began = time.perf_counter()
        await client.say(random.choice(POLITE) + next(asked))
        await asyncio.sleep(max(0.0, EVERY_S - (time.perf_counter() - began)))


async def load(
    folder: Path, conversations: int, seconds: float, answerers: int, servers: int
) -> dict[str, Any]:
    """Do it all; raises AssertionError where a message fared badly."""
    house = await asyncio.to_thread(House, folder, servers=servers, answerers=answerers)
    address = house.url
    told("serving, waiting until the shop is read")
    async with httpx.AsyncClient(base_url=address, headers={"X-Zhanggui": "1"}) as owner:
        entering = await owner.post("/api/auth/link", json={"token": house.sign_in_token})
        entering.raise_for_status()
        shop = (await owner.get("/api/auth/session")).json()["shops"][0]["id"]
        widget = await owner.get(f"/api/shops/{shop}/tools/service.widget")
        key = widget.json()["key"]
        look = (await owner.get(f"/api/chat/{key}")).json()
        deadline = time.perf_counter() + READ_S
        ask = f"/api/shops/{shop}/tools/service.ask"
        while time.perf_counter() < deadline:
            tried = await owner.post(ask, json={"text": look["quick_replies"][0]}, timeout=60)
            if tried.json().get("is_whole"):
                break
            await asyncio.sleep(2)
        written = await owner.get(f"/api/shops/{shop}/tools/knowledge.list_faqs?size=100")
    questions = [
        asked for faq in written.json()["items"] for asked in (faq["question"], *faq["similar"])
    ]
    random.shuffle(questions)
    await quiet(house)
    told(f"asking {len(questions)} questions")
    network = Network()
    network.up.set()
    clients = [Client(number, address, key, network) for number in range(conversations)]
    for client in clients:
        await client.start()
    readers = [asyncio.create_task(client.read()) for client in clients]
    begin = time.perf_counter()
    until = begin + seconds
    used = house.cpu_s()
    shoppers = [
        asyncio.create_task(
            shopping(
                client,
                questions[n % len(questions) :] + questions,
                until,
                n * EVERY_S / conversations,
            )
        )
        for n, client in enumerate(clients)
    ]
    windows: list[tuple[float, float]] = []
    await asyncio.sleep(seconds / 3)
    used = house.cpu_s() - used
    steady = time.perf_counter() - begin
    told("killing a server")
    killed = time.perf_counter()
    await asyncio.to_thread(house.kill)
    await asyncio.to_thread(house.start)
    told(f"started again after {time.perf_counter() - killed:.1f} s")
    windows.append((killed - EVERY_S, time.perf_counter() + EVERY_S))
    await asyncio.sleep(max(0.0, begin + seconds * 2 / 3 - time.perf_counter()))
    told("cutting the network")
    network.up.clear()
    network.cut.set()
    cut = time.perf_counter()
    await asyncio.sleep(BREAK_S)
    network.cut.clear()
    network.up.set()
    windows.append((cut - 2, time.perf_counter() + 5))
    await asyncio.gather(*shoppers)
    deadline = time.perf_counter() + LAST_S
    # Clients tell nobody what they see.
    while time.perf_counter() < deadline and any(client.judge() for client in clients):  # noqa: ASYNC110
        await asyncio.sleep(0.5)
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    unanswered = lost = 0
    for client in clients:
        got = await client.whole()
        said = [each["client_id"] for each in got if each["author"] == "shopper"]
        lost += said != [sent.client_id for sent in client.sent]
        unanswered += client.judge()
        numbers = [each["seq"] for each in got]
        assert numbers == sorted(set(numbers)), "out of order"
        await client.close()
    await asyncio.to_thread(house.stop)
    every = [sent for client in clients for sent in client.sent]
    calm = [s for s in every if not any(a <= s.at <= b for a, b in windows)]
    shaken = [s for s in every if any(a <= s.at <= b for a, b in windows)]
    return {
        "conversations": conversations,
        "seconds": seconds,
        "answerers": answerers,
        "database": f"PostgreSQL, {servers} servers" if servers else "SQLite",
        "messages": len(every),
        "lost_doubled_or_disordered": lost,
        "never_answered": unanswered,
        "conversations_handed_over": sum(client.is_with_people for client in clients),
        "first_reply_s": figures(calm),
        "first_reply_s_around_restart_and_break": figures(shaken),
        "p95_s_by_when_it_was_sent": course(every, begin),
        "server_cpu_s_per_message": round(used / max(1, steady / EVERY_S * conversations), 3),
        "server_cores_used": round(used / steady, 2),
    }


def figures(sent: list[Sent]) -> dict[str, float]:
    """How long answers took."""
    took = sorted(s.answered - s.at for s in sent if s.answered is not None)
    if len(took) < 2:
        return {}
    cuts = statistics.quantiles(took, n=100)
    return {
        "messages": len(took),
        "p50": round(cuts[49], 2),
        "p95": round(cuts[94], 2),
        "p99": round(cuts[98], 2),
        "max": round(took[-1], 2),
    }


def course(sent: list[Sent], begin: float) -> dict[str, float]:
    """The 95th percentile of what was sent in each 10 s, by the second they begin with."""
    took: dict[int, list[float]] = {}
    for each in sent:
        if each.answered is not None:
            took.setdefault(int((each.at - begin) // 10) * 10, []).append(each.answered - each.at)
    return {
        str(second): round(statistics.quantiles(some, n=20)[-1], 2)
        for second, some in sorted(took.items())
        if len(some) > 1
    }


def main() -> None:
    """Measure, and print."""
    conversations = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 150.0
    answerers = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    servers = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    random.seed(7)
    with tempfile.TemporaryDirectory(prefix="zhanggui-chat-") as folder:
        got = asyncio.run(load(Path(folder), conversations, seconds, answerers, servers))
    print(json.dumps(got, ensure_ascii=False, indent=2))
    if got["lost_doubled_or_disordered"] or got["never_answered"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
