"""What screens about one agency and one outcome have in common."""

from __future__ import annotations

from kiosk.domain.place import Share
from kiosk.ui.screen import Screen


class AboutShare(Screen):
    """A screen about one agency and one outcome."""

    @property
    def share(self) -> Share:
        """What is asked or told."""
        assert self.step.key is not None
        return self.session.parts.place.share(self.step.key)
