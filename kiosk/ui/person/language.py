"""Which language: each by its own name, in its own script, heard on touch, never by a flag."""

from __future__ import annotations

from functools import partial

from kiosk.errors import NoSoundDevice, NoVoice
from kiosk.i18n import Language
from kiosk.speech.repertoire import VoiceState
from kiosk.ui import theme
from kiosk.ui.reading import Parted
from kiosk.ui.routes import Step
from kiosk.ui.widgets.controls import Box, WordButton
from kiosk.ui.widgets.picture import Icon
from kiosk.ui.widgets.words import put_words, words_height, words_width

GAP_ACROSS, GAP_DOWN = 36.0, 20.0
LISTEN_WIDTH = 122.0
FEW = 3  # so few languages stand below one another


class _Name(Box):
    """A language's own name. Tapping it chooses it."""

    def __init__(self, screen: LanguageChoice, language: Language) -> None:
        super().__init__(
            screen.dress,
            f"language.{language.code}",
            partial(screen.session.choose_language, language.code),
            language.name_own_script,
        )
        self.language = language

    def compose(self) -> None:
        size, width = self.dress.type.body, self.inner_width - 24
        high = words_height(
            self.dress, self.language.name_own_script, size, width, bold=True, spacing=1.2
        )
        self.tinted.append(
            put_words(
                self,
                self.language.name_own_script,
                12,
                (self.inner_height - high) / 2,
                width,
                size=size,
                bold=True,
                align="center",
                spacing=1.2,
                language=self.language.code,
            )
        )
        self.paint()


class _Hear(Box):
    """Hear a language's name in its own voice."""

    def __init__(self, screen: LanguageChoice, language: Language) -> None:
        super().__init__(
            screen.dress,
            f"hear.{language.code}",
            partial(screen.hear, language),
            language.name_own_script,
        )
        self.screen = screen

    def compose(self) -> None:
        path = self.screen.session.pictures.icon("listen", mirrored=self.dress.rtl)
        icon = Icon(path, self.ink)
        self.put(icon, (self.inner_width - 44) / 2, (self.inner_height - 44) / 2, 44, 44)
        self.tinted.append(icon)
        self.paint()


class LanguageChoice(Parted):
    """Name and listen sign are two boxes; a language with no voice has only its name."""

    @property
    def columns(self) -> int:
        if len(self.session.parts.languages) <= FEW and not self.dress.size.roomy:
            return 1
        return 2 if self.dress.portrait or self.dress.size.roomy else 3

    @property
    def per_page(self) -> int:
        rows = 3 if self.dress.size.roomy and not self.dress.portrait else 4
        fits = rows * self.columns
        return fits if len(self.session.parts.languages) <= fits else fits - 1

    @property
    def parts(self) -> int:
        return -(-len(self.session.parts.languages) // self.per_page)

    def body(self) -> None:
        bottom = self.heading(self.say("language.title"))
        top = self._other_titles(bottom)
        languages = self.session.parts.languages[self.part * self.per_page :][: self.per_page]
        rows = -(-(len(languages) + (self.parts > 1)) // self.columns)
        room = self.bar_top - 28 - top
        wide = (self.full_width - GAP_ACROSS * (self.columns - 1)) / self.columns
        high = min(122.0, (room - GAP_DOWN * (rows - 1)) / rows)
        for at, language in enumerate(languages):
            start = theme.MARGIN + (at % self.columns) * (wide + GAP_ACROSS)
            down = top + (at // self.columns) * (high + GAP_DOWN)
            self._put_language(language, start, down, wide, high)
        if self.parts > 1:
            at = len(languages)
            start = theme.MARGIN + (at % self.columns) * (wide + GAP_ACROSS)
            down = top + (at // self.columns) * (high + GAP_DOWN)
            more = WordButton(self.dress, "more", self.say("language.more"), self._round, tool=True)
            self.put(more, start, down, wide, high)

    def _put_language(
        self, language: Language, start: float, top: float, wide: float, high: float
    ) -> None:
        voice = self.session.parts.speaker.can_say(language.code, language.name_own_script)
        heard = voice is not VoiceState.NONE
        name_wide = wide - LISTEN_WIDTH - 16 if heard else wide
        self.put(_Name(self, language), start, top, name_wide, high)
        if heard:
            self.put(_Hear(self, language), start + name_wide + 16, top, LISTEN_WIDTH, high)

    def _other_titles(self, top: float) -> float:
        """Put "Your language" in the other languages, so that each can see what is asked."""
        others = [
            (self.session.parts.words(language.code).text("language.title"), language.code)
            for language in self.session.parts.languages
            if language.code != self.dress.language
        ]
        start, bottom, size = float(theme.MARGIN), top, min(48, self.dress.type.body)
        for text, code in others[:5]:
            width = words_width(self.dress, text, size, language=code) + 8
            if start + width > self.inner_width - theme.MARGIN:
                break
            label = put_words(
                self, text, start, top + 2, width, size=size, spacing=1.3, language=code
            )
            bottom = max(bottom, top + 2 + label.height / self.dress.scale)
            start += width + 48
        return max(bottom + 18, self.dress.type.hide[1] + 20)

    def _round(self) -> None:
        if self.last_part:
            self.session.swap(Step("language"))
        else:
            self.more()

    def hear(self, language: Language) -> None:
        """Say the language's name in its own voice."""
        try:
            self.session.voice.say_alone(language.name_own_script, language.code)
        except (NoVoice, NoSoundDevice) as error:
            self.session.trouble(error)
