"""Rendering every fixed sentence before the kiosk opens, once, and again only what changed."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ContentFaulty, NoVoice
from kiosk.speech.alignment import readable_by, spoken_form
from kiosk.speech.clip import encode, read_clip, synthesise, write_clip, write_whole
from kiosk.speech.espeak import espeak
from kiosk.speech.repertoire import clip_name, has_words
from kiosk.speech.voices import Standard, Voice, Voices, read_voices

_MANIFEST = "manifest.json"
_FORM = 1
"""Goes up when clips are made in another way (trimming, timing, format): all are made again."""
_OURS = (".ogg", ".json", ".part")

Progress = Callable[[int, int], None]
"""How many sentences are done, out of how many."""


@dataclass(frozen=True)
class SpeechBuilt:
    """What a build did, in clips; `unsaid`: (language, text) that its voice could not say."""

    rendered: int
    kept: int
    removed: int
    unsaid: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Wanted:
    name: str
    language: str
    shown: str
    spoken: str
    voice: Voice


def clips_folder(build_dir: Path) -> Path:
    """Where the clips of a build lie; a Speaker is given this."""
    return build_dir / "speech"


def build_speech(
    statements: Iterable[tuple[str, str]],
    build_dir: Path,
    progress: Progress | None = None,
    voices: Voices | None = None,
) -> SpeechBuilt:
    """Render what is missing among (language, text as shown), remove what is no longer wanted.

    Languages without a synthetic voice are passed over: people are recorded for those. Draft
    voices are rendered too; whether they may be heard is the Speaker's question. A build that is
    cut off leaves only whole clips, and the next one goes on from there. Two builds of the same
    folder take turns. Raises ContentFaulty when the folder cannot be
    written, NoVoice when espeak-ng is not there.
    """
    known = read_voices() if voices is None else voices
    wanted = _wanted(statements, known)
    folder = clips_folder(build_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _turn(folder):
            removed = _remove_others(folder, wanted)
            missing = [
                each
                for each in wanted.values()
                if read_clip(folder, each.name, each.language, each.spoken) is None
            ]
            unsaid = _render_all(folder, missing, len(wanted), progress)
            _write_manifest(folder, sorted(wanted.keys() - {each.name for each in unsaid}))
    except OSError as fault:
        raise ContentFaulty(file=folder.name, what=os.strerror(fault.errno or 0)) from fault
    return SpeechBuilt(
        rendered=len(missing) - len(unsaid),
        kept=len(wanted) - len(missing),
        removed=removed,
        unsaid=tuple((each.language, each.shown) for each in unsaid),
    )


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait for another build of this folder to end; the lock goes with the process."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _wanted(statements: Iterable[tuple[str, str]], voices: Voices) -> dict[str, _Wanted]:
    """By clip name, which also makes one of two that sound the same."""
    wanted = {}
    for language, shown in statements:
        voice = voices.get(language)
        if voice is None or voice.standard is Standard.NONE or not has_words(language, shown):
            continue
        spoken = spoken_form(shown).text
        name = clip_name(language, spoken, voice)
        wanted[name] = _Wanted(name, language, shown, spoken, voice)
    return wanted


def _made_with() -> str:
    return f"espeak-ng {espeak().version}, form {_FORM}"


def _remove_others(folder: Path, wanted: dict[str, _Wanted]) -> int:
    """Remove orphans, halves, and everything that another engine version or form made.

    The manifest is written before the first clip, so that a build that was cut off is recognised.
    Returns how many clips went.
    """
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        same = manifest["made_with"] == _made_with()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        same = False
    removed = 0
    for path in folder.iterdir():
        stale = path.suffix in _OURS and path.name != _MANIFEST
        if stale and not (same and path.suffix != ".part" and path.stem in wanted):
            path.unlink()
            removed += path.suffix == ".ogg"
    if not same:
        _write_manifest(folder, [])
    return removed


def _write_manifest(folder: Path, names: list[str]) -> None:
    manifest = {"made_with": _made_with(), "clips": names}
    write_whole(folder / _MANIFEST, json.dumps(manifest, indent=0).encode())


def _render_all(
    folder: Path, missing: list[_Wanted], total: int, progress: Progress | None
) -> list[_Wanted]:
    """Render these; returns those that the voice could not say.

    espeak-ng works one sentence at a time, but nearly all the time goes into Vorbis.
    """
    unsaid: list[_Wanted] = []
    done = total - len(missing)
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        jobs = {pool.submit(_render, folder, each): each for each in missing}
        try:
            for job in as_completed(jobs):
                if not job.result():
                    unsaid.append(jobs[job])
                done += 1
                if progress:
                    progress(done, total)
        except BaseException:  # a full disk, or whoever started the build stopped it
            pool.shutdown(cancel_futures=True)
            raise
    if progress and not missing:
        progress(total, total)
    return unsaid


def _render(folder: Path, wanted: _Wanted) -> bool:
    if not readable_by(wanted.spoken, wanted.voice.scripts):
        return False
    try:
        clip = synthesise(wanted.spoken, wanted.voice)
    except NoVoice:
        return False
    write_clip(
        folder, wanted.name, encode(clip.samples), clip.words, wanted.language, wanted.spoken
    )
    return True
