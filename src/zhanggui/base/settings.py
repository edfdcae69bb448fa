"""Settings, read from the environment (``ZHANGGUI_…``) once at start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def _without_slash(url: str) -> str:
    return url.rstrip("/")


def _database(written: str) -> str:
    """The URL with the driver we have, whichever it names; raises ValueError for another engine."""
    try:
        url = make_url(written)
    except ArgumentError:
        raise ValueError("not a database URL") from None  # Its text would repeat the password.
    driver = _DRIVERS.get(url.drivername.partition("+")[0])
    if driver is None:
        raise ValueError("neither SQLite nor PostgreSQL")
    return url.set(drivername=driver).render_as_string(hide_password=False)


def _lower(written: Any) -> Any:
    return written.lower() if isinstance(written, str) else written


DatabaseUrl = Annotated[str, AfterValidator(_database)]


class Settings(BaseSettings):
    """Where things are and how they are reached. Every field is one environment variable."""

    model_config = SettingsConfigDict(env_prefix="ZHANGGUI_", extra="ignore", env_ignore_empty=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("zhanggui", appauthor=False),
        description="Folder for everything that is kept: database, files, indexes, keys.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("zhanggui", appauthor=False),
        description="Folder for what can be made again: the embedder's weights.",
    )
    database_url: DatabaseUrl | None = Field(
        None,
        description="URL of the application's role; SQLite in the data folder when unset."
        " PostgreSQL: postgresql+asyncpg://zhanggui_app@host/zhanggui",
    )
    database_owner_url: DatabaseUrl | None = Field(
        None,
        description="URL of the role that owns the PostgreSQL schema, used by migrations,"
        " backup and restore.",
    )
    blobs_url: str | None = Field(
        None, description="Object store URL (file:///…, s3://bucket/prefix); a folder when unset."
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Base64 of the 32-byte key that encrypts personal data and stored secrets;"
        " made and kept in the data folder (secret.key) when unset.",
    )
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8787, ge=0, le=65535, description="Port the server listens on; 0 picks one.")
    public_url: Annotated[str, AfterValidator(_without_slash)] | None = Field(
        None, description="Address people use, when a proxy stands in front; sets secure cookies."
    )
    worker: str = Field(
        "local",
        description="Stable name of this process among the workers that share a database.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = (
        Field("info", description="debug, info, warning or error.")
    )
    log_json: bool = Field(False, description="Write logs as JSON lines.")
    max_upload_bytes: int = Field(4 * 2**30, gt=0, description="Largest single upload, in bytes.")
    webhook_hosts: str | None = Field(
        None,
        description="Hosts in your own network that webhooks may go to, by comma"
        " (erp.internal,10.0.3.7); other private addresses are refused.",
    )
    webhook_loopback: bool = Field(
        False,
        description="For development: lets webhooks go to this machine itself, by http as well.",
    )
    models: Path | None = Field(
        None,
        description="TOML file that says which language models there are (docs/models.md);"
        " models.toml in the data folder when unset, and none where that is not there.",
    )
    embed_threads: int = Field(1, ge=1, description="CPU threads for the embedded embedder.")
    answerers: int = Field(
        0,
        ge=0,
        le=64,
        description="Processes beside the server that think about shoppers' messages, for a busy"
        " shop: each takes a core and half a gigabyte. 0: the server thinks itself.",
    )

    studio_jobs: int = Field(
        0,
        ge=0,
        le=256,
        description="Products that the studio makes at once in this process; 0: as many as there"
        " are cores.",
    )

    @property
    def resolved_database_url(self) -> str:
        """The database URL with its default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'zhanggui.db'}"

    @property
    def is_sqlite(self) -> bool:
        """Whether records live in SQLite."""
        return self.resolved_database_url.startswith("sqlite")
