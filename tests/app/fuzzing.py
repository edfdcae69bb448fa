"""Requests of every shape the API's own description allows, and of shapes it does not."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import hypothesis
import schemathesis
import uvicorn
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import booleans
from limits import RateLimitItem
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from zhanggui.app.application import create_app
from zhanggui.app.demo import SHOP_ID as DEMO
from zhanggui.app.demo import load_first
from zhanggui.app.serving import listen, opened
from zhanggui.base.auth import accounts, sessions
from zhanggui.base.db import NO_SHOP
from zhanggui.base.http.callers import COOKIE
from zhanggui.base.limiting import RateLimits
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.service.chat import streaming
from zhanggui.shop.importing.models import ImportRow
from zhanggui.shop.models import Order, Product
from zhanggui.shop.opening import open_shop

SHOP = "fuzzed-shop"
LOCAL_TOKEN = "the local token"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


class _Unlimited(RateLimits):
    """Lets every call through: a request that is put off tries nothing."""

    def hit(self, rule: RateLimitItem, *of: str) -> None:
        return


@dataclass(frozen=True)
class Served:
    """A running application: where it is and what it says of itself."""

    url: str
    document: dict[str, Any]
    shop_id: str
    known: dict[str, str]
    """Ids of records there are, by the name of the field that takes one."""
    _runtime: Runtime
    _loop: asyncio.AbstractEventLoop

    def sign_in(self) -> str:
        """The token of a new session of the operator."""
        return asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result()

    async def _begin(self) -> str:
        async with self._runtime.db.transaction(NO_SHOP) as session:
            user = await accounts.operator(session)
            return await sessions.begin(session, user, client="")


@contextmanager
def served(settings: Settings, *, demo: bool = False) -> Iterator[Served]:
    """The application in a thread of this process, with an empty shop or with the demo's."""
    settings = settings.model_copy(update={"port": 0})
    # A stream that waits for something to happen would be waited for.
    lasts, streaming.LASTS = streaming.LASTS, timedelta()
    app = create_app(settings, local_token=LOCAL_TOKEN)
    listener = listen(settings)
    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, ws="none")
    )
    ready, failures, found = threading.Event(), list[BaseException](), list[Served]()

    async def serve() -> None:
        async with opened(app):
            runtime: Runtime = app.state.runtime
            runtime.services[RateLimits] = _Unlimited()
            if demo:
                await load_first(runtime)
            else:
                await open_shop(runtime, SHOP, "檐下碗铺")
            found.append(
                Served(
                    url=f"http://127.0.0.1:{listener.getsockname()[1]}",
                    document=app.openapi(),
                    shop_id=DEMO if demo else SHOP,
                    known=await _known(runtime) if demo else {},
                    _runtime=runtime,
                    _loop=asyncio.get_running_loop(),
                )
            )
            ready.set()
            await server.serve(sockets=[listener])

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            failures.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        if not failures:
            yield found[0]
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        streaming.LASTS = lasts
    if failures:
        raise failures[0]


async def _known(runtime: Runtime) -> dict[str, str]:
    ids = {"order_id": Order.id, "product_id": Product.id, "import_id": ImportRow.id}
    known: dict[str, str] = {}
    async with runtime.db.reading(DEMO) as session:
        for name, column in ids.items():
            found = await session.scalar(select(column).where(column.class_.shop_id == DEMO))
            known[name] = found or ""
    return known


def fuzz(
    served: Served, *, examples: int, say: Callable[[str], None] = lambda _: None
) -> Counter[str]:
    """Try every operation with right and wrong input; returns how often each status came.

    Raises, once every operation was tried, a group of exceptions that show the requests whose
    answer is a server error or is none the description tells of. `say` is told how far it is.
    """
    statuses: Counter[str] = Counter()
    failures: list[Exception] = []
    for result in schemathesis.openapi.from_dict(served.document).get_all_operations():
        if isinstance(result, Err):
            raise result.err()
        operation = result.ok()
        for mode in schemathesis.GenerationMode:
            try:
                _fuzz_one(served, operation, mode, examples, statuses)
            except Unsatisfiable:
                continue  # An operation that takes nothing has no wrong input.
            except Exception as error:
                error.add_note(f"{operation.label}, {mode.value}")
                failures.append(error)
        say(f"{operation.label}: {statuses.total()} requests, {len(failures)} failures")
    if failures:
        raise ExceptionGroup("answers that should not be", failures)
    return statuses


def _fuzz_one(
    served: Served,
    operation: Any,
    mode: schemathesis.GenerationMode,
    examples: int,
    statuses: Counter[str],
) -> None:
    headers = {"X-Zhanggui": "1"}
    of_session = operation.path.startswith("/api/auth/")
    if not of_session:
        headers["X-Zhanggui-Local"] = LOCAL_TOKEN

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), knowing=booleans())
    def run(case: schemathesis.Case, knowing: bool) -> None:
        if "shop_id" in (case.path_parameters or {}):
            case.path_parameters["shop_id"] = served.shop_id
        if knowing:
            for given in (case.path_parameters, case.query, case.body):
                _put_known(served.known, given)
        # Anew each time: the request before may have ended it.
        cookies = {COOKIE: served.sign_in()} if of_session else None
        response = case.call(base_url=served.url, headers=headers, cookies=cookies, timeout=120)
        statuses[str(response.status_code)] += 1
        case.validate_response(response, checks=list(CHECKS))

    run()


def _put_known(known: dict[str, str], given: Any) -> None:
    """Name records there are, where `given` names any."""
    if isinstance(given, dict):
        given.update({name: known[name] for name in known.keys() & given.keys()})
