"""Our driver for pyttsx3, and the way to start pyttsx3 on it.

pyttsx3 is the front for everything the kiosk says: its queue decides what is said after what, its
events say which word sounds. Its own Linux driver cannot be used here: it writes the spoken words
into the temp folder, cannot stop, and reports success with no sound card.

Everything but the preparing of samples happens on the thread that calls pyttsx3.
"""

from __future__ import annotations

import contextlib
import itertools
import queue
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pyttsx3
from pyttsx3.voice import Voice as Pyttsx3Voice

from kiosk.errors import NoVoice, YourSayError
from kiosk.speech.clip import warm_up
from kiosk.speech.espeak import RATE, espeak
from kiosk.speech.players import Player
from kiosk.speech.repertoire import Repertoire, Sentence
from kiosk.speech.voices import Voices

DEFAULT_RATE = 120
"""pyttsx3's `rate`, words a minute as heard at speed 1 (VVSG 2.0 7.1-K: 120 to 125)."""
_GAP = bytes(2 * RATE * 250 // 1000)
"""Silence between two sentences of one saying: a quarter of a second."""

_numbers = itertools.count()


def start_pyttsx3(player: Player, repertoire: Repertoire, voices: Voices) -> tuple[Any, Driver]:
    """A pyttsx3 engine of its own on our driver, its loop started; the caller calls `iterate()`.

    pyttsx3 keeps one engine per driver name, so each gets a name of its own; the name is needed
    only while pyttsx3 imports it.
    """
    built: list[Driver] = []

    def build_driver(proxy: Any) -> Driver:
        built.append(Driver(proxy, player, repertoire, voices))
        return built[0]

    module = ModuleType(f"pyttsx3.drivers.your_say_{next(_numbers)}")
    module.buildDriver = build_driver  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
    try:
        engine = pyttsx3.init(module.__name__.rpartition(".")[2])
    finally:
        del sys.modules[module.__name__]
    engine.startLoop(useDriverLoop=False)
    engine.iterate()
    return engine, built[0]


@dataclass
class _Utterance:
    """One sentence on its way to the player. The preparing thread sets `ready` or `problem`."""

    sentence: Sentence
    speed: float
    lead: bytes
    ready: bool = False
    started: bool = False
    problem: YourSayError | None = None
    words: deque[tuple[float, int, int]] = field(default_factory=deque)


class Driver:
    """What pyttsx3 asks of a driver. Property `voice` is a language code."""

    def __init__(self, proxy: Any, player: Player, repertoire: Repertoire, voices: Voices) -> None:
        self._proxy = proxy
        self._player = player
        self._repertoire = repertoire
        self._voices = voices
        self._language = ""
        self._rate = DEFAULT_RATE
        self._now: _Utterance | None = None
        self._follows = False
        self._waiting: queue.SimpleQueue[_Utterance | None] = queue.SimpleQueue()
        if not player.prepares_in_line:
            threading.Thread(target=self._prepare_all, name="speech", daemon=True).start()

    # --- what pyttsx3 calls ---------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Begin a sentence in the language set as voice. Raises NoVoice."""
        sentence = self._repertoire.find(self._language, text)
        utterance = _Utterance(sentence, self._rate / DEFAULT_RATE, _GAP if self._follows else b"")
        self._proxy.setBusy(True)
        self._now = utterance
        if self._player.prepares_in_line:
            self._prepare(utterance)
        else:
            self._waiting.put(utterance)

    def stop(self) -> None:
        """Silence what sounds; pyttsx3 has emptied its queue already."""
        was, self._now = self._now, None
        self._player.stop()
        if was:
            self._proxy.notify("finished-utterance", completed=False)
            self._proxy.setBusy(False)

    def iterate(self) -> Iterator[None]:
        """One step for each `next`: pyttsx3 takes one for each of its own `iterate()`."""
        self._proxy.setBusy(False)
        while True:
            self._tick()
            yield

    def getProperty(self, name: str) -> object:  # noqa: N802 (pyttsx3's name)
        """`voice` (a language code), `rate` (words a minute), `volume` (0 to 1), `voices`."""
        if name == "voices":
            return [Pyttsx3Voice(v.language, v.name, [v.language]) for v in self._voices.values()]
        return {
            "voice": self._language,
            "rate": self._rate,
            "volume": self._player.volume,
        }[name]

    def setProperty(self, name: str, value: str | float) -> None:  # noqa: N802 (pyttsx3's name)
        """`voice`, `rate` or `volume`; any other raises KeyError."""
        if name == "voice":
            self._language = str(value)
        elif name == "rate":
            self._rate = int(value)
        elif name == "volume":
            self._player.volume = float(value)
        else:
            raise KeyError(name)

    def startLoop(self) -> None:  # noqa: N802 (pyttsx3's name)
        """pyttsx3 would block here; the kiosk never does."""
        raise NotImplementedError

    def endLoop(self) -> None:  # noqa: N802 (pyttsx3's name)
        """Never reached either: there is no loop of ours to end."""
        raise NotImplementedError

    def save_to_file(self, text: str, filename: str) -> None:
        """Nothing a person hears is ever written to a file."""
        raise NotImplementedError

    def destroy(self) -> None:
        """Silence, and let the preparing thread end."""
        self._waiting.put(None)
        self._player.stop()

    # --- the preparing thread -------------------------------------------------------------------

    def _prepare_all(self) -> None:
        warm_up()  # this and the next are loaded before the first tap needs them
        with contextlib.suppress(NoVoice):  # whoever wants to speak is told
            espeak()
        while (utterance := self._waiting.get()) is not None:
            self._prepare(utterance)

    def _prepare(self, utterance: _Utterance) -> None:
        if self._now is not utterance:
            return
        try:
            self._begin(utterance)
        except YourSayError as problem:
            utterance.problem = problem
        if self._now is not utterance:  # stopped or replaced while it was being prepared
            self._player.stop()

    def _begin(self, utterance: _Utterance) -> None:
        clip = utterance.sentence.clip().at_speed(utterance.speed)
        lead_ms = len(utterance.lead) / 2 * 1000 / RATE
        form = utterance.sentence.form
        utterance.words.extend(
            (lead_ms + word.from_ms, *form.shown(word.start, word.end)) for word in clip.words
        )
        if not clip.words and form.text:
            utterance.words.append((lead_ms, *form.shown(0, len(form.text))))
        if self._now is utterance:
            self._player.play(utterance.lead + clip.samples)
            utterance.ready = True

    # --- on the caller's thread, each frame -----------------------------------------------------

    def _tick(self) -> None:
        utterance = self._now
        if utterance is None:
            return
        if utterance.problem:
            self._proxy.notify("error", exception=utterance.problem)
            if self._now is utterance:  # whoever was told has not stopped us already
                self._finish(completed=False)
        elif utterance.ready:
            self._report(utterance)

    def _report(self, utterance: _Utterance) -> None:
        if not utterance.started:
            utterance.started = True
            self._proxy.notify("started-utterance")
        position, playing = self._player.position_ms(), self._player.playing
        while utterance.words and (utterance.words[0][0] <= position or not playing):
            _, start, end = utterance.words.popleft()
            self._proxy.notify("started-word", location=start, length=end - start)
        if not playing:
            self._finish(completed=True)

    def _finish(self, completed: bool) -> None:
        self._now = None
        self._proxy.notify("finished-utterance", completed=completed)
        self._follows = completed
        self._proxy.setBusy(False)  # pyttsx3 begins the next one here
        self._follows = False
