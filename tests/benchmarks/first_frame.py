"""How long until a terminal program shows its first frame: from exec to a text, in a pty."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS, ROWS = 120, 40
PATIENCE = 60.0
_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]")


class NoFrameError(RuntimeError):
    """The text never came; the message holds what was shown instead."""


def first_frame(
    command: Sequence[str], text: str, environment: Mapping[str, str], folder: Path
) -> float:
    """Seconds from exec until `text` has been painted.

    Raises:
        NoFrameError: it ended or took too long without showing it.
    """
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    seen = b""
    try:
        while time.perf_counter() - begun < PATIENCE:
            ready, _, _ = select.select([terminal], [], [], 0.5)
            if not ready:
                continue
            try:
                seen += os.read(terminal, 65_536)
            except OSError:
                break
            if text.encode() in _ESCAPES.sub(b"", seen):
                return time.perf_counter() - begun
    finally:
        _end(child, terminal)
    shown = _ESCAPES.sub(b"", seen)[-600:].decode("utf-8", "replace")
    raise NoFrameError(f"{' '.join(command)} never showed {text!r}, but: {shown}")


def _end(child: int, terminal: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.close(terminal)
    os.waitpid(child, 0)
