"""Where a camera is: an address that was checked once, and never shows its password."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, quote, unquote, urlsplit

from app.capture.problems import BadAddressError

if TYPE_CHECKING:
    from pathlib import Path

MAX_LENGTH = 2048  # characters; longer addresses are no camera's
MAX_DEVICE = 63  # V4L2 numbers up to 63 video devices by default


class Transport(StrEnum):
    """How the pictures come."""

    RTSP = "rtsp"
    RTSPS = "rtsps"
    HTTP = "http"
    HTTPS = "https"
    FILE = "file"
    DEVICE = "device"


NETWORK = frozenset({Transport.RTSP, Transport.RTSPS, Transport.HTTP, Transport.HTTPS})


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """A checked address; `repr` and `str` hold neither password nor path nor query.

    Attributes:
        transport: How the pictures come.
        target: What the reader opens: an address with its credentials, a path, or a device number.
        shown: What may stand on a screen or in a log.
    """

    transport: Transport
    target: str = field(repr=False)
    shown: str

    def __str__(self) -> str:
        return self.shown

    @classmethod
    def parse(cls, text: str) -> Self:
        """Check what someone typed.

        Raises:
            BadAddressError: Another scheme, no host, a port that is none, spaces or control
                characters, or more than MAX_LENGTH characters.
        """
        text = text.strip()
        if len(text) > MAX_LENGTH or any(c.isspace() or not c.isprintable() for c in text):
            raise BadAddressError
        try:
            parts = urlsplit(text)
            transport = Transport(parts.scheme.lower())
            if transport is Transport.FILE:
                return cls(transport, _file_path(parts), "file")
            return cls(transport, text, _shown(parts))
        except ValueError as error:
            raise BadAddressError from error

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """A video file on this machine, played in its own time and again from the start."""
        return cls(Transport.FILE, str(path.absolute()), "file")

    @classmethod
    def of_device(cls, index: int) -> Self:
        """The camera with this number among those that OpenCV finds (a fallback for Qt's)."""
        if not 0 <= index <= MAX_DEVICE:
            raise BadAddressError
        return cls(Transport.DEVICE, str(index), f"device {index}")

    @property
    def has_credentials(self) -> bool:
        """Whether the address carries a user name or a password before the host."""
        return self.transport in NETWORK and "@" in urlsplit(self.target).netloc

    def credentials(self) -> tuple[str, str]:
        """User name and password, for the caller to keep apart from the address; may be empty."""
        if not self.has_credentials:
            return "", ""
        parts = urlsplit(self.target)
        return unquote(parts.username or ""), unquote(parts.password or "")

    def without_credentials(self) -> Self:
        """The same address with nothing before the host, fit for a settings file."""
        if not self.has_credentials:
            return self
        parts = urlsplit(self.target)
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        return replace(self, target=bare.geturl())

    def with_credentials(self, user: str, password: str) -> Self:
        """The same network address with these credentials, percent-encoded (RFC 3986, 3.2.1)."""
        assert self.transport in NETWORK, "only network cameras ask who is there"
        parts = urlsplit(self.without_credentials().target)
        before = f"{quote(user, safe='')}:{quote(password, safe='')}@"
        return replace(self, target=parts._replace(netloc=before + parts.netloc).geturl())


def _file_path(parts: SplitResult) -> str:
    if parts.netloc not in {"", "localhost"} or len(parts.path) < 2:  # noqa: PLR2004 - more than "/"
        raise BadAddressError
    from urllib.request import url2pathname  # noqa: PLC0415 - brings HTTP and TLS along

    return url2pathname(parts.path)


def _shown(parts: SplitResult) -> str:
    host, port = parts.hostname, parts.port
    if not host or Transport(parts.scheme.lower()) is Transport.DEVICE:
        raise BadAddressError
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{host}" + (f":{port}" if port is not None else "")
