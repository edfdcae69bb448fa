"""What every test may ask for.

`settings`, `database`   a data folder and a migrated, empty database of the test's own; a test
                         marked `db` runs once on SQLite and once on PostgreSQL
`blank_settings`         the same before any migration
`shop_id`, `other_shop_id`
`clock`                  time stands still at a known moment and moves when told to
`shared`, `pack`         the test material beside the repository; what needs it and does not find it
                         is counted at the end of the run
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest

from tests.network import refuse_other_machines
from tests.postgres import DatabaseUrls, PostgresServer
from zhanggui.base import clock
from zhanggui.base.db import Database
from zhanggui.base.settings import Settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
NEEDS_SHARED = "needs the test material in ../shared, which is not there"
ENGINES = ("sqlite", "postgresql")
_CACHE = "ZHANGGUI_CACHE"
_LONGEST = (
    "tests/app/test_fuzz.py",
    "tests/app/test_serving.py",
    "tests/cli/test_shop.py",
    "tests/app/test_demo.py",
    "tests/cli/test_models.py",
    "tests/cli/test_knowledge.py",
    "tests/service/test_evaluation.py",
    "tests/service/channels/test_holding.py",
    "tests/shop/importing/test_fuzz.py",
    "tests/packaging/test_wheel.py",
    "tests/service/chat/test_interleavings.py",
    "tests/app/test_members.py",
    "tests/service/chat/test_routes.py",
    "tests/browser/test_console.py",
    "tests/browser/test_console_guide.py",
    "tests/browser/test_desk.py",
    "tests/browser/test_new_screen.py",
    "tests/browser/test_widget.py",
)
"""Files that take longest (`--durations=0` tells), in the order in which they are begun."""

# A machine's load is not a finding, and neither is an example that took long.
hypothesis.settings.register_profile(
    "zhanggui",
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("zhanggui")


def pytest_configure(config: pytest.Config) -> None:
    refuse_other_machines()
    cache = os.environ.get(_CACHE, "") if _is_worker(config) else ""
    for name in [name for name in os.environ if name.startswith("ZHANGGUI_")]:
        del os.environ[name]
    # One for the whole run, workers and servers too: the embedder's weights are made in it once.
    os.environ[_CACHE] = cache or tempfile.mkdtemp(prefix="zhanggui-cache-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        shutil.rmtree(os.environ.pop(_CACHE), ignore_errors=True)


def _is_worker(config: pytest.Config) -> bool:
    """Whether this process runs a part of another's tests (pytest-xdist)."""
    return hasattr(config, "workerinput")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Stable: within a file, and among those that are not named, the order is pytest's own.
    items.sort(key=lambda item: _turn(item.path.relative_to(ROOT).as_posix()))


def _turn(path: str) -> int:
    return _LONGEST.index(path) if path in _LONGEST else len(_LONGEST)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marked = metafunc.definition.get_closest_marker("db") is not None
    if marked and "engine" not in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid} is marked db but opens no database")
    if marked:
        metafunc.parametrize("engine", ENGINES, indirect=True)
    if "pack" in metafunc.fixturenames:
        packs = sorted(path.parent for path in SHARED.glob("packs/*/shop.json"))
        metafunc.parametrize(
            "pack", packs or [None], ids=lambda path: path and path.name, indirect=True
        )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    missing = [report for report in skipped if NEEDS_SHARED in str(report.longrepr)]
    if missing:
        terminalreporter.section("test material is missing", yellow=True, bold=True)
        terminalreporter.line(f"{len(missing)} tests did not run: each {NEEDS_SHARED}.")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_postgres(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> DatabaseUrls:
    """A database with the schema, to make copies of."""
    urls = postgres.create_database()
    _migrate(_settings(tmp_path_factory.mktemp("migrated-postgres"), urls))
    return urls


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a database with the schema, to make copies of."""
    settings = _settings(tmp_path_factory.mktemp("migrated-sqlite"))
    _migrate(settings)
    return settings.data


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def blank_settings(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    if engine == "sqlite":
        yield _settings(tmp_path / "data")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    urls = server.create_database()
    yield _settings(tmp_path / "data", urls)
    server.drop_database(urls)


@pytest.fixture
def settings(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    if engine == "sqlite":
        shutil.copytree(request.getfixturevalue("migrated_sqlite"), tmp_path / "data")
        yield _settings(tmp_path / "data")
        return
    template: DatabaseUrls = request.getfixturevalue("migrated_postgres")
    server: PostgresServer = request.getfixturevalue("postgres")
    urls = server.create_database(like=template)
    yield _settings(tmp_path / "data", urls)
    server.drop_database(urls)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    yield database
    await database.close()


@pytest.fixture
def shop_id() -> str:
    return "test-shop"


@pytest.fixture
def other_shop_id() -> str:
    return "other-shop"


class Frozen:
    """Time that stands still in every thread and task until :meth:`move`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
        self._monkeypatch = monkeypatch
        self.stand_at(moment)

    def stand_at(self, moment: datetime) -> None:
        """Make `moment` (aware) the time."""
        self.now = moment.astimezone(UTC)
        # As the default of a new variable it is seen everywhere, and `clock.at` still nests in it.
        variable: ContextVar[datetime | None] = ContextVar("frozen", default=self.now)
        self._monkeypatch.setattr(clock, "_frozen", variable)

    def move(self, **by: float) -> None:
        """Let time pass, as the arguments of a timedelta."""
        self.stand_at(self.now + timedelta(**by))


@pytest.fixture(name="clock")
def frozen_clock(monkeypatch: pytest.MonkeyPatch) -> Frozen:
    return Frozen(monkeypatch, datetime(2026, 6, 1, 10, 0, tzinfo=clock.SHANGHAI))


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(NEEDS_SHARED)
    return SHARED


@pytest.fixture
def pack(request: pytest.FixtureRequest) -> Path:
    """Each shop pack in turn."""
    if request.param is None:
        pytest.skip(NEEDS_SHARED)
    path: Path = request.param
    return path


def _settings(data: Path, urls: DatabaseUrls | None = None) -> Settings:
    if urls is None:
        return Settings(data=data)
    return Settings(data=data, database_url=urls.application, database_owner_url=urls.owner)


def _migrate(settings: Settings) -> None:
    from zhanggui.base import schema
    from zhanggui.rooms import load_models

    settings.data.mkdir(parents=True, exist_ok=True)
    load_models()
    schema.upgrade(settings)


@pytest.fixture
def uncounted_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stops the wall clock by which tries are counted: where a minute ends in the middle of a test,
    the tries before count for less."""
    now = time.time()
    monkeypatch.setattr("limits.storage.memory.time", SimpleNamespace(time=lambda: now))
