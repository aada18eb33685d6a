"""Holds this process to so much memory on Windows, by a job object (what setrlimit does elsewhere)."""

import sys
from ctypes import POINTER, Structure, byref, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, sizeof
from functools import cache
from typing import Any, ClassVar

_EXTENDED_LIMITS = 9
_MEMORY, _NO_DIALOG = 0x0100, 0x0400
"""No more memory than this for each process; who crashes ends at once, without a dialog that nobody sees."""


class BasicLimits(Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_: ClassVar = [
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_working_set", c_size_t),
        ("most_working_set", c_size_t),
        ("most_processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
    ]


class ExtendedLimits(Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_: ClassVar = [
        ("basic", BasicLimits),
        ("counted", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_of_process", c_size_t),
        ("peak_of_job", c_size_t),
    ]


class Job:
    """The job that this process put itself into; what it lends is said anew for each order."""

    def __init__(self, kernel: Any) -> None:  # noqa: ANN401 - the system's library has no types
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = c_void_p
        kernel.CreateJobObjectW.argtypes = [c_void_p, c_void_p]
        kernel.AssignProcessToJobObject.argtypes = [c_void_p, c_void_p]
        kernel.SetInformationJobObject.argtypes = [c_void_p, c_uint32, POINTER(ExtendedLimits), c_uint32]
        self._kernel = kernel
        self._job = kernel.CreateJobObjectW(None, None)
        self.is_held = bool(self._job) and bool(
            kernel.AssignProcessToJobObject(self._job, kernel.GetCurrentProcess())
        )

    def lend(self, memory_mb: int) -> bool:
        """Hold this process to so much memory from now on; tell whether the system does."""
        limits = ExtendedLimits()
        limits.basic.flags = _MEMORY | _NO_DIALOG
        limits.process_memory = memory_mb * 2**20
        return self.is_held and bool(
            self._kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, byref(limits), sizeof(limits))
        )


@cache
def own_job() -> Job | None:
    """Return the job of this process, made when it is first asked for; there is none beside Windows."""
    if sys.platform == "win32":
        from ctypes import WinDLL

        return Job(WinDLL("kernel32", use_last_error=True))
    return None
