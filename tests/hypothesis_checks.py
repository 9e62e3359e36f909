"""Health checks of Hypothesis that tests leave out."""

from hypothesis import HealthCheck

BUSY_MACHINE = [HealthCheck.too_slow]
"""A slow example is no wrong one, nor is one slowly drawn."""

SHARED_FIXTURE = [*BUSY_MACHINE, HealthCheck.function_scoped_fixture]
"""For tests whose examples share what a fixture made; it stands in place of the profile's."""
