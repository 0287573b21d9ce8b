"""Which kind of file some bytes are, told by the bytes alone."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Final

from app.imaging.directories import Directory, DirectoryError, TiffBytes, read_tiff

COLOUR_FILTER_ARRAY: Final = 32803  # PhotometricInterpretation; TIFF/EP (ISO 12234-2)
LINEAR_RAW: Final = 34892  # PhotometricInterpretation; DNG 1.4
DNG_VERSION: Final = 0xC612
MAKE: Final = 0x010F
PHOTOMETRIC: Final = 0x0106
SUB_DIRECTORIES: Final = 0x014A
HEIF_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
HEIF_SEQUENCE_BRANDS: Final = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}


class Codec(StrEnum):
    """Which library decodes a type of file."""

    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    HEIF = "heif"
    RAW = "raw"


class FileType(Enum):
    """A type of file that is admitted.

    Attributes:
        codec: What decodes it.
        media_type: As IANA registers it; raw types that are not registered, as in shared-mime-info.
        extensions: Admitted without a warning, the customary one first.
    """

    JPEG = (Codec.JPEG, "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"))
    PNG = (Codec.PNG, "image/png", (".png",))
    TIFF = (Codec.TIFF, "image/tiff", (".tif", ".tiff"))
    WEBP = (Codec.WEBP, "image/webp", (".webp",))
    HEIC = (Codec.HEIF, "image/heic", (".heic", ".heif", ".hif"))
    HEIF = (Codec.HEIF, "image/heif", (".heif", ".heic", ".hif"))
    DNG = (Codec.RAW, "image/x-adobe-dng", (".dng",))
    CR2 = (Codec.RAW, "image/x-canon-cr2", (".cr2",))
    CR3 = (Codec.RAW, "image/x-canon-cr3", (".cr3",))
    NEF = (Codec.RAW, "image/x-nikon-nef", (".nef", ".nrw"))
    ARW = (Codec.RAW, "image/x-sony-arw", (".arw", ".sr2", ".srf"))
    RAF = (Codec.RAW, "image/x-fuji-raf", (".raf",))
    ORF = (Codec.RAW, "image/x-olympus-orf", (".orf",))
    RW2 = (Codec.RAW, "image/x-panasonic-rw2", (".rw2", ".rwl"))
    PEF = (Codec.RAW, "image/x-pentax-pef", (".pef",))
    SRW = (Codec.RAW, "image/x-samsung-srw", (".srw",))
    OTHER_RAW = (
        Codec.RAW,
        "image/x-dcraw",
        (".raw", ".3fr", ".iiq", ".erf", ".mef", ".mos", ".dcr", ".kdc"),
    )

    def __init__(self, codec: Codec, media_type: str, extensions: tuple[str, ...]) -> None:
        self.codec = codec
        self.media_type = media_type
        self.extensions = extensions

    def fits(self, declared_extension: str) -> bool:
        """Whether a name with that extension is honest; no extension claims nothing."""
        return not declared_extension or declared_extension.lower() in self.extensions


class UnadmittedType(StrEnum):
    """A type of file that is recognised so that the refusal can name it."""

    AVIF = "AVIF"
    BMP = "BMP"
    DICOM = "DICOM"
    FILM = "MP4 or MOV (film)"
    GIF = "GIF"
    ICON = "ICO"
    JPEG_2000 = "JPEG 2000"
    JPEG_XL = "JPEG XL"
    PDF = "PDF"
    POSTSCRIPT = "PostScript"
    PSD = "Photoshop"
    SVG = "SVG"
    UNKNOWN_RAW = "raw of this camera"
    UNUSUAL = "unusual pixel format"


TIFF_STARTS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
STARTS: Final[dict[bytes, FileType | UnadmittedType]] = {
    b"\xff\xd8\xff": FileType.JPEG,
    b"\x89PNG\r\n\x1a\n": FileType.PNG,
    b"FUJIFILMCCD-RAW ": FileType.RAF,
    b"IIU\0": FileType.RW2,
    b"IIRO": FileType.ORF,
    b"IIRS": FileType.ORF,
    b"MMOR": FileType.ORF,
    b"GIF8": UnadmittedType.GIF,
    b"%PDF-": UnadmittedType.PDF,
    b"%!PS": UnadmittedType.POSTSCRIPT,
    b"8BPS": UnadmittedType.PSD,
    b"\0\0\1\0": UnadmittedType.ICON,
    b"\0\0\0\x0cjP  \r\n\x87\n": UnadmittedType.JPEG_2000,
    b"\xff\x4f\xff\x51": UnadmittedType.JPEG_2000,
    b"\0\0\0\x0cJXL \r\n\x87\n": UnadmittedType.JPEG_XL,
    b"\xff\x0a": UnadmittedType.JPEG_XL,
}
MAKERS: Final = {
    "nikon": FileType.NEF,
    "sony": FileType.ARW,
    "pentax": FileType.PEF,
    "ricoh": FileType.PEF,
    "samsung": FileType.SRW,
    "canon": FileType.CR2,
    "olympus": FileType.ORF,
    "panasonic": FileType.RW2,
}


def recognise(data: bytes) -> FileType | UnadmittedType | None:
    """The type that the bytes show; None when they show none that is known."""
    for start, type_ in STARTS.items():
        if data.startswith(start):
            return type_
    if data.startswith(TIFF_STARTS):
        return _tiff_family(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileType.WEBP
    if data[4:8] == b"ftyp":
        return _box_family(data)
    return _by_inner_mark(data)


def _by_inner_mark(data: bytes) -> UnadmittedType | None:
    if data[:2] == b"BM" and data[6:10] == bytes(4):  # two reserved words follow the size
        return UnadmittedType.BMP
    if data[128:132] == b"DICM":
        return UnadmittedType.DICOM
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in head:
        return UnadmittedType.SVG
    return None


def _box_family(data: bytes) -> FileType | UnadmittedType:
    """ISO base media: still pictures among films; the brands tell.

    Source: ISO/IEC 23008-12, section 10 (brands); AV1 Image File Format 1.1.
    """
    size = int.from_bytes(data[:4], "big")
    inside = data[8 : min(max(size, 16), 512)]
    major = inside[:4]
    brands = {inside[at : at + 4] for at in range(8, len(inside), 4)} | {major}
    if major == b"crx ":
        return FileType.CR3
    if brands & {b"avif", b"avis"}:
        return UnadmittedType.AVIF
    if major in {b"heic", b"heix"}:
        return FileType.HEIC
    if brands & (HEIF_BRANDS | HEIF_SEQUENCE_BRANDS):
        return FileType.HEIC if brands & {b"heic", b"heix"} else FileType.HEIF
    return UnadmittedType.FILM


def _tiff_family(data: bytes) -> FileType:
    """TIFF itself, or one of the raw formats built on it."""
    if data[8:10] == b"CR" and data.startswith(b"II*\0"):
        return FileType.CR2
    try:
        tiff = read_tiff(data)
        first = tiff.directory(tiff.first_offset)
    except DirectoryError:
        return FileType.TIFF
    if DNG_VERSION in first.entries:
        return FileType.DNG
    if not raw_directories(tiff, first):
        return FileType.TIFF
    make = first.entries[MAKE].text().lower() if MAKE in first.entries else ""
    return next((type_ for name, type_ in MAKERS.items() if name in make), FileType.OTHER_RAW)


def raw_directories(tiff: TiffBytes, first: Directory) -> list[Directory]:
    """The directories that describe what the sensor saw: the first or those below it."""
    return [directory for directory in (first, *_below(tiff, first)) if _holds_raw(directory)]


def _below(tiff: TiffBytes, directory: Directory) -> list[Directory]:
    entry = directory.entries.get(SUB_DIRECTORIES)
    found: list[Directory] = []
    for offset in entry.integers()[:16] if entry else ():
        try:
            found.append(tiff.directory(offset))
        except DirectoryError:
            continue
    return found


def _holds_raw(directory: Directory) -> bool:
    entry = directory.entries.get(PHOTOMETRIC)
    return entry is not None and entry.integer() in {COLOUR_FILTER_ARRAY, LINEAR_RAW}
