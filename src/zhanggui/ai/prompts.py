"""Prompts are files: each with a version, why it was changed, and cases that try a model with it.

A prompt is a TOML file in the folder ``prompt_files`` of the room that uses it::

    version = 2
    text = "…"                      # the system message
    [schema]                        # the form of the reply, as JSON Schema
    [[changes]]                     # the newest first
    version = 2
    day = 2026-11-27
    why = "…"
    digest = "…"                    # of the text and the schema: who changes them, says so here
    [[cases]]
    name = "…"
    given = {…}                     # the user message, a JSON object
    keeps = ["7天"]                 # what a good reply has in it
    avoids = ["免费"]               # and what it has not
    pictures = ["cup.png"]          # beside the file, for a prompt that is asked with pictures
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.ai.protocols import ChatMessage, ChatRequest
from zhanggui.base.words import Text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(_Part):
    """A version of a prompt, and why it was made."""

    version: int
    day: date
    why: str
    digest: str


class Case(_Part):
    """What is given to a model, and what any good reply has in it and has not."""

    name: str
    given: dict[str, Any]
    keeps: list[str] = []
    avoids: list[str] = []
    pictures: list[str] = []

    def fault(self, reply: str) -> str | None:
        """What is wrong with a reply; None for a good one."""
        missing = [each for each in self.keeps if each not in reply]
        said = [each for each in self.avoids if each in reply]
        told = [Text(f"缺：{each}", f"lacks: {each}") for each in missing] + [
            Text(f"不该有：{each}", f"should not say: {each}") for each in said
        ]
        return str(Text("；", "; ")).join(map(str, told)) or None


class Prompt(_Part):
    """A prompt of a room. `name` is ``room.file``."""

    name: str
    version: int
    text: str
    form: dict[str, Any] = Field(alias="schema")
    changes: list[Change]
    cases: list[Case]

    @property
    def tag(self) -> str:
        """By which the ledger says what was asked: ``wording@2``."""
        return f"{self.name.partition('.')[2]}@{self.version}"

    @property
    def digest(self) -> str:
        """Of what a model reads of it."""
        read = json.dumps([self.text, self.form], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(read.encode()).hexdigest()[:12]

    def played(self, case: Case) -> ChatRequest:
        """What a model is asked to try it by a case."""
        folder = files(f"zhanggui.{self.name.partition('.')[0]}").joinpath("prompt_files")
        images = [folder.joinpath(name).read_bytes() for name in case.pictures]
        return self.request(case.given, images=images)

    def request(
        self,
        given: dict[str, Any],
        *,
        images: Sequence[bytes] = (),
        private: Sequence[str] = (),
    ) -> ChatRequest:
        """What a model is asked with it; what is given is data in a JSON object, never text that
        stands beside the instructions."""
        said = json.dumps(given, ensure_ascii=False, indent=1)
        return ChatRequest(
            [
                ChatMessage("system", self.text),
                ChatMessage("user", said, images=tuple(images)),
            ],
            json_schema=self.form,
            private=private,
        )


PROMPTS: dict[str, Prompt] = {}
"""All that were loaded, by name."""


def load(room: str, name: str) -> Prompt:
    """A room's prompt; read as the room is imported, so that a file that is wrong stops it."""
    found = files(f"zhanggui.{room}").joinpath("prompt_files", f"{name}.toml").read_text("utf-8")
    prompt = Prompt.model_validate({"name": f"{room}.{name}", **tomllib.loads(found)})
    PROMPTS[prompt.name] = prompt
    return prompt
