"""Hold the decoding process in a Windows job object: memory, one process, no desktop, no survival.

Source: Microsoft, "Job Objects", JOBOBJECT_EXTENDED_LIMIT_INFORMATION and
JOBOBJECT_BASIC_UI_RESTRICTIONS (winnt.h). Not tried on Windows: the calls are tested against a
stand-in for kernel32.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

from app.imaging.limits import ADDRESS_SPACE_BYTES

EXTENDED_LIMITS: Final = 9  # JobObjectExtendedLimitInformation
UI_RESTRICTIONS: Final = 4  # JobObjectBasicUIRestrictions

ONE_PROCESS: Final = 0x0008  # JOB_OBJECT_LIMIT_ACTIVE_PROCESS
MEMORY: Final = 0x0100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
DIE_SILENTLY: Final = 0x0400  # JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
END_WITH_US: Final = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
ALL_UI: Final = 0xFF  # handles, clipboard, settings, atoms, desktop, leaving Windows


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """A job object with one process in it; when it is closed, the process ends."""

    def __init__(self, kernel32: Any) -> None:  # noqa: ANN401 - a library, or what stands in for it
        """Make an empty job.

        Raises:
            OSError: Windows refused.
        """
        self._kernel32 = kernel32
        self._handle = kernel32.CreateJobObjectW(None, None)
        if not self._handle:
            self._refused("CreateJobObjectW")
        limits = ExtendedLimits(ProcessMemoryLimit=ADDRESS_SPACE_BYTES)
        limits.BasicLimitInformation.LimitFlags = ONE_PROCESS | MEMORY | DIE_SILENTLY | END_WITH_US
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        self._set(EXTENDED_LIMITS, limits)
        self._set(UI_RESTRICTIONS, ctypes.c_uint32(ALL_UI))

    def hold(self, process_handle: int) -> None:
        """Put a process in; before it was given anything to do.

        Raises:
            OSError: Windows refused.
        """
        if not self._kernel32.AssignProcessToJobObject(self._handle, process_handle):
            self._refused("AssignProcessToJobObject")

    def close(self) -> None:
        """Let go; whatever is still in it ends."""
        handle, self._handle = self._handle, None
        if handle:
            self._kernel32.CloseHandle(handle)

    def _set(self, kind: int, value: ctypes.Structure | ctypes.c_uint32) -> None:
        size = ctypes.sizeof(value)
        done = self._kernel32.SetInformationJobObject(self._handle, kind, ctypes.byref(value), size)
        if not done:
            self._refused("SetInformationJobObject")

    def _refused(self, call: str) -> None:
        error = int(self._kernel32.GetLastError())
        self.close()
        raise OSError(error, call)


def job_on_this_computer() -> Job:
    """A job of the real kernel32."""
    return Job(ctypes.WinDLL("kernel32", use_last_error=True))  # type: ignore[attr-defined,unused-ignore]
