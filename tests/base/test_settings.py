"""Settings as people write them."""

from zhanggui.base.settings import Settings


def test_an_address_may_end_with_a_slash(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHANGGUI_PUBLIC_URL", "https://shop.example/")
    assert Settings(data=tmp_path).public_url == "https://shop.example"
    monkeypatch.delenv("ZHANGGUI_PUBLIC_URL")
    assert Settings(data=tmp_path).public_url is None
