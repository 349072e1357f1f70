"""A second tap on Listen reads the new words, lit as they sound, and not the end of the old ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.speech.players import SilentPlayer
from kiosk.speech.speaker import Speaker
from kiosk.ui.parts import Late
from kiosk.ui.voice import ScreenVoice


@dataclass
class Paragraph:
    text: str
    language: str = "en"
    voice: str = "en"
    spoken: str = ""
    lit: list[tuple[int, int]] = field(default_factory=list)

    def light(self, start: int, end: int) -> None:
        self.lit.append((start, end))


class HandedClock:
    seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.mark.parametrize("stop_first", [True, False])
def test_reading_anew_while_it_reads(tmp_path: Path, stop_first: bool) -> None:
    clock = HandedClock()
    speaker = Speaker(SilentPlayer(clock), tmp_path)
    ended: list[str] = []
    voice = ScreenVoice(Late(lambda: speaker), lambda: ended.append("changed"))
    old, new = Paragraph("The first words are long."), Paragraph("New ones.")
    voice.read([old])  # type: ignore[list-item]
    voice.poll()
    clock.seconds += 0.5
    voice.poll()
    if stop_first:
        voice.stop()
    voice.read([new])  # type: ignore[list-item]
    for _ in range(600):
        voice.poll()
        clock.seconds += 1 / 60
        if ended:
            break
        assert voice.speaking
    speaker.close()
    assert new.lit == [(0, 3), (4, 9), (0, 0)]
    assert old.lit[-1] == (0, 0)
