"""Scenes: a cut-out set on a stage, with the shadows, the reflection and the light it has there."""
