"""What a Word paragraph's style says: heading level, indentation, bold, hidden."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

_MOST_BASES = 20  # styles that a style is based on, one on another; a circle ends here
_HEADING_NAME = re.compile(r"heading ([1-6])$", re.IGNORECASE)


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self._default = next(
            (style for style in self._styles.values()
             if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")), None)

    def of(self, paragraph: Any) -> list[Any]:
        """The paragraph's style and those it is based on, its own first."""
        return self._chain(_value(paragraph, "w:pPr/w:pStyle"), self._default)

    def _chain(self, style_id: str | None, otherwise: Any) -> list[Any]:
        style = self._styles.get(style_id) if style_id else otherwise
        found: list[Any] = []
        while style is not None and len(found) < _MOST_BASES:
            found.append(style)
            style = self._styles.get(_value(style, "w:basedOn"))
        return found

    def heading(self, paragraph: Any) -> int:
        """The heading level, 0 for text."""
        styles = self.of(paragraph)
        for style in styles:
            name = _value(style, "w:name") or ""
            match = _HEADING_NAME.match(name)
            if match:
                return int(match.group(1))
            if name.lower() == "title":
                return 1
        for holder in (paragraph, *styles):
            level = _value(holder, "w:pPr/w:outlineLvl")
            if level is not None and level.isdigit():
                return int(level) + 1 if int(level) < 6 else 0
        return 0

    def indent_twips(self, paragraph: Any) -> int:
        """The left indentation, in twentieths of a point."""
        for holder in (paragraph, *self.of(paragraph)):
            indent = _find(holder, "w:pPr/w:ind")
            if indent is not None:
                value = indent.get(qn("w:left")) or indent.get(qn("w:start")) or ""
                if re.fullmatch(r"-?\d{1,6}", value):
                    return int(value)
        return 0

    def looks(self, run: Any, paragraph: Any) -> tuple[bool, bool]:
        """Whether a run is bold, and italic: its own word first, then its style's, then the paragraph's."""
        holders = [run, *self._chain(_value(run, "w:rPr/w:rStyle"), None), *self.of(paragraph)]
        return _switch(holders, "w:rPr/w:b"), _switch(holders, "w:rPr/w:i")

    def is_hidden(self, run: Any) -> bool:
        """Whether the run is hidden text."""
        return _switch([run], "w:rPr/w:vanish")


def _find(holder: Any, path: str) -> Any:
    return holder.find("/".join(qn(step) for step in path.split("/")))


def _value(holder: Any, path: str) -> str | None:
    found = _find(holder, path)
    value: str | None = found.get(qn("w:val")) if found is not None else None
    return value


def _switch(holders: list[Any], path: str) -> bool:
    """An on/off property, as the first holder that knows it says."""
    for holder in holders:
        found = _find(holder, path)
        if found is not None:
            return found.get(qn("w:val")) not in ("0", "false", "off")
    return False
