"""What all tests rest on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

# The environment of whoever runs the tests may ask for another language.
os.environ["LANGUAGE"] = "en"
# Packs that they were given play no part, in other processes too.
os.environ["GUIDING_HAND_PACKS"] = str(Path(__file__).parent / "no-such-folder")
# In the background interrupts are ignored, and what the tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
