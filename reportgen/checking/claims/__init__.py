"""What the narrative says against what the tables say: every number is read, and compared with what it claims.

:mod:`.vocabulary` cuts a text into words and numbers, :mod:`.reader` goes through it sentence by sentence,
:mod:`.claims` and its neighbours decide what a number speaks of, and :mod:`.rules` reports what disagrees.
"""
