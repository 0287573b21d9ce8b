"""A network camera on loopback: RTSP with JPEG in RTP, interleaved in the one TCP connection.

Source: RFC 2326 (RTSP), RFC 2435 (JPEG in RTP), both as far as one client that behaves needs them.
"""

from __future__ import annotations

import socketserver
import struct
import threading
from typing import Self

from tests.capture.mjpeg_server import jpegs

CLOCK_HZ = 90_000  # RFC 2435, section 3: the RTP clock of JPEG
PAYLOAD_TYPE = 26  # JPEG, RFC 3551, table 5
CHUNK = 1400  # bytes of scan data in a packet


class RtspServer(socketserver.ThreadingTCPServer):
    """Serves numbered pictures to whoever plays them.

    Attributes:
        served: Pictures sent whole.
        asked: Methods that clients have asked for.
    """

    allow_reuse_address = True
    daemon_threads = False

    def __init__(self, width_px: int = 320, height_px: int = 240, fps: float = 30) -> None:
        self.size = (width_px, height_px)
        self.fps = fps
        self.served = 0
        self.asked: list[str] = []
        self.pulled = threading.Event()
        super().__init__(("127.0.0.1", 0), _Client)

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.server_address[1]}/stream"

    def __enter__(self) -> Self:
        jpegs(*self.size)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.pulled.set()
        self.shutdown()
        self.server_close()


class _Client(socketserver.StreamRequestHandler):
    server: RtspServer

    def handle(self) -> None:
        try:
            while self._answer():
                pass
        except OSError:
            return

    def _answer(self) -> bool:
        """Answer one request; False when there is none, or after the pictures."""
        lines = []
        while line := self.rfile.readline().decode().strip():
            lines.append(line)
        if not lines:
            return False
        method = lines[0].split()[0]
        self.server.asked.append(method)
        sequence = next(line for line in lines if line.lower().startswith("cseq"))
        extra, body = self._reply(method)
        head = ["RTSP/1.0 200 OK", sequence, "Session: 1", *extra, f"Content-Length: {len(body)}"]
        self.wfile.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        if method == "PLAY":
            self._play()
        return method not in {"PLAY", "TEARDOWN"}

    def _reply(self, method: str) -> tuple[list[str], str]:
        if method == "OPTIONS":
            return ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"], ""
        if method == "DESCRIBE":
            lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=camera", "t=0 0"]
            lines += [f"m=video 0 RTP/AVP {PAYLOAD_TYPE}", "c=IN IP4 0.0.0.0", "a=control:track1"]
            return ["Content-Type: application/sdp"], "\r\n".join([*lines, ""])
        if method == "SETUP":
            return ["Transport: RTP/AVP/TCP;unicast;interleaved=0-1"], ""
        return [], ""

    def _play(self) -> None:
        pictures = jpegs(*self.server.size)
        number, packet = 0, 0
        while not self.server.pulled.wait(1 / self.server.fps):
            stamp = int(number * CLOCK_HZ / self.server.fps)
            packets = list(_packets(pictures[number % len(pictures)], *self.server.size))
            for index, payload in enumerate(packets):
                last = index == len(packets) - 1
                head = struct.pack(">BBHII", 0x80, last << 7 | PAYLOAD_TYPE, packet, stamp, 1)
                packet = (packet + 1) & 0xFFFF
                data = head + payload
                self.wfile.write(b"$\x00" + struct.pack(">H", len(data)) + data)
            number += 1
            self.server.served += 1


def _packets(jpeg: bytes, width_px: int, height_px: int):
    """The payloads of one picture, each with its JPEG header (RFC 2435, section 3.1)."""
    tables, scan = _tables_and_scan(jpeg)
    for offset in range(0, len(scan), CHUNK):
        header = struct.pack(">I4B", offset, 1, 255, width_px // 8, height_px // 8)
        if offset == 0:  # the quantisation tables go with the first packet (section 3.1.8)
            header += struct.pack(">BBH", 0, 0, len(tables)) + tables
        yield header + scan[offset : offset + CHUNK]


def _tables_and_scan(jpeg: bytes) -> tuple[bytes, bytes]:
    tables, at = b"", 2
    while True:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        segment = jpeg[at + 4 : at + 2 + length]
        at += 2 + length
        if marker == 0xDB:
            tables += b"".join(segment[i + 1 : i + 65] for i in range(0, len(segment), 65))
        if marker == 0xDA:
            return tables, jpeg[at:-2]
