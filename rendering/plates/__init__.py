"""The studio's stage plates, rendered from scenes made in code.

    python -m rendering.plates [ID...] [--preview]

needs the libraries of the group `render` (requirements-render.lock) and LLVM 19 for Mitsuba's
``llvm_ad_rgb``. A scene is millimetre-free: one unit is ten centimetres, y is up, the camera looks
along -z, and a product of 2.4 units stands at the origin of its stage.
"""
