"""A data folder with a keystore and a database, and one person who comes and takes a Yes back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bench.sample import BEGIN
from kiosk.domain.consent import Answer, Cell, Scope, Statement
from kiosk.domain.deciding import Decision
from kiosk.domain.event import Kind
from kiosk.domain.history import History
from kiosk.domain.place import Detail
from kiosk.store.keystore import DataKeys, new_keystore
from kiosk.store.opening import create_store, open_store
from kiosk.store.store import Store

MACHINE = b"m" * 32
PERSON = b"p" * 16
CELL = Cell("gp", "home", "health")
YES = Decision((Statement(Scope(*CELL), Answer.YES, Detail.SUMMARY),), frozenset())


class Folder:
    """A data folder, and the keys to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        keystore, self.keys = new_keystore()
        keystore.with_machine(self.keys, MACHINE).write(path)
        create_store(path, self.keys[0], place="demo", demo=True, now=BEGIN)

    def open(self, now: datetime = BEGIN, keys: DataKeys = ()) -> Store:
        return open_store(self.path, keys or self.keys, now)


def come(store: Store, person: bytes = PERSON, now: datetime = BEGIN) -> bytes:
    """Somebody comes, and says Yes to one cell. Returns the choice's event id."""
    with store.writing(now) as act:
        act.event(Kind.PERSON_CAME, person, {"code": [1, 2, 3, 4]})
        history = act.choices(person, [YES], History(()))
    (yes,) = history.heads(CELL)
    return yes


def withdraw(store: Store, yes: bytes, person: bytes = PERSON, now: datetime = BEGIN) -> None:
    """They take it back."""
    decision = Decision((Statement(Scope("gp"), Answer.WITHDRAWN),), frozenset([yes]))
    before = store.history(person)
    with store.writing(now) as act:
        act.choices(person, [decision], before)


def may_see(store: Store, person: bytes = PERSON, now: datetime = BEGIN) -> Detail:
    return store.may_see(person, *CELL, now)
