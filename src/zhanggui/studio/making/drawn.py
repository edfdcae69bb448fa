"""What passes between a product's steps and whoever asks a model to draw: light to import, since
the server does that and the steps' libraries stay in processes of their own."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

STEP = "ask"
ASKED, DRAWN = "asked", "drawn"


class Asked(BaseModel):
    """What a model is shown (a picture in :data:`ASKED`), and on which stage the product stands."""

    model_config = ConfigDict(frozen=True)

    picture: str
    stage: str
    place: str


class Answered(BaseModel):
    """Which model drew a picture in :data:`DRAWN`."""

    model_config = ConfigDict(frozen=True)

    model: str
