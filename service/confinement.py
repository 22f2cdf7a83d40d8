"""What a reading process does to itself before it sees a document: no network, bounds, no life of its own.

All but the bounds are Linux's; where the system does not allow one, the process goes on without it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

from service.settings import Settings

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_OPEN_FILES = 1024


def without_network() -> bool:
    """Leaves this process and all it starts without any network, not even the loopback; whether it could.

    To be called while there is one thread. Who has no rights of his own gets a space of users too.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    _write("setgroups", "deny")
    _write("uid_map", f"{user} {user} 1")  # the same user inside, for programs that look whose a file is
    _write("gid_map", f"{group} {group} 1")
    return True


def _write(name: str, content: str) -> None:
    Path("/proc/self", name).write_text(content, encoding="ascii")


def die_with(parent: int) -> None:
    """Ends this process when its parent ends, and keeps it from gaining rights."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)


def bound(settings: Settings) -> None:
    """Bounds on what it may take; those of resident memory and time its parent watches from outside."""
    _most(resource.RLIMIT_CORE, 0)  # a core dump would keep a secret document
    _most(
        resource.RLIMIT_DATA, 2 * settings.child_memory_mb * 2**20
    )  # what grows faster than the parent looks
    _most(resource.RLIMIT_FSIZE, settings.child_file_mb * 2**20)
    _most(resource.RLIMIT_NOFILE, _OPEN_FILES)


def _most(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
