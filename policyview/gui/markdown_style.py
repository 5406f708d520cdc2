"""Markdown as its words mean it: headings and stressed words bold. The text itself stays as it is."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

_HEADING = re.compile(r" {0,3}#{1,6}(?=\s)")
_STRESSED = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RAISED = re.compile(r"(?<=<sup>)[^<]+(?=</sup>)", re.IGNORECASE)
_LOWERED = re.compile(r"(?<=<sub>)[^<]+(?=</sub>)", re.IGNORECASE)
_LONGEST = 4_000  # characters of a line that is looked at


class MarkdownStyle(QSyntaxHighlighter):
    """Styles a document's lines as they are laid out."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._bold, self._raised, self._lowered = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        self._bold.setFontWeight(QFont.Weight.Bold)
        self._raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        self._lowered.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)

    def highlightBlock(self, text: str) -> None:
        line = text[:_LONGEST]
        if _HEADING.match(line):
            self.setFormat(0, _units(line), self._bold)
        for pattern, form in ((_STRESSED, self._bold), (_RAISED, self._raised), (_LOWERED, self._lowered)):
            for found in pattern.finditer(line):
                start, end = found.span(2 if pattern is _STRESSED else 0)
                self.setFormat(_units(line[:start]), _units(line[start:end]), form)


def _units(text: str) -> int:
    """The length Qt counts: UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)
