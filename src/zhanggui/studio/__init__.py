"""The creative studio: from a product's base pictures to everything a listing needs.

What flows through: frames become cut-outs (`cutting`), cut-outs stand on stages (`stages`,
`scenes`); scenes and facts become posters, sets, pages, copy and film; one product's deliverables
and how each was made are its manifest (`manifest`), and hundreds of products are a batch.

The product's pixels are never invented or repainted: every still carries the affine by which the
base frame was laid into it.
"""
