"""Both schemes can be read: contrast is measured, not judged."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication

from policyview.export import vocabulary
from policyview.gui import icon, theme
from policyview.gui.main_window import MainWindow
from policyview.model import Determination

SCHEMES: tuple[theme.Scheme, ...] = ("light", "dark")


def _luminance(colour: QColor) -> float:
    shares = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4) for share in shares]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """The ratio that the accessibility guidelines (WCAG 2) define."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_every_surface(scheme: theme.Scheme) -> None:
    look = theme.load(scheme)
    grounds = ("window", "surface", "sunken", "row", "accent_soft")
    for ink, ground in product(("text", "soft", "accent", "warning"), grounds):
        assert contrast(look.colour(ink), look.colour(ground)) >= 4.5, (ink, ground)
    for style in ("words", "basis", "removed", "added"):
        assert contrast(look.colour("text"), look.colour(style)) >= 4.5
    for style in ("removed", "added"):
        assert contrast(look.colour(f"{style}_edge"), look.colour(style)) >= 4.5, style  # a line through small words
    assert contrast(look.colour("on_accent"), look.colour("accent")) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("determination", Determination)
def test_a_determination_can_be_read_in_a_cell(scheme: theme.Scheme, determination: Determination) -> None:
    look = theme.load(scheme)
    for ground in ("surface", "row"):
        assert contrast(look.determination(determination), look.colour(ground)) >= 4.5


@pytest.mark.parametrize("determination", Determination)
def test_every_determination_has_icons_that_draw_in_its_colour(determination: Determination) -> None:
    colour = theme.load("light").determination(determination)
    for is_derived in (False, True):
        image = icon.pixmap(vocabulary.icon_name(determination, is_derived), colour, 16, 2.0).toImage()
        drawn = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        assert any(pixel.alpha() > 200 and pixel.rgb() == colour.rgb() for pixel in drawn)


def test_the_shipped_font_is_the_application_s_own() -> None:
    assert "Policyview Sans" in QFontDatabase.families()
    assert QApplication.font().families()[0] == "Policyview Sans"


def test_the_look_changes_while_the_window_is_open(filled: MainWindow) -> None:
    before = filled.grab().toImage().pixelColor(5, 400)
    filled.menus.looks.choose("dark")
    after = filled.grab().toImage().pixelColor(5, 400)
    assert before == theme.load("light").colour("surface")
    assert after == theme.load("dark").colour("surface")
    filled.menus.looks.choose("system")
    assert theme.current().scheme == "light"  # the offscreen platform has no scheme of its own
