"""Properties are tried without a deadline: a busy machine is not a fault."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("ours", deadline=None)
settings.load_profile("ours")
