"""What the metadata of one file says, gathered from all the places where it may stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.picture import MetadataFinding, MetadataKind
from app.imaging.limits import FINDING_CHARACTERS, MAX_FINDINGS


@dataclass(slots=True)
class Facts:
    """Filled by the readers of Exif, XMP, IPTC and of the containers.

    Attributes:
        orientation: Exif Orientation, 1 to 8.
        camera_time: As the camera's clock said.
        camera_offset_min: Minutes east of UTC.
        camera_model: Maker's name for the camera.
        findings: In the order of the file, each once.
        broken: Whether some metadata could not be read.
        metadata_bytes: Size of everything that is not pixels.
    """

    orientation: int = 1
    camera_time: datetime | None = None
    camera_offset_min: int | None = None
    camera_model: str = ""
    findings: list[MetadataFinding] = field(default_factory=list)
    broken: bool = False
    metadata_bytes: int = 0

    def find(self, kind: MetadataKind, label: str, value: str) -> None:
        """Note one finding; empty values and repetitions are left out."""
        cleaned = " ".join("".join(c if c.isprintable() else " " for c in value).split())
        finding = MetadataFinding(kind, label, cleaned[:FINDING_CHARACTERS])
        if cleaned and finding not in self.findings and len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)
