"""ICC profiles written by hand, so that none has to be bundled."""

from __future__ import annotations

import struct

PCS_WHITE = (0.9642, 1.0, 0.8249)  # D50; ICC.1:2022, 7.2.16
WIDE_GAMUT = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
"""Red, green and blue of Adobe RGB (1998), adapted to D50; Adobe RGB (1998) encoding, annex B."""

GAMMA = 2.19921875


def adobe_rgb_profile() -> bytes:
    """A matrix profile with the primaries and the gamma of Adobe RGB (1998)."""
    red, green, blue = WIDE_GAMUT
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(GAMMA * 256))
    tags = {
        b"desc": _description("Adobe RGB (1998) compatible"),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _xyz(PCS_WHITE),
        b"rXYZ": _xyz(red),
        b"gXYZ": _xyz(green),
        b"bXYZ": _xyz(blue),
        b"rTRC": gamma,
        b"gTRC": gamma,
        b"bTRC": gamma,
    }
    return _profile(b"RGB ", tags)


def grey_profile() -> bytes:
    """A grey profile with gamma 1, which makes middle grey visibly lighter in sRGB."""
    tags = {
        b"desc": _description("linear grey"),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _xyz(PCS_WHITE),
        b"kTRC": b"curv" + bytes(4) + struct.pack(">IH", 1, 256) + bytes(2),
    }
    return _profile(b"GRAY", tags)


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body = bytearray(), bytearray()
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", start + len(body), len(content))
        body += padded
    whole = struct.pack(">I", len(tags)) + table + body
    header = struct.pack(">I4sI", 128 + len(whole), b"none", 0x02100000) + b"mntr" + space + b"XYZ "
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    header += b"".join(struct.pack(">i", round(part * 65536)) for part in PCS_WHITE)
    return header.ljust(128, b"\0") + whole


def _description(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(raw)) + raw + bytes(78)


def _xyz(parts: tuple[float, float, float]) -> bytes:
    numbers = (round(part * 65536) for part in parts)
    return b"XYZ " + bytes(4) + b"".join(struct.pack(">i", number) for number in numbers)
