"""A socket and a folder in, a reading process out: one core, nothing printed, ended with all it starts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path


def spawned(its: socket.socket, folder: Path) -> subprocess.Popen[bytes]:
    """The process at the other end of `its`, with temporary files in `folder` alone; raises OSError where the
    system has none to give."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "service.reading", str(its.fileno()), str(os.getpid())],
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # libraries print what they read
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        umask=0o077,
        start_new_session=True,
    )


def _environment(folder: Path) -> dict[str, str]:
    one_core = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return dict(os.environ) | one_core | {"TMPDIR": str(folder), "PYTHONPATH": path}
