"""What all tests rest on."""

from __future__ import annotations

import os

# The environment of whoever runs the tests may ask for another language.
os.environ["LANGUAGE"] = "en"
