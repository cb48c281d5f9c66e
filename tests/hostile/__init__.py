"""Files from other hands: made without end, run one by one with limits, and never a traceback.

``python -m tests.hostile --runs 10000`` makes and runs them and prints a table; the suite runs some of each kind.
A kind is a module with ``cases(random)``, an endless iterator of :class:`~tests.hostile.case.Case`.
"""
