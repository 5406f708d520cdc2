"""The line at the window's foot: what was read, what needs attention, and how far reading is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from policyview.gui.citation import short_name
from policyview.gui.plain import PlainLabel
from policyview.gui.session import Session
from policyview.model import Progress

_CHECK_TIP = "Lists the cells to check in the audit, with the reason; they carry a dot, and F9 goes to the next one"
_TOLD_MS = 4000  # a passing remark
_LETTER_MS = 70  # of a longer one
_REPORT_MS = 60_000
_NARROWEST = 160  # pixels of the name of what is being read


class StatusLine:
    """Fills a status bar. ``cancel`` stops reading, ``attention`` asks for the list of what went wrong, ``checks`` for
    that of the cells to check."""

    def __init__(self, bar: QStatusBar) -> None:
        self._bar, self._remark = bar, ""
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 8, 0)
        self.told = PlainLabel("", "soft")
        self.told.setContentsMargins(8, 0, 0, 0)
        self.under_way = PlainLabel("", "soft")
        self.progress = QProgressBar(bar)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(140)
        self.progress.setAccessibleName("Progress")
        self.cancel = QPushButton("Cancel", bar)
        self.cancel.setAccessibleDescription("Stops what is under way; what was read stays")
        self.attention = QPushButton("", bar)
        self.attention.setAccessibleDescription("Lists what could not be read, and why")
        self.attention.setToolTip("Lists what could not be read, and why (Ctrl+5)")
        self.checks = QPushButton("", bar)
        self.checks.setAccessibleDescription(_CHECK_TIP)
        self.checks.setToolTip(_CHECK_TIP)
        self.checks.setVisible(False)
        counts = QWidget(bar)  # one widget: what a passing remark hides, showing a part of it would bring back
        row = QHBoxLayout(counts)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told)
        row.addWidget(self.checks)
        row.addWidget(self.attention)
        bar.addWidget(counts)
        bar.addPermanentWidget(self.under_way)
        bar.addPermanentWidget(self.progress)
        bar.addPermanentWidget(self.cancel)

    def remark(self, text: str) -> None:
        """Says something in passing; long enough to be read."""
        self._remark = text
        self._bar.showMessage(text, max(_TOLD_MS, _LETTER_MS * len(text)))

    def forget(self) -> None:
        """Takes back what was said in passing: it was of a view that is no longer seen."""
        if self._bar.currentMessage() == self._remark:
            self._bar.clearMessage()

    def report(self, text: str) -> None:
        """Says how long work ended; it stands long enough to be written down."""
        self._bar.showMessage(text, _REPORT_MS)

    def show_progress(self, progress: Progress, is_reading: bool, doing: str = "") -> None:
        """How far reading is, or another act that is called ``doing``."""
        for control in (self.progress, self.cancel, self.under_way):
            control.setVisible(is_reading)
        if not is_reading:
            return
        self.progress.setRange(0, max(1, progress.total))
        self.progress.setValue(progress.done)
        named = doing or "Looking for documents"
        if progress.total:
            parts = doing or "Reading", f"{progress.done} of {progress.total}", short_name(progress.text)
            named = " · ".join(filter(None, parts))
        width = max(_NARROWEST, self._bar.width() // 3)
        metrics = self.under_way.fontMetrics()
        self.under_way.show_text(metrics.elidedText(named, Qt.TextElideMode.ElideMiddle, width))

    def show_counts(self, session: Session, looks: int) -> None:
        """What became of the files, and how many cells want a look (``looks``)."""
        total = len({*session.readings, *session.failures, *session.waiting, *session.left_out})
        said = [f"{len(session.readings)} of {total} documents read"] if total else []
        if session.skipped:
            said.append(f"{len(session.skipped)} skipped")
        self.checks.setText(f"{looks} {'cell' if looks == 1 else 'cells'} to check")
        self.checks.setVisible(looks > 0)
        self.told.show_text(" · ".join(said) or "Nothing is open")
        worry = len(session.failures) + sum(bool(r.losses) for r in session.readings.values())
        worry += len(session.broken)
        self.attention.setText(f"{worry} {'needs' if worry == 1 else 'need'} attention")
        self.attention.setVisible(worry > 0)
