"""Reading processes that do not keep to the rules; importable by name from another process."""

from __future__ import annotations

import signal
import sys
import threading
from multiprocessing.connection import Connection

from app.capture.address import StreamAddress
from app.capture.frame_ring import FrameRing
from app.capture.patience import Patience
from app.capture.stream_messages import Kind, Message


def speaks_nonsense(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    connection.send_bytes(b"\x80\x04K\x01.")  # a pickle, which nobody must open
    connection.recv_bytes()


def announces_before_size(
    connection: Connection, address: StreamAddress, patience: Patience
) -> None:
    connection.send_bytes(Message(Kind.FRAME, detail=0, number=1).packed())
    connection.recv_bytes()


def changes_size(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    connection.send_bytes(Message(Kind.SIZE, width_px=4, height_px=4).packed())
    connection.recv_bytes()
    connection.send_bytes(Message(Kind.SIZE, width_px=8, height_px=8).packed())
    connection.recv_bytes()


def hurries_and_dies(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    connection.send_bytes(Message(Kind.SIZE, width_px=4, height_px=4).packed())
    ring = FrameRing.attach(connection.recv_bytes().decode(), 4, 4)
    for slot in range(3):
        ring.slot(slot)[:] = slot
        connection.send_bytes(Message(Kind.FRAME, detail=slot, number=slot + 1).packed())
    ring.close()


def will_not_die(connection: Connection, address: StreamAddress, patience: Patience) -> None:
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    connection.send_bytes(Message(Kind.READY).packed())
    threading.Event().wait()
