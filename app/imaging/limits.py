"""How much of everything one picture may use."""

from __future__ import annotations

from typing import Final

MEGA: Final = 1_000_000

MAX_FILE_BYTES: Final = 500_000_000
"""Larger files are refused unread; the largest raw of a 150 MP back has about 300 MB."""

MAX_PIXELS: Final = 200_000_000
"""Width times height; the largest camera sensors have 150 to 200 megapixels."""

ADDRESS_SPACE_BYTES: Final = 3 << 30
"""Of one decoding process; 200 megapixels take 0.8 GB once and are held up to three times."""

TIMEOUT_S: Final = 60.0
"""Wall clock for one job; a 24 MP JPEG takes 0.2 s, a 100 MP raw some 10 s."""

PROCESSOR_S: Final = 4 * 3600
"""Of one decoding process in its whole life: what 200 jobs use at the most, and then some."""

JOBS_PER_CHILD: Final = 200
"""Then a new process takes over, so that leaks and limits for a lifetime never add up."""

THUMBNAIL_SIDE_PX: Final = 512
LARGE_METADATA_BYTES: Final = 256 * 1024
FINDING_CHARACTERS: Final = 200
"""Longest value of a finding; the value is shown, not searched."""

MAX_FINDINGS: Final = 100
