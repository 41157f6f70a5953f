"""Workspaces planned by the workers of an engine that somebody runs: Dask or Ray. Which libraries are extras, and imported late."""

import logging
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

from sigctl.commands.errors import CommandError
from sigctl.commands.rota.engine import PAUSE, Engine, Headway, Look, lost, stopped
from sigctl.commands.rota.one_of_many import Answer, Task, planned
from sigctl.commands.rota.this_machine import ThisMachine

PATIENCE: Final = "15s"
"""How long a scheduler has to answer."""

_ONE_AT_A_TIME: Final = threading.Lock()
"""A worker of an engine may have many threads; a search wants the process for itself."""


def _planned_there(task: Task) -> Answer:
    with _ONE_AT_A_TIME:
        return planned(task)


class Dask:
    """The workers of a Dask scheduler that somebody runs."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._distributed = _extra("distributed", "dask")

    def answers(self, tasks: Sequence[Task], look: Look) -> Iterator[Answer]:
        """The answers, as they come. What a worker has begun it also ends."""
        with self._client() as client:
            futures = {client.submit(_planned_there, task, pure=False, retries=0): task for task in tasks}
            waiting = dict(futures)
            while waiting:
                ended = [future for future in waiting if future.done()]
                for future in ended:
                    yield _answer_of(waiting.pop(future), future)
                if look(Headway(len(tasks) - len(waiting), len(tasks), {})):
                    yield from self._called_off(waiting)
                    return
                if waiting:
                    self._wait(list(waiting))

    def _wait(self, futures: list[Any]) -> None:
        try:
            self._distributed.wait(futures, timeout=PAUSE, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return

    def _called_off(self, waiting: dict[Any, Task]) -> Iterator[Answer]:
        for future, task in waiting.items():
            future.cancel()
            yield stopped(task)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            client = self._distributed.Client(self._address, timeout=PATIENCE)
        except (OSError, ValueError) as trouble:
            raise CommandError(f"no Dask scheduler answers at {self._address}: {trouble}", "start one, or leave --engine out") from None
        try:
            yield client
        finally:
            client.close()


def _answer_of(task: Task, future: Any) -> Answer:
    try:
        answer: Answer = future.result()
    except Exception as trouble:  # whatever a worker died of, the others go on
        return lost(task, f"its worker came to a sudden end ({type(trouble).__name__})")
    return answer


class Ray:
    """The workers of a Ray cluster that somebody runs."""

    def __init__(self, address: str) -> None:
        self._ray = _extra("ray", "ray")
        self._address = "auto" if address == "ray" else address

    def answers(self, tasks: Sequence[Task], look: Look) -> Iterator[Answer]:
        """The answers, as they come, each from a fresh process. What a worker has begun it also ends."""
        try:
            self._ray.init(address=self._address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError, OSError) as trouble:
            where = "on this machine" if self._address == "auto" else f"at {self._address}"
            said = str(trouble).partition("\n")[0]
            raise CommandError(f"no Ray cluster answers {where}: {said}", "start one, or leave --engine out") from None
        try:
            yield from self._asked(tasks, look)
        finally:
            self._ray.shutdown()

    def _asked(self, tasks: Sequence[Task], look: Look) -> Iterator[Answer]:
        there = self._ray.remote(num_cpus=1, max_calls=1, max_retries=0)(_planned_there)
        waiting = {there.remote(task): task for task in tasks}
        while waiting:
            ended, _ = self._ray.wait(list(waiting), num_returns=1, timeout=PAUSE)
            for reference in ended:
                yield self._answer(waiting.pop(reference), reference)
            if look(Headway(len(tasks) - len(waiting), len(tasks), {})):
                for reference, task in waiting.items():
                    self._ray.cancel(reference)
                    yield stopped(task)
                return

    def _answer(self, task: Task, reference: Any) -> Answer:
        try:
            answer: Answer = self._ray.get(reference)
        except Exception as trouble:  # whatever a worker died of, the others go on
            return lost(task, f"its worker came to a sudden end ({type(trouble).__name__})")
        return answer


def engine_at(address: str | None, jobs: int | None) -> Engine:
    """The engine at an address, or this machine with so many processes at a time: as many as it has processors."""
    if address is None:
        return ThisMachine(jobs or os.cpu_count() or 1)
    if jobs is not None:
        raise CommandError("--jobs is for this machine; an engine has its own workers", "leave out --jobs or --engine")
    if address == "ray" or address.startswith("ray://"):
        return Ray(address)
    if "://" in address:
        return Dask(address)
    raise CommandError(f"`{address}` is no address of an engine", "write tcp://HOST:8786 for Dask, ray://HOST:10001 or ray for Ray")


def _extra(module: str, extra: str) -> Any:
    """A library that only an engine needs."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise CommandError(f"the library `{module}` is not installed", f"install it with: pip install 'sigctl[{extra}]'") from None
