"""Settings of which a call changes only some: the rest stays as it is."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, get_args

from pydantic import Field, model_validator

from zhanggui.base.tools import Input

Choice = TypeVar("Choice", bound=str)


class Choosing(Input, Generic[Choice]):
    """An input of which only what `sets` names is changed, to the value given, null included;
    without `sets`, what is given. `Choice` is a Literal of the settings' names. It is a field since
    a call that waits for approval is kept with all of them."""

    sets: list[Choice] = Field(
        default_factory=list, max_length=20, description="What is changed, the rest stays."
    )

    @model_validator(mode="before")
    @classmethod
    def _name_what_is_set(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "sets" in given:
            return given
        (choice,) = get_args(cls.model_fields["sets"].annotation)
        return {**given, "sets": [name for name in get_args(choice) if name in given]}
