"""An impatient second Ctrl-C does not disturb the cleaning up."""

from __future__ import annotations

import subprocess
import sys

RUN = """
import os, signal
from service.commands.interrupt import once
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests' own start ignores
once()
try:
    os.kill(os.getpid(), signal.SIG{sent})
    signal.pause()
except KeyboardInterrupt:
    for again in (signal.SIGINT, signal.SIGTERM):
        os.kill(os.getpid(), again)
    print("cleaned up")
"""


def test_only_the_first_signal_interrupts():
    for sent in ("INT", "TERM"):
        done = subprocess.run(
            [sys.executable, "-c", RUN.format(sent=sent)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert (done.stdout, done.returncode) == ("cleaned up\n", 0)
