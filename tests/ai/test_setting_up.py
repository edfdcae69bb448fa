"""What is chosen is written into the file, and what stood there stays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from zhanggui.ai.setting_up import Setup, proposed
from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings

FILE = """\
# Mine.
[providers.local]
base_url = "http://127.0.0.1:11434/v1"   # the old machine

[models.small]
provider = "local"
model = "qwen3:4b"
timeout_s = 90   # it is slow

[models.spare]
provider = "local"
model = "qwen3:8b"

[roles]
fast = ["small"]  # words
vision = []
"""
URL = "http://192.168.1.5:8000/v1"


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path)


@pytest.fixture
def there(settings):
    (settings.data / "models.toml").write_text(FILE)


def setup(**given):
    picks = given.pop("picks", {"fast": "qwen3:8b"})
    named = [{"role": role, "model": model} for role, model in picks.items()]
    server = {} if "sample" in given else {"address": URL}
    return Setup.model_validate({"picks": named} | server | given)


def test_a_sample_is_written_as_it_is_known(settings):
    picks = {"fast": "qwen-flash", "thinking": "qwen-plus", "vision": "qwen3-vl-flash"}
    found = proposed(settings, setup(sample="dashscope", picks=picks)).configuration
    assert found.providers["dashscope"].key_env == "DASHSCOPE_API_KEY"
    assert found.roles == {"fast": ["flash"], "thinking": ["plus"], "vision": ["look"]}
    assert found.models["flash"].price_written == Decimal("1.5")
    assert found.models["plus"].thinks == "enable_thinking"
    assert found.models["look"].sees


def test_a_model_that_a_sample_does_not_know_is_asked_for_by_its_name(settings):
    found = proposed(settings, setup(sample="dashscope", picks={"fast": "qwen-new"}))
    assert found.players == {"fast": "qwen-new"}
    assert found.configuration.models["qwen-new"].provider == "dashscope"


@pytest.mark.usefixtures("there")
def test_what_stands_there_stays_with_its_comments_and_plays_after(settings):
    found = proposed(settings, setup(picks={"fast": "org/qwen3:8b", "vision": "org/qwen3:8b"}))
    assert found.configuration.roles["fast"] == ["qwen3-8b", "small"]
    assert found.configuration.models["qwen3-8b"].sees
    assert found.configuration.models["small"].timeout_s == 90
    for remark in ("# Mine.", "# the old machine", "# it is slow"):
        assert remark in found.text
    assert list(found.configuration.providers) == ["local", "192-168-1-5-8000"]
    assert found.servers == {"192-168-1-5-8000"}


@pytest.mark.usefixtures("there")
def test_a_server_that_is_there_is_changed_in_its_place(settings):
    address = "http://127.0.0.1:11434/v1"
    found = proposed(settings, setup(address=address, picks={"thinking": "qwen3:8b"}))
    assert found.servers == {"local"}
    assert found.players == {"thinking": "spare"}
    assert found.configuration.roles == {"vision": [], "thinking": ["spare"]}
    again = setup(address=address, key_env="MY_API_KEY", picks={"fast": "qwen3:4b"})
    assert proposed(settings, again).configuration.providers["local"].key_env == "MY_API_KEY"


def test_a_key_that_is_given_goes_before_the_environments_and_is_not_written(settings):
    given = setup(sample="dashscope", key="sk-given", picks={"fast": "qwen-flash"})
    found = proposed(settings, given)
    assert found.configuration.providers["dashscope"].key_env is None
    assert "sk-given" not in f"{found.text} {found!r} {given!r} {given.model_dump(mode='json')}"


def test_prices_are_written_as_numbers(settings):
    pick = {"role": "fast", "model": "m", "price_read": "0.5", "price_written": 2}
    given = Setup.model_validate({"address": URL, "picks": [pick]})
    model = proposed(settings, given).configuration.models["m"]
    assert (model.price_read, model.price_written) == (Decimal("0.5"), Decimal(2))


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"address": None}, "address"),
        ({"sample": "dashscope", "address": URL}, "address"),
        ({"key": "k", "key_env": "MY_API_KEY"}, "key_env"),
        ({"key": "密钥"}, "key"),
        ({"key_env": "ZHANGGUI_SECRET_KEY"}, "key_env"),
        ({"picks": {"draw": "qwen-image"}}, "picks"),
        ({"sample": "dashscope", "picks": {"draw": "qwen-unknown"}}, "picks"),
    ],
)
def test_what_does_not_go_together_is_refused(settings, given, where):
    with pytest.raises(Invalid) as raised:
        proposed(settings, setup(**given))
    assert raised.value.where == where
    assert raised.value.hint is not None


def test_what_is_no_address_is_refused():
    for wrong in (
        "ftp://x/v1",
        "http://user:pass@x/v1",
        "x",
        "http://x:99999",
        "http://[x",
        "http://a b",
    ):
        with pytest.raises(ValidationError):
            setup(address=wrong)


def test_a_file_that_cannot_be_used_is_not_written_over(settings):
    (settings.data / "models.toml").write_text("[roles")
    with pytest.raises(Invalid, match="TOML"):
        proposed(settings, setup())
