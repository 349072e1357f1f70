"""The one voice of the kiosk, as screens use it. Everything here is for the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import NoSoundDevice, NoVoice, YourSayError
from kiosk.speech.driver import DEFAULT_RATE, start_pyttsx3
from kiosk.speech.players import Player
from kiosk.speech.repertoire import RECORDINGS, Repertoire, VoiceState, has_words
from kiosk.speech.sonic import FASTEST, SLOWEST
from kiosk.speech.voices import Voices, read_voices

OnWord = Callable[[int, int, int], None]
"""Utterance number, then [start, end) in its text of the word that sounds now."""
OnDone = Callable[[bool], None]
"""True: heard to the end. False: stopped, replaced, or it could not be said."""


@dataclass(frozen=True)
class Utterance:
    """Words as they are shown (direction marks included), and their language's code."""

    text: str
    language: str


@dataclass
class _Saying:
    """One call of `say`. `left` counts the utterances still to be heard."""

    number: int
    utterances: Sequence[Utterance]
    left: int
    on_word: OnWord | None
    on_done: OnDone | None
    silenced: bool = False


class Speaker:
    """Says one thing at a time, for the UI thread.

    New speech, or `stop`, silences what sounds. Callbacks come only from `poll`, in order, and no
    word is reported after a stop. A PIN is never handed to it (EN 301 549 5.1.3.8).
    """

    def __init__(
        self,
        player: Player,
        clips: Path,
        voices: Voices | None = None,
        recordings: Path = RECORDINGS,
        allow_drafts: bool = False,
    ) -> None:
        """`clips` is the folder that build_speech filled.

        `allow_drafts`: voices that nobody has reviewed may be heard (the demo place).
        """
        known = read_voices() if voices is None else voices
        self._player = player
        self._repertoire = Repertoire(known, clips, recordings, allow_drafts)
        self._engine, self._driver = start_pyttsx3(player, self._repertoire, known)
        self._engine.connect("started-utterance", self._note_started)
        self._engine.connect("started-word", self._note_word)
        self._engine.connect("finished-utterance", self._note_finished)
        self._engine.connect("error", self._note_problem)
        self._speed = 1.0
        self._sayings = 0
        self._now: _Saying | None = None
        self._latest: _Saying | None = None
        self._due: list[Callable[[], None]] = []
        self.on_spoken: Callable[[str, str], None] | None = None
        """Called from `poll` with (language, text) as each utterance begins to sound."""
        self.on_problem: Callable[[YourSayError], None] | None = None
        """Called from `poll` when something that `say` had accepted could not be said after all:
        NoVoice, or NoSoundDevice when the device went away."""

    def say(
        self,
        utterances: Sequence[Utterance],
        on_word: OnWord | None = None,
        on_done: OnDone | None = None,
    ) -> None:
        """Silence what sounds and say these, one after another with a short gap.

        Raises NoVoice, and says nothing at all, if any of them has no voice good enough. An
        utterance without words is passed over. Returns within 5 ms.
        """
        self.stop()
        wanted = [
            (number, utterance)
            for number, utterance in enumerate(utterances)
            if has_words(utterance.language, utterance.text)
        ]
        for _, utterance in wanted:
            self._repertoire.find(utterance.language, utterance.text)
        self._sayings += 1
        saying = _Saying(self._sayings, tuple(utterances), len(wanted), on_word, on_done)
        self._now = self._latest = saying
        if not wanted:
            self._end(completed=True)
        for number, utterance in wanted:
            if self._now is not saying:  # the first could not be said after all
                break
            self._engine.setProperty("voice", utterance.language)
            self._engine.setProperty("rate", round(DEFAULT_RATE * self._speed))
            self._engine.say(utterance.text, name=f"{self._sayings}:{number}")

    def stop(self) -> None:
        """Silence, at once. What was being said ends with on_done(False) at the next poll."""
        if self._latest:  # also one that has ended, whose last words are still to be reported
            self._latest.silenced = True
        self._engine.stop()
        self._end(completed=False)

    def poll(self) -> None:
        """Once a frame, on the UI thread: keeps the queue moving and fires every callback."""
        if self._now and self._player.lost:
            self._report_problem(NoSoundDevice())
            self.stop()
        self._engine.iterate()
        due, self._due = self._due, []
        for callback in due:
            callback()

    @property
    def speaking(self) -> bool:
        """True from `say` until the last word has been heard or it was stopped."""
        return self._now is not None

    def can_say(self, language: str, text: str = "") -> VoiceState:
        """How these words would be said; without words, what the language has in general.

        NONE: say so, and offer a worker.
        """
        return self._repertoire.state(language, text)

    @property
    def volume(self) -> float:
        """0 (silent) to 1; may change while it speaks."""
        return self._player.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._player.volume = min(1.0, max(0.0, volume))

    @property
    def speed(self) -> float:
        """0.5 to 2, pitch unchanged; 1 is 120 to 125 words a minute. Holds from the next say."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = min(FASTEST, max(SLOWEST, speed))

    def close(self) -> None:
        """Silence, and give the sound device back."""
        self.stop()
        self._due.clear()
        self._driver.destroy()
        self._player.close()

    # --- pyttsx3's events: only noted here, because pyttsx3 swallows what a callback raises -----

    def _current(self, name: str | None) -> tuple[_Saying, int] | None:
        saying, _, number = (name or "").partition(":")
        if self._now and saying == str(self._now.number):
            return self._now, int(number)
        return None

    def _note_started(self, name: str | None) -> None:
        if current := self._current(name):
            utterance = current[0].utterances[current[1]]
            self._due.append(lambda: self._report_spoken(utterance))

    def _note_word(self, name: str | None, location: int, length: int) -> None:
        if current := self._current(name):
            saying, number = current
            self._due.append(lambda: self._report_word(saying, number, location, length))

    def _note_finished(self, name: str | None, completed: bool) -> None:
        if current := self._current(name):
            current[0].left -= 1
            if current[0].left == 0 or not completed:
                self._end(completed)

    def _note_problem(self, name: str | None, exception: Exception) -> None:
        if not self._current(name):
            return
        problem = exception if isinstance(exception, YourSayError) else NoVoice()
        self._report_problem(problem)
        self.stop()  # the rest of the queue too: half a page must not sound like the whole

    def _end(self, completed: bool) -> None:
        saying, self._now = self._now, None
        if saying and saying.on_done:
            on_done = saying.on_done
            self._due.append(lambda: on_done(completed))

    def _report_spoken(self, utterance: Utterance) -> None:
        if self.on_spoken:
            self.on_spoken(utterance.language, utterance.text)

    def _report_word(self, saying: _Saying, number: int, start: int, length: int) -> None:
        if saying.on_word and not saying.silenced:
            saying.on_word(number, start, start + length)

    def _report_problem(self, problem: YourSayError) -> None:
        if self.on_problem:
            on_problem = self.on_problem
            self._due.append(lambda: on_problem(problem))
