from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.picture import MetadataKind
from app.imaging.inspection import inspect
from app.imaging.sample_photograph import SampleCamera, photograph
from tests.imaging.builders import TAKEN_AT, skin


def test_a_sample_is_read_as_it_was_written() -> None:
    camera = SampleCamera(make="Maker", model="M 1", body_serial="7", owner="Sam Ple")

    inspection = inspect(photograph(skin(), taken_at=TAKEN_AT, camera=camera, orientation=6))

    assert inspection.camera_time == TAKEN_AT.replace(tzinfo=None)
    assert inspection.camera_offset_min == 0
    assert inspection.camera_model == "Maker M 1"
    assert (inspection.width_px, inspection.height_px) == (240, 320)


def test_a_clock_without_zone_has_no_offset() -> None:
    naive = datetime(2026, 3, 9, 14, 5, 59)  # noqa: DTZ001

    assert inspect(photograph(skin(), taken_at=naive)).camera_offset_min is None


@pytest.mark.parametrize(
    ("position", "shown"),
    [
        ((51.5007, -0.1246), "51.50070, -0.12460"),
        ((-33.999999999, 18.0), "-34.00000, 18.00000"),
        ((0.0, 0.0), "0.00000, 0.00000"),
    ],
)
def test_positions_come_back(position: tuple[float, float], shown: str) -> None:
    findings = inspect(photograph(skin(), taken_at=TAKEN_AT, position=position)).findings

    assert [f.value for f in findings if f.kind is MetadataKind.POSITION] == [shown]
