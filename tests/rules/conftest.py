"""The whole application, since the room's own part of it is small."""

from tests.app.conftest import app, client, join, new_client, owner, password_hash, runtime, shop

__all__ = ["app", "client", "join", "new_client", "owner", "password_hash", "runtime", "shop"]
