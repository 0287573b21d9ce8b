"""Memory for three pictures that the reading process fills and the program copies from."""

from __future__ import annotations

from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING, Self

import numpy as np

from app.capture.stream_messages import SLOTS

if TYPE_CHECKING:
    from numpy.typing import NDArray


class FrameRing:
    """SLOTS pictures of one size in shared memory; never a file on a disk.

    Attributes:
        name: By which the other process finds it.
    """

    def __init__(self, memory: SharedMemory, width_px: int, height_px: int, *, owner: bool) -> None:
        self.name = memory.name
        self._memory = memory
        self._owner = owner
        self._touched: set[int] = set()  # wiping the others would only make the system find memory
        self._slots: NDArray[np.uint8] | None = np.ndarray(
            (SLOTS, height_px, width_px, 3), np.uint8, buffer=memory.buf
        )

    @classmethod
    def create(cls, width_px: int, height_px: int) -> Self:
        """New memory; whoever creates it frees it."""
        size = SLOTS * width_px * height_px * 3
        return cls(SharedMemory(create=True, size=size), width_px, height_px, owner=True)

    @classmethod
    def attach(cls, name: str, width_px: int, height_px: int) -> Self:
        """The memory that the other process created."""
        return cls(SharedMemory(name=name), width_px, height_px, owner=False)

    def slot(self, index: int) -> NDArray[np.uint8]:
        """The picture in a slot, uint8[H, W, 3], to be written or copied; not to be kept."""
        assert self._slots is not None, "the memory is freed"
        self._touched.add(index)
        picture: NDArray[np.uint8] = self._slots[index]
        return picture

    def close(self) -> None:
        """Let go; the owner frees the memory after wiping it."""
        if self._slots is None:
            return
        if self._owner:
            for index in self._touched:
                self._slots[index].fill(0)
        self._slots = None
        self._memory.close()
        if self._owner:
            self._memory.unlink()
