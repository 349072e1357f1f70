"""What can be said, and from where: a recorded person, the cache, a live voice, or not at all.

In that order, and nothing after it: never another language's voice, and never silence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.errors import NoVoice
from kiosk.speech.alignment import SpokenForm, readable_by, spoken_form, words_of
from kiosk.speech.clip import Clip, PackedClip, read_clip, synthesise
from kiosk.speech.espeak import espeak
from kiosk.speech.voices import Voice, Voices

RECORDINGS = Path(__file__).resolve().parents[2] / "assets" / "voices"
_NAME_LENGTH = 32


class VoiceState(Enum):
    """How a sentence would be heard; NONE: ask a worker to read it."""

    RECORDED = "recorded"
    CACHED = "cached"
    LIVE = "live"
    NONE = "none"


def recording_name(language: str, spoken: str) -> str:
    """File name, without its ending, of a person's recording: it depends on the words alone."""
    return _name(language, spoken)


def clip_name(language: str, spoken: str, voice: Voice) -> str:
    """File name, without its ending, of a rendered clip.

    Other words, or another voice or rate, have another name, so an old clip can never be played
    for new words.
    """
    return _name(language, spoken, voice.key)


def _name(*parts: str) -> str:
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:_NAME_LENGTH]


@dataclass(frozen=True)
class Sentence:
    """A sentence that can be heard: how, its spoken form, and what it takes to sound it."""

    state: VoiceState
    form: SpokenForm
    source: PackedClip | Voice

    def clip(self) -> Clip:
        """Decode it or have it read now: tens of milliseconds, so not on the UI thread.

        Raises NoVoice.
        """
        if isinstance(self.source, PackedClip):
            return self.source.unpack()
        return synthesise(self.form.text, self.source)


class Repertoire:
    """Everything that this device can say.

    Files are looked for each time they are wanted, so one that is deleted or spoilt while the
    kiosk runs is noticed at once.
    """

    def __init__(
        self,
        voices: Voices,
        clips: Path,
        recordings: Path = RECORDINGS,
        allow_drafts: bool = False,
    ) -> None:
        """`clips`: the folder that build_speech fills; `recordings`: has a folder per language."""
        self._voices = voices
        self._clips = clips
        self._recordings = recordings
        self._allow_drafts = allow_drafts

    def find(self, language: str, text: str) -> Sentence:
        """The best way to say it. Raises NoVoice (fact `language`). About 0.2 ms."""
        form = spoken_form(text)
        recorded = self._recorded(language, form.text)
        if recorded:
            return Sentence(VoiceState.RECORDED, form, recorded)
        voice = self._voices.get(language)
        if not voice or not voice.allowed(self._allow_drafts):
            raise NoVoice(language=language)
        name = clip_name(language, form.text, voice)
        cached = read_clip(self._clips, name, language, form.text)
        if cached:
            return Sentence(VoiceState.CACHED, form, cached)
        if not readable_by(form.text, voice.scripts) or not espeak().has_voice(voice.name):
            raise NoVoice(language=language)
        return Sentence(VoiceState.LIVE, form, voice)

    def state(self, language: str, text: str = "") -> VoiceState:
        """How this would be said; without words: the best that the language has in general."""
        try:
            if text:
                return self.find(language, text).state
            return self._state_of(language)
        except NoVoice:
            return VoiceState.NONE

    def _state_of(self, language: str) -> VoiceState:
        voice = self._voices.get(language)
        if voice and voice.allowed(self._allow_drafts) and espeak().has_voice(voice.name):
            return VoiceState.LIVE
        folder = self._recordings / language
        if folder.is_dir() and any(folder.glob("*.ogg")):
            return VoiceState.RECORDED
        return VoiceState.NONE

    def _recorded(self, language: str, spoken: str) -> PackedClip | None:
        folder = self._recordings / language
        return read_clip(folder, recording_name(language, spoken), language, spoken)


def has_words(language: str, text: str) -> bool:
    """Whether there is anything to say; a line or a dash alone is not."""
    return bool(words_of(spoken_form(text).text, language))
