from __future__ import annotations

from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest

from app.capture.frame_ring import FrameRing


def test_what_one_side_writes_the_other_side_reads() -> None:
    owner = FrameRing.create(5, 4)
    reader = FrameRing.attach(owner.name, 5, 4)
    picture = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)

    reader.slot(1)[:] = picture
    seen = owner.slot(1).copy()
    reader.close()
    owner.close()

    assert (seen == picture).all()


def test_memory_is_wiped_and_freed_at_the_end() -> None:
    owner = FrameRing.create(64, 64)
    onlooker = SharedMemory(name=owner.name)
    owner.slot(2)[:] = 200

    owner.close()
    owner.close()
    assert onlooker.buf is not None
    left = bytes(onlooker.buf)
    onlooker.close()

    assert set(left) == {0}
    with pytest.raises(FileNotFoundError):
        SharedMemory(name=owner.name)
