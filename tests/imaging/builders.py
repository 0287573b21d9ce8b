"""Picture files for tests, each made from synthetic skin or from plain colours."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from app.imaging.sample_photograph import photograph
from app.imaging.synthetic_skin import SkinScene, synthetic_skin
from tests.imaging.tiff_writer import (
    ASCII,
    BYTE,
    LONG,
    RATIONAL,
    SHORT,
    SIGNED_RATIONAL,
    UNDEFINED,
    TiffWriter,
)

FILES = Path(__file__).parent / "files"
WIDTH_PX, HEIGHT_PX = 320, 240
TAKEN_AT = datetime(2026, 3, 9, 14, 5, 59, tzinfo=UTC)
POSITION = (51.5007, -0.1246)


@cache
def skin(seed: int = 1, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> np.ndarray:
    scene = SkinScene(seed=seed, width_px=width_px, height_px=height_px, hairs=6)
    pixels = synthetic_skin(scene)
    pixels.flags.writeable = False
    return pixels


def quarters(width_px: int = 64, height_px: int = 48) -> np.ndarray:
    """Red, green, blue and white corners, so that every turn can be told from every other."""
    pixels = np.zeros((height_px, width_px, 3), dtype=np.uint8)
    middle_y, middle_x = height_px // 2, width_px // 2
    pixels[:middle_y, :middle_x] = (200, 30, 30)
    pixels[:middle_y, middle_x:] = (30, 180, 30)
    pixels[middle_y:, :middle_x] = (30, 30, 200)
    pixels[middle_y:, middle_x:] = (240, 240, 240)
    return pixels


def corners(jpeg: bytes) -> tuple[str, ...]:
    """Colours of an encoded picture at top left, top right, bottom left and bottom right."""
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    far_x, far_y = image.width - 3, image.height - 3
    return tuple(
        _name(image.getpixel(at)) for at in ((2, 2), (far_x, 2), (2, far_y), (far_x, far_y))
    )


def _name(rgb) -> str:
    if min(rgb) > 150:
        return "white"
    return ("red", "green", "blue")[max(range(3), key=lambda channel: rgb[channel])]


def encoded(image: Image.Image | np.ndarray, format_: str, **options) -> bytes:
    if isinstance(image, np.ndarray):
        image = Image.fromarray(image)
    target = io.BytesIO()
    image.save(target, format_, **options)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def camera_jpeg(seed: int = 1, **options) -> bytes:
    return photograph(skin(seed), taken_at=TAKEN_AT, **options)


def with_segments(jpeg: bytes, *bodies: bytes, marker: int = 0xE1) -> bytes:
    """A JPEG with further segments after its first one."""
    inserted = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body for body in bodies
    )
    return jpeg[:2] + inserted + jpeg[2:]


def jpeg_with_exif(block: bytes, seed: int = 1) -> bytes:
    return with_segments(encoded(skin(seed), "JPEG"), b"Exif\0\0" + block)


def xmp_packet(properties: str) -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"'
        ' xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        ' xmlns:GImage="http://ns.google.com/photos/1.0/image/"'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def extended_xmp_jpeg(seed: int, size: int) -> bytes:
    """A JPEG whose XMP continues over many segments, as phones write depth maps."""
    packet = xmp_packet(f"><GImage:Data>{'A' * size}</GImage:Data>")
    step = 65_000
    bodies = [
        b"http://ns.adobe.com/xmp/extension/\0"
        + b"0" * 32
        + struct.pack(">II", len(packet), at)
        + packet[at : at + step]
        for at in range(0, len(packet), step)
    ]
    return with_segments(camera_jpeg(seed), *bodies)


def iptc_block(**texts: str) -> bytes:
    numbers = {"caption": 120, "byline": 80, "city": 90}
    records = b"".join(
        bytes([0x1C, 2, numbers[name]]) + struct.pack(">H", len(text)) + text.encode()
        for name, text in texts.items()
    )
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + bytes(len(records) % 2)


def png_chunk(name: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def with_chunks(png: bytes, *chunks: bytes) -> bytes:
    """A PNG with further chunks after its header."""
    return png[:33] + b"".join(chunks) + png[33:]


def png_bomb(side_px: int) -> bytes:
    """A PNG of a few MB that would become side_px × side_px pixels: zeros, well compressed."""
    header = struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
    rows = zlib.compressobj(9)
    row = bytes(1 + 3 * side_px)
    pixels = b"".join(rows.compress(row) for _ in range(50)) + rows.flush()
    chunks = png_chunk(b"IHDR", header), png_chunk(b"IDAT", pixels), png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def deep(seed: int) -> np.ndarray:
    """Skin with sixteen bits a channel, low bits in use."""
    wide = skin(seed).astype(np.uint16) * 257
    return wide ^ np.arange(wide.shape[1], dtype=np.uint16)[None, :, None] % 64


def deep_png(seed: int) -> bytes:
    return cv2.imencode(".png", deep(seed)[..., ::-1])[1].tobytes()


def rgb_tiff(pixels: np.ndarray, **extra) -> TiffWriter:
    """An uncompressed RGB TIFF; the depth follows the pixels."""
    height, width, _ = pixels.shape
    bits = pixels.dtype.itemsize * 8
    tags = {
        0x0100: (LONG, [width]),
        0x0101: (LONG, [height]),
        0x0102: (SHORT, [bits] * 3),
        0x0103: (SHORT, [1]),
        0x0106: (SHORT, [2]),
        0x0115: (SHORT, [3]),
        0x0116: (LONG, [height]),
        0x011C: (SHORT, [1]),
    }
    return TiffWriter(tags, pixels=pixels.tobytes(), **extra)


def dng(seed: int = 1, orientation: int = 1) -> bytes:
    """A raw file as cameras write them: one RGGB value a pixel, twelve bits, linear."""
    linear = (skin(seed).astype(np.float64) / 255) ** 2.2 * 4095
    height, width, _ = linear.shape
    bayer = np.empty((height, width), dtype="<u2")
    bayer[0::2, 0::2] = linear[0::2, 0::2, 0]
    bayer[0::2, 1::2] = linear[0::2, 1::2, 1]
    bayer[1::2, 0::2] = linear[1::2, 0::2, 1]
    bayer[1::2, 1::2] = linear[1::2, 1::2, 2]
    tags = {
        0x00FE: (LONG, [0]),
        0x0100: (LONG, [width]),
        0x0101: (LONG, [height]),
        0x0102: (SHORT, [16]),
        0x0103: (SHORT, [1]),
        0x0106: (SHORT, [32803]),
        0x010F: (ASCII, "Clinigraph"),
        0x0110: (ASCII, "Sample Raw"),
        0x0112: (SHORT, [orientation]),
        0x0115: (SHORT, [1]),
        0x0116: (LONG, [height]),
        0x828D: (SHORT, [2, 2]),
        0x828E: (BYTE, [0, 1, 1, 2]),
        0xC612: (BYTE, [1, 4, 0, 0]),
        0xC614: (ASCII, "Clinigraph Sample Raw"),
        0xC61A: (SHORT, [0]),
        0xC61D: (SHORT, [4095]),
        0xC621: (SIGNED_RATIONAL, XYZ_TO_CAMERA),
        0xC628: (RATIONAL, [(1, 1), (1, 1), (1, 1)]),
        0xC62F: (ASCII, "RAW-7"),
        0xC65A: (SHORT, [21]),
    }
    exif = {0x9003: (ASCII, "2026:03:09 14:05:59"), 0x9000: (UNDEFINED, b"0232")}
    return TiffWriter(tags, exif=exif, pixels=bayer.tobytes()).written()


XYZ_TO_CAMERA = [
    (32405, 10000), (-15371, 10000), (-4985, 10000),
    (-9693, 10000), (18760, 10000), (416, 10000),
    (556, 10000), (-2040, 10000), (10572, 10000),
]  # fmt: skip
"""A camera that sees in sRGB's primaries; IEC 61966-2-1, annex F."""


def two_pictures(seed: int) -> bytes:
    """A JPEG with a second one behind it and the index of both, as stereo cameras write."""
    second = Image.fromarray(skin(seed + 1))
    return encoded(Image.fromarray(skin(seed)), "MPO", save_all=True, append_images=[second])


def heic() -> bytes:
    return (FILES / "skin.heic").read_bytes()


def deep_heic() -> bytes:
    return (FILES / "skin-10bit.heic").read_bytes()
