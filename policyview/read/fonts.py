"""Tells bold type: by the font's name, else by its weight beside its own family's usual weight."""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict

from pypdfium2 import raw

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-, ]bd?\b", re.IGNORECASE)
_SLANTED_NAME = re.compile(r"italic|oblique|[-, ]it?\b", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # the flag of that name in a font descriptor (PDF 32000-1, table 123)
_BOLD_WEIGHT = 700  # PDFium guesses weights from the stems: regular fonts were seen with up to 645
_OVER_FAMILY = 120  # a family's next usable weight ("Roman" beside "Book") was seen 155 heavier
_NAMELESS_SHARE = 0.35  # a nameless font that sets more than this of a document is its body type
_NAME_BYTES = 256


class Fonts:
    """The fonts of one document, numbered as they are met; counts how much is set in each."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._flags_ref = ctypes.byref(self._flags)
        self._numbers: dict[tuple[bytes, int], int] = {}
        self._bold: list[bool] = []
        self._italic: list[bool] = []
        self._nameless: list[bool] = []
        self._count = self._nameless_count = 0
        self._weights: list[tuple[str, int]] = []  # family ("" where it tells nothing) and weight
        self._usage: dict[str, Counter[int]] = defaultdict(Counter)

    def font_at(self, handle: object, index: int) -> int:
        """The number of the font of the character at ``index``."""
        length = raw.FPDFText_GetFontInfo(handle, index, self._buffer, _NAME_BYTES, self._flags_ref)
        key = (self._buffer.value if length else b"", self._flags.value)
        font = self._numbers.get(key)
        if font is None:
            font = self._meet(key, raw.FPDFText_GetFontWeight(handle, index))
        family, weight = self._weights[font]
        self._usage[family][weight] += 1
        self._count += 1
        self._nameless_count += self._nameless[font]
        return font

    def _meet(self, key: tuple[bytes, int], weight: int) -> int:
        name = key[0].decode("latin-1").split("+", 1)[-1]
        self._bold.append(bool(_BOLD_NAME.search(name) or key[1] & _FORCE_BOLD or weight >= _BOLD_WEIGHT))
        family = "" if _SLANTED_NAME.search(name) else re.split(r"[-,]", name)[0]
        self._italic.append(bool(_SLANTED_NAME.search(name)))
        self._nameless.append(not name)
        self._weights.append((family, weight))
        self._numbers[key] = len(self._bold) - 1
        return self._numbers[key]

    def is_italic(self, font: int) -> bool:
        """Whether the font's name says that it slants."""
        return self._italic[font]

    def may_be_bold(self, font: int) -> bool:
        """Whether it is bold, or of a family of several weights."""
        return self._nameless[font] or self._bold[font] or len(self._usage[self._weights[font][0]]) > 1

    def is_bold(self, font: int) -> bool:
        """Whether the font is bold, going by all that was met so far."""
        family, weight = self._weights[font]
        if self._nameless[font]:  # type 3: browsers print what they cannot embed so, bold before all
            return self._nameless_count < _NAMELESS_SHARE * self._count
        if self._bold[font] or not family:
            return self._bold[font]
        usage = self._usage[family]
        usual = max(usage, key=usage.__getitem__)
        return weight >= usual + _OVER_FAMILY
