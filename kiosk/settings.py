"""How this device is set up: one file, the environment and the flags become one frozen `Settings`.

Later wins: built-in values, then the TOML file, then `YOURSAY_…` in the environment, then flags.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, fields
from pathlib import Path

from kiosk.errors import FileUnreadable, SettingsFaulty

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "YOURSAY_"
FILE_NAME = "settings.toml"
DEMO_PLACE = ROOT / "places" / "demo.toml"

# Read before Kivy is imported. By its own ways Kivy writes every logger's messages to a folder in
# the home directory, swallows crashes, leaves on Escape and reads our flags; see the tests.
KIVY_ENVIRONMENT: Mapping[str, str] = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_DPI": "96",
    "KIVY_CLIPBOARD": "dummy",
    "KCFG_GRAPHICS_MULTISAMPLES": "0",
    "KCFG_KIVY_EXIT_ON_ESCAPE": "0",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything about this device that is not in its place pack.

    Lengths are pixels (`width`, `height`), pixels per inch (`ppi`) and seconds. `printer` "" is the
    system's default queue. `demo` means keys made for one run and thrown away after it.
    """

    data_dir: Path
    build_dir: Path = ROOT / "build"
    place_file: Path = DEMO_PLACE
    fullscreen: bool = True
    width: int = 1280
    height: int = 800
    ppi: int = 149  # 10.1 inches at 1280 x 800
    idle_seconds: int = 300
    warning_seconds: int = 60
    printer: str = ""
    camera: bool = False
    demo: bool = True


LEAST: Mapping[str, int] = {
    "width": 320,
    "height": 320,
    "ppi": 40,
    "idle_seconds": 30,
    "warning_seconds": 20,  # WCAG 2.2.1: twenty seconds to say "I am still here"
}
WORDS_FOR_TRUE = frozenset({"1", "true", "yes", "on"})
WORDS_FOR_FALSE = frozenset({"0", "false", "no", "off"})
PATHS = frozenset({"data_dir", "build_dir", "place_file"})
SWITCHES = frozenset({"fullscreen", "camera", "demo"})


def default_data_dir() -> Path:
    """Where this device keeps its records when nobody says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("your-say", appauthor=False)


def read_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Put the three sources together.

    `flags` maps field names to values, None meaning "not said". `file` must exist when it is named;
    DATA/settings.toml is read when it is there. A place named in any of them means that this is no
    demo, unless `demo` is said too.

    Raises SettingsFaulty (facts: `file`, `name`) for a value that cannot be, and FileUnreadable.
    """
    said = {name: value for name, value in (flags or {}).items() if value is not None}
    surroundings = os.environ if environment is None else environment
    from_environment = {
        name: surroundings[PREFIX + name.upper()]
        for name in _names()
        if PREFIX + name.upper() in surroundings
    }
    if file is None and PREFIX + "SETTINGS" in surroundings:
        file = Path(surroundings[PREFIX + "SETTINGS"])
    data_dir = said.get("data_dir") or from_environment.get("data_dir")
    standing = Path(str(data_dir)) if data_dir else default_data_dir()
    if file is None and (standing / FILE_NAME).is_file():
        file = standing / FILE_NAME
    values: dict[str, object] = {"data_dir": standing}
    sources: list[tuple[str, Mapping[str, object]]] = [
        ("environment", from_environment),
        ("flags", said),
    ]
    if file is not None:
        sources.insert(0, (file.name, _read_file(file)))
    for where, source in sources:
        for name, value in source.items():
            values[name] = _checked(where, name, value, file)
    if "place_file" in values and "demo" not in values:
        values["demo"] = False
    return Settings(**values)  # type: ignore[arg-type]  # each was checked by name just above


def set_kivy_environment(
    build_dir: Path, environment: MutableMapping[str, str] | None = None
) -> None:
    """Tell Kivy how to behave, before anything imports it; it gets a folder of its own in build."""
    surroundings = os.environ if environment is None else environment
    surroundings.update(KIVY_ENVIRONMENT)
    home = build_dir / "kivy"
    home.mkdir(parents=True, exist_ok=True)
    surroundings["KIVY_HOME"] = str(home)


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Settings))


def _read_file(file: Path) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileUnreadable(file=str(file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsFaulty(file=file.name, name="TOML") from error


def _checked(where: str, name: str, value: object, file: Path | None) -> object:
    """Give `value` the type of its field, or raise SettingsFaulty naming the field."""
    if name in PATHS and isinstance(value, str | Path) and str(value):
        path = Path(value).expanduser()
        beside_file = file is not None and where == file.name and not path.is_absolute()
        return file.parent / path if beside_file and file is not None else path.absolute()
    if name in SWITCHES:
        if isinstance(value, bool):
            return value
        if str(value).lower() in WORDS_FOR_TRUE | WORDS_FOR_FALSE:
            return str(value).lower() in WORDS_FOR_TRUE
    if name == "printer" and isinstance(value, str):
        return value
    if name in LEAST and not isinstance(value, bool):
        try:
            number = int(str(value))
        except ValueError as error:
            raise SettingsFaulty(file=where, name=name) from error
        if number >= LEAST[name]:
            return number
    raise SettingsFaulty(file=where, name=name)
