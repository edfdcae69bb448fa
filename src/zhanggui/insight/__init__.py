"""What the shop's figures are, and what the program is worth to it.

Everything here is a reading of what other rooms wrote down: the events of conversations become
sessions (`sessions`), these are counted (`counting`, `figures`) into a service report with the
definition of each figure beside it (`service_report`, `definitions`), and priced against what would
have been without the program (`value`). Nothing is counted along the way, so every figure can be
computed again from the events to its last digit.
"""
