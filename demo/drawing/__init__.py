"""A small ray marcher that draws the demo shop's goods.

`space` has shapes as signed distances, `light` renders them in a soft studio, `paint` has the
textures, and `ceramics`, `linen` and `wood` build one scene for each product.
"""
