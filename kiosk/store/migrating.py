"""The shape of the database: numbered SQL, run once each, and a dump of what comes out.

`schema.sql` is the dump, kept in git so that a change of shape shows in a review; a test makes it
anew and compares.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from kiosk.errors import StoreNewer
from kiosk.store.connecting import Connection

MIGRATIONS: Final = tuple(
    sorted(
        entry.name
        for entry in files("kiosk.store").joinpath("migrations").iterdir()
        if entry.name.endswith(".sql")
    )
)
NEWEST: Final = len(MIGRATIONS)


def statements(number: int) -> tuple[str, ...]:
    """Return the SQL statements of migration 1, 2, ... `NEWEST`."""
    folder = files("kiosk.store").joinpath("migrations")
    lines = folder.joinpath(MIGRATIONS[number - 1]).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line.split("--")[0].rstrip() for line in lines)
    return tuple(part.strip() for part in text.split(";") if part.strip())


def migrate(connection: Connection, found: int) -> None:
    """Bring a database from the shape found to the newest, within the caller's transaction.

    Raises StoreNewer for a shape that we do not know yet.
    """
    if found > NEWEST:
        raise StoreNewer(found=found, known=NEWEST)
    for number in range(found + 1, NEWEST + 1):
        for statement in statements(number):
            connection.execute(statement)


def dump(connection: Connection) -> str:
    """Return the whole shape as SQL text, in a fixed order."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name"
    )
    return "\n\n".join(f"{sql};" for (sql,) in rows) + "\n"
