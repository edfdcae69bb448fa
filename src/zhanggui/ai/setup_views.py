"""What is told of servers of models, of samples, and of a setup that is tried."""

from __future__ import annotations

from pydantic import BaseModel

from zhanggui.ai import keys, samples
from zhanggui.ai.configuration import ROLES, Configuration, Provider, Role
from zhanggui.ai.keys import ModelKeyView
from zhanggui.ai.trying import Trial
from zhanggui.base.tools import Output


class ServerView(BaseModel):
    """A configured server: where it is, whether that `is_near` in the shop's own house, the
    variable that may hold its key, and what may be told of the key; null where none is wanted."""

    name: str
    address: str
    is_near: bool
    key_env: str | None
    key: ModelKeyView | None


def server_views(found: Configuration, *, is_owners: bool) -> list[ServerView]:
    """The servers of a configuration; the last characters of a key are for owners."""
    return [
        ServerView(
            name=name,
            address=each.base_url,
            is_near=each.is_near,
            key_env=each.key_env,
            key=_key(each, is_owners=is_owners),
        )
        for name, each in found.providers.items()
    ]


def _key(provider: Provider, *, is_owners: bool) -> ModelKeyView | None:
    key = keys.shown(provider)
    return key if key is None or is_owners else key.model_copy(update={"last": None})


class ChoiceView(BaseModel):
    """A model of a sample that may play a role; `is_usual` is who does where nothing is chosen."""

    role: Role
    model: str
    is_usual: bool
    price_read: float
    price_written: float


class SampleView(BaseModel):
    """A file that works as it stands, but for prices; its variable for the key, and what it has."""

    name: str
    text: str
    address: str
    key_env: str | None
    choices: list[ChoiceView]


class SampleList(Output):
    """The samples."""

    items: list[SampleView]


def sample_views() -> list[SampleView]:
    """The samples that the program has."""
    return [_sample(name) for name in samples.NAMES]


def _sample(name: str) -> SampleView:
    found = samples.read(name)
    first = next(iter(found.providers.values()))
    return SampleView(
        name=name,
        text=samples.text(name),
        address=first.base_url,
        key_env=first.key_env,
        choices=[
            ChoiceView(
                role=role,
                model=model.model,
                is_usual=found.of_role(role)[:1] == [each],
                price_read=float(model.price_read),
                price_written=float(model.price_written),
            )
            for role in ROLES
            for each, model in found.models.items()
            if found.can_play(each, role)
        ],
    )


class RoleTrial(BaseModel):
    """How the model of a role did; `trial` is null where it was not tried."""

    role: Role
    name: str
    model: str
    trial: Trial | None


class SetupResult(Output):
    """How each role did that was chosen, and which ones nobody plays, which are done in the
    embedded way. `proof` is given back with the same setup to have it written without another
    trial. `is_written` says whether it was, into the file at `path`."""

    items: list[RoleTrial]
    embedded: list[Role]
    is_well: bool
    is_written: bool
    path: str
    proof: str | None
