"""Whether two lists of figures put the same things in the same order."""

from collections.abc import Sequence


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's coefficient."""
    import pandas as pd  # noqa: PLC0415 - each process that collects tests would load it

    return pd.Series(one).rank().corr(pd.Series(other).rank())
