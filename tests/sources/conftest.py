"""How hypothesis tests here."""

from hypothesis import settings

# A busy machine is no failure; time is what the benchmarks are for.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
