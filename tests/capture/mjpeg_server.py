"""A network camera on loopback: MJPEG over HTTP, at a rate, that can be pulled out and put back."""

from __future__ import annotations

import base64
import socket
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.capture.numbered_frames import COUNT, as_jpeg, numbered


@cache
def jpegs(width_px: int, height_px: int) -> tuple[bytes, ...]:
    """COUNT numbered pictures, encoded once."""
    return tuple(as_jpeg(numbered(number, width_px, height_px)) for number in range(COUNT))


class MjpegServer:
    """Serves numbered pictures to whoever asks.

    Attributes:
        served: Pictures sent whole, over all connections.
        silent: Answers the request, then sends nothing.
        login: "user:password" to be asked for, or None.
        body: Sent instead of pictures, or None.
    """

    def __init__(self, width_px: int = 320, height_px: int = 240, fps: float = 30) -> None:
        self.size = (width_px, height_px)
        self.fps = fps
        self.served = 0
        self.silent = False
        self.login: str | None = None
        self.body: bytes | None = None
        self.port = 0
        self.beats = 0
        self._beat = threading.Condition()
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/video"

    def __enter__(self) -> Self:
        self.plug_in()
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def plug_in(self) -> None:
        jpegs(*self.size)
        self._server = _Server(self)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def speak(self) -> None:
        self.silent = False

    def until_quiet(self) -> None:
        """Wait until a picture that was due before `silent` was set is on its way."""
        with self._beat:
            beats = self.beats
            self._beat.wait_for(lambda: self.beats >= beats + 2)

    def beat(self) -> None:
        with self._beat:
            self.beats += 1
            self._beat.notify_all()

    def unplug(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.pull()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, camera: MjpegServer) -> None:
        self.camera = camera
        self.pulled = threading.Event()
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", camera.port), _Handler)

    def handle_error(self, *_: object) -> None:
        """A client that goes away in the middle is what these tests are about."""

    def pull(self) -> None:
        self.pulled.set()
        for connection in tuple(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has gone already
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: Any) -> None:
        """Tests are quiet."""

    def do_GET(self) -> None:
        camera = self.server.camera
        self.server.connections.add(self.connection)
        try:
            if camera.login is not None and not self._knows(camera.login):
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._send_pictures(camera)
        except OSError:
            return
        finally:
            self.server.connections.discard(self.connection)

    def _knows(self, login: str) -> bool:
        expected = "Basic " + base64.b64encode(login.encode()).decode()
        return self.headers.get("Authorization") == expected

    def _send_pictures(self, camera: MjpegServer) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        if camera.body is not None:
            self.wfile.write(camera.body)
            return
        due_s = time.monotonic()
        while not self.server.pulled.is_set():
            if not camera.silent:
                self._send(jpegs(*camera.size)[camera.served % COUNT])
                camera.served += 1
            camera.beat()
            due_s += 1 / camera.fps
            self.server.pulled.wait(max(0.0, due_s - time.monotonic()))

    def _send(self, jpeg: bytes) -> None:
        head = f"--next\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
        self.wfile.write(head.encode() + jpeg + b"\r\n")
