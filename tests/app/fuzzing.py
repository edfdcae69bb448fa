"""Requests of every shape the API's own description allows, and of shapes it does not."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import hypothesis
import schemathesis
import uvicorn
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from zhanggui.app.application import create_app
from zhanggui.app.serving import listen, opened
from zhanggui.base.settings import Settings
from zhanggui.shop.opening import open_shop

SHOP = "fuzzed-shop"
LOCAL_TOKEN = "the local token"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@contextmanager
def served(settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    """The application in a thread of this process: its address and its OpenAPI document."""
    settings = settings.model_copy(update={"port": 0})
    app = create_app(settings, local_token=LOCAL_TOKEN)
    listener = listen(settings)
    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, ws="none")
    )
    ready, failures = threading.Event(), list[BaseException]()

    async def serve() -> None:
        async with opened(app):
            await open_shop(app.state.runtime, SHOP, "檐下碗铺")
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
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", app.openapi()
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
    if failures:
        raise failures[0]


def fuzz(url: str, document: dict[str, Any], *, examples: int) -> Counter[str]:
    """Try every operation with right and wrong input; returns how often each status came.

    Raises an exception that shows the request when an answer is a server error, or is none the
    description tells of.
    """
    statuses: Counter[str] = Counter()
    schema = schemathesis.openapi.from_dict(document)
    headers = {"X-Zhanggui": "1", "X-Zhanggui-Local": LOCAL_TOKEN}
    for result in schema.get_all_operations():
        if isinstance(result, Err):
            raise result.err()
        operation = result.ok()
        for mode in schemathesis.GenerationMode:
            try:
                _fuzz_one(operation, mode, url, headers, examples, statuses)
            except Unsatisfiable:
                continue  # An operation that takes nothing has no wrong input.
    return statuses


def _fuzz_one(
    operation: Any,
    mode: schemathesis.GenerationMode,
    url: str,
    headers: dict[str, str],
    examples: int,
    statuses: Counter[str],
) -> None:
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        if "shop_id" in (case.path_parameters or {}):
            case.path_parameters["shop_id"] = SHOP
        response = case.call(base_url=url, headers=headers, timeout=120)
        statuses[str(response.status_code)] += 1
        case.validate_response(response, checks=list(CHECKS))

    run()
