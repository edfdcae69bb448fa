"""Policies every shop can start from, shipped with the program; a person adopts and adapts them."""

from __future__ import annotations

from importlib import resources

from zhanggui.shop.files.packs import read_policy
from zhanggui.shop.files.records import PolicyRecord


def starter_policies() -> list[PolicyRecord]:
    """The shipped policies, by id."""
    folder = resources.files("zhanggui.knowledge") / "starter"
    found = [
        read_policy(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".md")
    ]
    return sorted(found, key=lambda policy: policy.policy_id)
