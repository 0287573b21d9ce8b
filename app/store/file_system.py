"""What kind of place a folder is: a disk of this computer, a network drive, a cloud's copy."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path, PurePath, PurePosixPath

MOUNTS = Path("/proc/self/mountinfo")
NETWORK_KINDS = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "gfs2",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb3",
        "smbfs",
        "virtiofs",
        "webdav",
    }
)
_NETWORK_FUSE = re.compile(
    r"fuse\.(sshfs|rclone|davfs2?|s3fs|gcsfuse|goofys|glusterfs|ceph|cephfs|curlftpfs|gvfsd-fuse"
    r"|google-drive-ocamlfuse|onedriver|vmhgfs-fuse|juicefs)"
)
_SYNCHRONISED = re.compile(
    r"onedrive( - .*)?|dropbox( \(.*\))?|google ?drive|my drive|icloud ?drive|mobile documents"
    r"|com~apple~clouddocs|cloudstorage|nextcloud|owncloud|pcloud ?drive|box( sync)?|mega(sync)?"
    r"|seafile|syncthing|tresorit|proton ?drive",
    re.IGNORECASE,
)
_SYNC_MARKERS = (".stfolder", ".dropbox", ".dropbox.cache", ".sync_journal.db", ".owncloudsync.log")
_DRIVE_REMOTE = 4  # winbase.h
_MNT_LOCAL = 0x1000  # macOS sys/mount.h


def network_kind(folder: Path) -> str | None:
    """The kind of network drive a folder lies on, or None for a disk of this computer.

    A network drive cannot hold a vault: the write-ahead log needs memory that is shared by all who
    open the file, which only programs on one computer have.
    Source: https://sqlite.org/wal.html, "Overview", disadvantage 2.
    """
    return _network_kind(folder.resolve())


def is_network(kind: str) -> bool:
    """Whether a file system of this name lies on another computer."""
    return kind in NETWORK_KINDS or _NETWORK_FUSE.fullmatch(kind) is not None


def kind_of(folder: PurePath, mounts: str) -> str:
    """The name of the file system of a folder, from Linux's list of mounts; "" if it is not there.

    Source: proc_pid_mountinfo(5); the later of two mounts on one folder lies above the earlier.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields, described = before.split(" "), after.split(" ")
        if not separator or len(fields) < 5:  # noqa: PLR2004 - the fifth is the mount point
            continue
        mount = PurePosixPath(_unescaped(fields[4]))
        depth = len(mount.parts)
        if depth >= best and folder.is_relative_to(mount):
            best, kind = depth, described[0]
    return kind


def is_synchronised(folder: Path) -> bool:
    """Whether a folder seems to be copied to a cloud by another program, judged by names.

    Such a program copies the database without its log, and so copies that cannot be opened, and may
    put an old file back.
    """
    places = (folder, *folder.parents)
    return any(_SYNCHRONISED.fullmatch(place.name) for place in places) or any(
        (place / marker).exists() for place in places for marker in _SYNC_MARKERS
    )


def _unescaped(field: str) -> str:
    """A path of the mount list, in which blanks and the like are octal."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)


class _MacStatfs(ctypes.Structure):
    """struct statfs with 64-bit inodes, sys/mount.h."""

    _fields_ = (
        ("block_bytes", ctypes.c_uint32),
        ("io_bytes", ctypes.c_int32),
        ("counts", ctypes.c_uint64 * 5),
        ("identity", ctypes.c_int32 * 2),
        ("owner", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("subtype", ctypes.c_uint32),
        ("kind", ctypes.c_char * 16),
        ("mounted_on", ctypes.c_char * 1024),
        ("mounted_from", ctypes.c_char * 1024),
        ("reserved", ctypes.c_uint32 * 8),
    )


if sys.platform == "win32":

    def _network_kind(folder: Path) -> str | None:
        anchor = folder.anchor
        is_share = anchor.startswith("\\\\") and not anchor.startswith(("\\\\?\\", "\\\\.\\"))
        is_remote = ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
        return "share" if is_share or is_remote else None

elif sys.platform == "darwin":

    def _network_kind(folder: Path) -> str | None:
        answer = _MacStatfs()
        library = ctypes.CDLL(None)
        # on Intel the plain name means the older structure
        statfs = getattr(library, "statfs$INODE64", None) or library.statfs
        failed = statfs(bytes(folder), ctypes.byref(answer)) != 0
        if failed or answer.flags & _MNT_LOCAL:
            return None
        kind: bytes = answer.kind
        return kind.decode("ascii", "replace")

else:

    def _network_kind(folder: Path) -> str | None:
        kind = kind_of(folder, MOUNTS.read_text("utf-8", "surrogateescape"))
        return kind if is_network(kind) else None
