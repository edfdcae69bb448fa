"""The demo goods: meshes made in code, rendered to turntables with exact masks."""
