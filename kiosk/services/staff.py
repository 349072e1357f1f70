"""Members of staff: who may open this device, and whether this is one of them."""

from __future__ import annotations

from pathlib import Path

from kiosk.store.keystore import read_keystore


class Staff:
    """Staff as the keystore knows them: by name and passphrase. Works with the database closed."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def names(self) -> tuple[str, ...]:
        """Names of those who have a slot, as they were given. Raises KeystoreMissing or -Damaged."""
        return read_keystore(self._data_dir).staff

    def check_passphrase(self, name: str, passphrase: str) -> None:
        """Return if it is theirs; takes a tenth of a second or more. Raises WrongKey."""
        read_keystore(self._data_dir).open_with_passphrase(name, passphrase)
