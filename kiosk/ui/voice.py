"""Reading a screen out: its paragraphs in order, the word being said lit where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from kiosk.errors import NoSoundDevice, NoVoice, YourSayError
from kiosk.speech.speaker import Speaker, Utterance
from kiosk.ui.parts import Late
from kiosk.ui.widgets.words import Words


class ScreenVoice:
    """One voice for the app: what it says is always what is on the screen at hand."""

    def __init__(
        self,
        speaker: Late[Speaker],
        on_change: Callable[[], None],
        on_problem: Callable[[YourSayError], None] | None = None,
    ) -> None:
        """`on_change`: what was read has ended. `on_problem`: it could not be said after all."""
        self._late_speaker = speaker
        self._on_change = on_change
        self._on_problem = on_problem
        self._lit: Words | None = None
        self._labels: list[Words | None] = []  # None for what is said and not shown
        self._reading = 0

    @property
    def speaking(self) -> bool:
        """True from the first word to the last; the bar then says Stop."""
        return bool(self._labels)

    def read(self, labels: Sequence[Words], first: str = "") -> None:
        """Say these paragraphs in order, after `first`. Raises NoVoice, NoSoundDevice."""
        self.stop()
        utterances = [Utterance(label.spoken or label.text, label.voice) for label in labels]
        if not utterances:
            return
        self._labels = list(labels)
        if first:
            utterances.insert(0, Utterance(first, labels[0].language))
            self._labels.insert(0, None)
        self._reading += 1
        try:
            self._wake().say(
                utterances, on_word=self._light, on_done=partial(self._ended, self._reading)
            )
        except (NoVoice, NoSoundDevice):
            self._labels = []
            raise

    def say_alone(self, text: str, language: str) -> None:
        """Say words that no paragraph of the screen carries: a language's own name."""
        self.stop()
        self._wake().say([Utterance(text, language)])

    def stop(self) -> None:
        """Be silent at once, and light nothing."""
        if self._speaker is not None:
            self._speaker.stop()
        self._labels = []
        self._unlight()

    def poll(self) -> None:
        """Every frame: let the word being said be lit."""
        if self._speaker is not None:
            self._speaker.poll()

    def drop(self) -> None:
        """A screen is leaving: keep nothing of it."""
        self.stop()

    def as_at_first(self) -> None:
        """As loud and as fast for the next person as for the first."""
        if self._speaker is not None:
            self._speaker.volume = self._speaker.speed = 1.0

    @property
    def _speaker(self) -> Speaker | None:
        """None as long as nothing was to be said: then there is nothing to stop either."""
        return self._late_speaker.made

    def _wake(self) -> Speaker:
        speaker = self._late_speaker()
        speaker.on_problem = self._on_problem
        return speaker

    def _light(self, utterance: int, start: int, end: int) -> None:
        if utterance >= len(self._labels):
            return
        label = self._labels[utterance]
        if label is None or label.spoken:
            return
        if self._lit is not label:
            self._unlight()
            self._lit = label
        label.light(start, end)

    def _unlight(self) -> None:
        if self._lit is not None:
            self._lit.light(0, 0)
            self._lit = None

    def _ended(self, reading: int, completed: bool) -> None:
        if reading != self._reading:
            return  # the end of what this reading replaced, told a frame later
        self._labels = []
        self._unlight()
        if completed:
            self._on_change()
