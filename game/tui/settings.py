"""What the player has set, kept in the platform's settings folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings there are."""

    theme: str = "guiding-hand"
    animations: bool = True
    fold_quiet_years: bool = True
    steps: bool = True
    """Whether guided scenarios show their steps."""
    steps_closed: tuple[str, ...] = ()
    """The steps that were put away for good."""
    language: str = ""
    """The language of the words; empty asks the environment."""
    last_save: str = ""
    """The campaign played last, which Continue opens."""


def settings_file() -> Path:
    """Where the settings lie."""
    from platformdirs import user_config_path

    return user_config_path("guiding-hand", appauthor=False) / "settings.json"


def load_settings(path: Path | None = None) -> Settings:
    """The settings kept; whatever cannot be read is as it is at first."""
    try:
        found = json.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    closed = found.get("steps_closed")
    if isinstance(closed, list):
        found["steps_closed"] = tuple(one for one in closed if isinstance(one, str))
    known = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    return Settings(
        **{name: found[name] for name, kind in known.items() if type(found.get(name)) is kind}
    )


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Keep the settings; the file is replaced whole.

    Raises:
        OSError: the folder cannot be written.
    """
    target = path or settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    draft.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    os.replace(draft, target)
