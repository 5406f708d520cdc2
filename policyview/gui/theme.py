"""The look of the window: a palette of our own on Qt's Fusion style, light or dark."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from string import Template
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from policyview.model import Determination
from policyview.resources import resource

Scheme = Literal["light", "dark"]
Size = Literal["small", "normal", "large"]

_FONTS = ("PolicyviewSans-Regular.ttf", "PolicyviewSans-Bold.ttf")
_ORDINARY_PIXELS = 13  # a system whose own text is larger gets ours larger in proportion
_LARGEST_SCALE = 2.0
_STYLED = "policyview_styled"


@dataclass(frozen=True, eq=False)
class Theme:
    """The colours of one scheme and the text sizes in pixels."""

    scheme: Scheme
    colours: Mapping[str, str]
    determinations: Mapping[str, str]
    sizes: Mapping[str, int]

    def colour(self, name: str) -> QColor:
        return QColor(self.colours[name])

    def determination(self, determination: Determination | None) -> QColor:
        """The colour of a determination, the soft text colour for none."""
        return QColor(self.determinations[determination] if determination else self.colours["soft"])

    def font(self, size: Size = "normal", bold: bool = False) -> QFont:
        font = QFont(QApplication.font())
        font.setPixelSize(self.sizes[size])
        font.setBold(bold)
        return font


@lru_cache(maxsize=1)
def _values() -> dict[str, Any]:
    with resource("style", "theme.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=2)
def load(scheme: Scheme) -> Theme:
    """The theme of a scheme; needs no window."""
    values = _values()
    colours = {name: value for name, value in values[scheme].items() if isinstance(value, str)}
    return Theme(scheme, colours, values[scheme]["determinations"], _scaled(values["sizes"]))


def _scaled(sizes: Mapping[str, int]) -> dict[str, int]:
    app = QGuiApplication.instance()
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize() if app else 0
    scale = min(_LARGEST_SCALE, max(1.0, system / _ORDINARY_PIXELS))
    return {name: round(pixels * scale) for name, pixels in sizes.items()}


def system_scheme() -> Scheme:
    """What the system asks for; light where it does not say."""
    return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


def current() -> Theme:
    """The theme that was applied last."""
    return load(_applied)


_applied: Scheme = "light"


def apply(scheme: Scheme) -> Theme:
    """Gives the application the scheme's palette, style sheet and text size."""
    global _applied
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    _applied, theme = scheme, load(scheme)
    if app.property(_STYLED) is None:  # once a style sheet is set, Qt no longer tells the style's name
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
    app.setFont(theme.font())
    app.setPalette(_palette(theme))
    app.setStyleSheet(Template(resource("style", "window.qss").read_text("utf-8")).substitute(theme.colours))
    return theme


@contextmanager
def building() -> Iterator[None]:
    """While the first window is put together: its parts are styled all at once at its end.

    Otherwise Qt asks the style sheet for a part, and all within it, each time the part comes to stand in another:
    0.25 s for the main window instead of 0.07. Not where there are widgets already: of those that were not shown yet
    Qt would then no longer notice their end, and crash at the next look.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.allWidgets():
        yield
        return
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def add_fonts() -> None:
    """Makes the shipped font the application's own, before any widget; a missing character comes from the system."""
    families: list[str] = []
    for name in _FONTS:
        number = QFontDatabase.addApplicationFont(str(resource("style", "fonts", name)))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if families:
        own = QFont(QApplication.font())
        own.setFamilies([*dict.fromkeys(families), *own.families()])
        QApplication.setFont(own)


def _palette(theme: Theme) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    names = {
        role.Window: "window", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "row",
        role.Text: "text", role.Button: "window", role.ButtonText: "text", role.BrightText: "on_accent",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.ToolTipBase: "surface",
        role.ToolTipText: "text", role.PlaceholderText: "soft", role.Link: "accent", role.LinkVisited: "accent",
        role.Light: "surface", role.Midlight: "sunken", role.Mid: "line", role.Dark: "line", role.Shadow: "line",
        role.Accent: "accent",
    }  # fmt: skip
    for key, name in names.items():
        palette.setColor(key, theme.colour(name))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, theme.colour("soft"))
    return palette
