"""The one thread that touches the store, and the way back to the screen.

Work goes down with `run`; its value or its foreseen failure comes back up on Kivy's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from kivy.clock import Clock

from kiosk.errors import YourSayError

T = TypeVar("T")


class Background:
    """A queue of one thread. What is not foreseen goes to `on_unforeseen`, which ends the visit."""

    def __init__(
        self,
        on_unforeseen: Callable[[BaseException], None],
        thread: ThreadPoolExecutor | None = None,
    ) -> None:
        """`thread` is a pool of one that is at work already, if there is one."""
        self._thread = thread or ThreadPoolExecutor(1, thread_name_prefix="store")
        self._on_unforeseen = on_unforeseen
        self.waiting = 0

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        problem: Callable[[YourSayError], None],
        unforeseen: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Do `work` away from the screen, then call exactly one of `done` and `problem`.

        `unforeseen` is told of what nobody foresaw, in place of `on_unforeseen`.
        """
        self.waiting += 1
        told = unforeseen or self._on_unforeseen
        self._thread.submit(work).add_done_callback(
            lambda future: Clock.schedule_once(
                lambda _dt: self._deliver(future, done, problem, told)
            )
        )

    def now(self, work: Callable[[], T]) -> T:
        """Do `work` on the store's thread and wait: for starting and closing only."""
        return self._thread.submit(work).result()

    def close(self) -> None:
        """Finish what is queued and end the thread."""
        self._thread.shutdown(wait=True)

    def _deliver(
        self,
        future: Future[T],
        done: Callable[[T], None],
        problem: Callable[[YourSayError], None],
        unforeseen: Callable[[BaseException], None],
    ) -> None:
        self.waiting -= 1
        failure = future.exception()
        if failure is None:
            done(future.result())
        elif isinstance(failure, YourSayError):
            problem(failure)
        else:
            unforeseen(failure)
