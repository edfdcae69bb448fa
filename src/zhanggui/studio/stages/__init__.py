"""Empty stages that products stand on: plates rendered beforehand and what is known of each."""

from zhanggui.studio.stages.catalogue import pick, plate, plate_path, stage, stages, styles
from zhanggui.studio.stages.stage import Light, Podium, Stage, StageKind

__all__ = [
    "Light",
    "Podium",
    "Stage",
    "StageKind",
    "pick",
    "plate",
    "plate_path",
    "stage",
    "stages",
    "styles",
]
