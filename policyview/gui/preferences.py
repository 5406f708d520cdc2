"""What a person likes, kept from one window to the next: looks, sizes, and which payer is her own."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from policyview.errors import UseError
from policyview.export.whole import write_whole
from policyview.settings import users_settings

_MOST_BYTES = 1 << 20
_MOST_CHARS = 10_000  # of one; the state of a window has some hundred


@dataclass
class Preferences:
    """``appearance`` is system, light or dark; ``ours`` the payer whose columns the others are held against.

    ``cells`` is how much a cell of the matrix tells (compact, normal, full), ``rows`` their order (groups, population,
    procedure, plain, disagreement).
    ``zoom`` is the size of a source's pages, ``text_zoom`` that of its letters where it is a text (``page_zoom``).
    ``library`` is "shown" where it stands in narrow windows, too.
    ``geometry`` and ``sizes`` are the window's place and its panes' sizes as Qt writes them, in base 64.
    """

    appearance: str = "system"
    ours: str = ""
    cells: str = "normal"
    rows: str = "groups"
    zoom: str = "passage"
    text_zoom: str = "100"
    library: str = ""
    geometry: str = ""
    sizes: str = ""

    @classmethod
    def load(cls) -> Preferences:
        """Those that were kept; what cannot be read is as if it had never been set."""
        try:
            with _file().open("rb") as file:
                told = json.loads(file.read(_MOST_BYTES))
            known = {field.name: told[field.name] for field in fields(cls) if field.name in told}
        except (OSError, ValueError, TypeError, RecursionError):
            return cls()
        return cls(**{name: value for name, value in known.items()
                      if isinstance(value, str) and len(value) <= _MOST_CHARS})  # fmt: skip

    def keep(self) -> None:
        """Writes them; where that cannot be done they hold for this window."""
        with suppress(OSError, UseError):
            _file().parent.mkdir(parents=True, exist_ok=True)
            write_whole(_file(), json.dumps(asdict(self), indent=1).encode("ascii"))


def _file() -> Path:
    return users_settings() / "window.json"
