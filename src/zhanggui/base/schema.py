"""The database schema: migrations, which end with row-level security on PostgreSQL.

Migrations run as the role that owns the tables (`ZHANGGUI_DATABASE_OWNER_URL`); the application's
role owns nothing and cannot bypass row security.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from zhanggui.base.errors import Invalid, Unavailable
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the database to `revision`; safe to run at every start.

    Raises Unavailable when the database does not answer, and Invalid when the role may not make
    tables.
    """
    try:
        command.upgrade(alembic_config(settings), revision)
        if not settings.is_sqlite:
            _upgrade_workflows(settings)
    except OperationalError as error:
        raise Unavailable(
            Text("连不上数据库，或它用不了", "The database does not answer, or cannot be used"),
            hint=Text(
                "检查 ZHANGGUI_DATABASE_URL、数据库是否在运行、磁盘是否还有空间。",
                "Check ZHANGGUI_DATABASE_URL, whether the database runs, and the room on disk.",
            ),
        ) from error
    except ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        raise Invalid(
            Text("数据库角色没有建表的权限", "The database's role may not make tables"),
            hint=Text(
                "请用 ZHANGGUI_DATABASE_OWNER_URL 指定表的所有者。",
                "Name the role that owns the tables with ZHANGGUI_DATABASE_OWNER_URL.",
            ),
        ) from error


def _upgrade_workflows(settings: Settings) -> None:
    # On SQLite DBOS makes its own file when it starts; here the application may not run DDL.
    from dbos import DBOS

    url = make_url(owner_url(settings)).set(drivername="postgresql")
    DBOS.migrate(
        url.render_as_string(hide_password=False), application_role=_application_role(settings)
    )


def alembic_config(settings: Settings) -> Config:
    """Alembic's configuration for these settings."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = owner_url(settings)
    config.attributes["app_role"] = _application_role(settings)
    return config


def owner_url(settings: Settings) -> str:
    """The synchronous URL migrations use."""
    url = make_url(settings.database_owner_url or settings.resolved_database_url)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[url.get_backend_name()]
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _application_role(settings: Settings) -> str | None:
    if settings.is_sqlite:
        return None
    return make_url(settings.resolved_database_url).username
