"""Network drives are told from disks, and synchronised folders from others."""

import sys
from pathlib import Path, PurePosixPath

import pytest

from app.store.file_system import is_network, is_synchronised, kind_of, network_kind

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:5 / /dev rw - devtmpfs devtmpfs rw
40 22 0:40 / /mnt/clinic\\040share rw shared:2 master:1 - nfs4 server:/clinic rw
41 40 0:41 / /mnt/clinic\\040share/local rw - xfs /dev/sdb1 rw
42 22 0:42 / /home/user/remote rw - fuse.sshfs user@server: rw
43 22 0:43 / /media/stick rw - vfat /dev/sdc1 rw
44 22 0:44 / /media/stick rw - cifs //server/share rw
broken line
1 2 - short
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/home/user", "ext4"),
        ("/mnt/clinic share", "nfs4"),
        ("/mnt/clinic share/vaults", "nfs4"),
        ("/mnt/clinic shared", "ext4"),
        ("/mnt/clinic share/local/a", "xfs"),
        ("/home/user/remote/x", "fuse.sshfs"),
        ("/media/stick", "cifs"),
    ],
)
def test_kind_is_that_of_the_nearest_mount(folder, kind):
    assert kind_of(PurePosixPath(folder), MOUNTS) == kind


def test_folder_that_is_nowhere_mounted_has_no_kind():
    assert kind_of(PurePosixPath("/x"), "") == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"])
def test_network_drives_are_refused(kind):
    assert is_network(kind)


@pytest.mark.parametrize(
    "kind", ["ext4", "btrfs", "xfs", "tmpfs", "overlay", "fuseblk", "vfat", ""]
)
def test_disks_are_admitted(kind):
    assert not is_network(kind)


def test_disk_of_this_computer_is_no_network_drive(tmp_path):
    assert network_kind(tmp_path) is None
    if sys.platform == "linux":
        assert network_kind(Path("/proc")) is None


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - The Clinic",
        "Dropbox (Personal)",
        "Google Drive",
        "iCloud Drive",
        "com~apple~CloudDocs",
        "Nextcloud",
    ],
)
def test_synchronised_folder_is_told_by_its_name(tmp_path, name):
    assert is_synchronised(tmp_path / name / "vaults")


@pytest.mark.parametrize("name", ["vaults", "Boxes", "my dropboxes", "megapixels"])
def test_other_folders_are_not(tmp_path, name):
    assert not is_synchronised(tmp_path / name)


def test_synchronised_folder_is_told_by_what_lies_in_it(tmp_path):
    (tmp_path / ".stfolder").mkdir()

    assert is_synchronised(tmp_path / "vaults")
