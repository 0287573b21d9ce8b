"""Seccomp: a Linux process gives up every system call that decoding a picture does not need.

A call that is not on the list fails with EPERM: a codec that tries one gives up on the picture, and
a picture that took the process over finds nothing to call. `clone3` is answered as if the kernel
had no such call, since its arguments cannot be looked at; the C library then uses `clone`, which is
let through for threads only (HEIC needs them).

Source: Linux, Documentation/userspace-api/seccomp_filter.rst, include/uapi/linux/seccomp.h,
include/uapi/linux/filter.h; numbers of calls from arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
from dataclasses import dataclass
from typing import Final

Numbers = tuple[int, ...]

# struct seccomp_data; the lower half of a 64-bit argument comes first on little-endian machines.
NUMBER_AT: Final = 0
ARCHITECTURE_AT: Final = 4
FIRST_ARGUMENT_AT: Final = 16
THIRD_ARGUMENT_AT: Final = 32

ALLOW: Final = 0x7FFF0000
KILL: Final = 0x80000000
FAIL: Final = 0x00050000
CLONE_THREAD: Final = 0x00010000  # linux/sched.h
PROT_EXEC: Final = 0x4  # asm-generic/mman-common.h
X32: Final = 0x40000000  # asm/unistd.h: another way to number calls, on x86-64

LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
IF_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
IF_AT_LEAST: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
IF_ANY_BIT: Final = 0x45  # BPF_JMP | BPF_JSET | BPF_K
RETURN: Final = 0x06  # BPF_RET | BPF_K

PR_SET_SECCOMP: Final = 22  # linux/prctl.h
PR_SET_NAME: Final = 15
PR_SET_VMA: Final = 0x53564D41
SECCOMP_MODE_FILTER: Final = 2


@dataclass(frozen=True, slots=True)
class Architecture:
    """Numbers of system calls on one kind of processor.

    Attributes:
        audit: AUDIT_ARCH of linux/audit.h.
        allowed: Whatever the arguments.
        mappings: mmap and mprotect: not for memory that can be executed, all code is loaded.
        clone: For threads only.
        clone3: Answered with ENOSYS.
        prctl: For naming threads and memory only.
    """

    audit: int
    allowed: Numbers
    mappings: Numbers
    clone: int
    clone3: int
    prctl: int


# read write close fstat lseek munmap brk rt_sigaction rt_sigprocmask rt_sigreturn
# pread64 readv writev poll sched_yield mremap madvise nanosleep getpid exit uname fcntl getrusage
# sysinfo sigaltstack gettid futex sched_setaffinity sched_getaffinity restart_syscall
# clock_gettime clock_getres clock_nanosleep exit_group ppoll set_robust_list newfstatat getcpu
# getrandom membarrier rseq getcwd
X86_64: Final = Architecture(
    audit=0xC000003E,
    allowed=(
        *(0, 1, 3, 5, 8, 11, 12, 13, 14, 15, 17, 19, 20, 7, 24, 25, 28, 35, 39, 60, 63, 72),
        *(98, 99, 131, 186, 202, 203, 204, 219, 228, 229, 230, 231, 271, 273, 262, 309, 318, 324),
        *(334, 79),
    ),
    mappings=(9, 10),
    clone=56,
    clone3=435,
    prctl=157,
)
AARCH64: Final = Architecture(
    audit=0xC00000B7,
    allowed=(
        *(63, 64, 57, 80, 62, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 101),
        *(172, 93, 160, 25, 165, 179, 132, 178, 98, 122, 123, 128, 113, 114, 115, 94, 73, 99, 79),
        *(168, 278, 283, 293, 17),
    ),
    mappings=(222, 226),
    clone=220,
    clone3=435,
    prctl=167,
)
ARCHITECTURES: Final = {"x86_64": X86_64, "aarch64": AARCH64}


class _Instruction(ctypes.Structure):
    """struct sock_filter."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


Step = tuple[int, int, int, int]


def program(architecture: Architecture) -> tuple[Step, ...]:
    """The filter as steps of code, jump if true, jump if false, value; jumps count steps over."""
    steps: list[Step] = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (IF_EQUAL, 1, 0, architecture.audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (IF_AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL),
    ]
    for number in architecture.allowed:
        steps += [(IF_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for number in architecture.mappings:
        steps += _unless(number, THIRD_ARGUMENT_AT, PROT_EXEC)
    steps += [(IF_EQUAL, 0, 1, architecture.clone3), (RETURN, 0, 0, FAIL | errno.ENOSYS)]
    steps += [
        (IF_EQUAL, 0, 4, architecture.clone),
        (LOAD, 0, 0, FIRST_ARGUMENT_AT),
        (IF_ANY_BIT, 0, 1, CLONE_THREAD),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, FAIL | errno.EPERM),
    ]
    steps += [
        (IF_EQUAL, 0, 4, architecture.prctl),
        (LOAD, 0, 0, FIRST_ARGUMENT_AT),
        (IF_EQUAL, 1, 0, PR_SET_NAME),
        (IF_EQUAL, 0, 1, PR_SET_VMA),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, FAIL | errno.EPERM),
    ]
    return tuple(steps)


def _unless(number: int, argument_at: int, bits: int) -> list[Step]:
    """The call is allowed while none of these bits is set in that argument."""
    return [
        (IF_EQUAL, 0, 4, number),
        (LOAD, 0, 0, argument_at),
        (IF_ANY_BIT, 1, 0, bits),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, FAIL | errno.EPERM),
    ]


def allow_only_decoding(libc: ctypes.CDLL, machine: str) -> bool:
    """Install the filter for the rest of this process's life; False where there is none for it.

    The process must have given up new privileges before. Only the calling thread and what it starts
    is bound, so call it while there is one.

    Args:
        libc: The C library, loaded with use_errno.
        machine: As `platform.machine` names it.

    Raises:
        OSError: The kernel has filters and refused this one.
    """
    architecture = ARCHITECTURES.get(machine)
    if architecture is None:
        return False
    steps = program(architecture)
    instructions = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    filled = _Program(len(steps), instructions)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filled), 0, 0) == 0:
        return True
    error = ctypes.get_errno()
    if error == errno.EINVAL:  # a kernel that was built without filters
        return False
    raise OSError(error, "prctl(PR_SET_SECCOMP)")
