"""What can be said and asked of versions, in the Compare menu, at the matrix and at a document of the library."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from policyview.gui.as_of_dialog import AsOfDialog
from policyview.gui.document_acts import DocumentActs
from policyview.gui.library_view import LibraryView
from policyview.gui.matrix_view import MatrixView
from policyview.gui.session import Session
from policyview.gui.versions_dialog import VersionsDialog


class VersionsMenu(QMenu):
    """Which versions the matrix shows, and which documents are versions of one policy."""

    def __init__(
        self, session: Session, matrix: MatrixView, library: LibraryView, acts: DocumentActs, parent: QWidget
    ) -> None:
        super().__init__("&Which versions", parent)
        self._session, self._matrix, self._library, self._acts = session, matrix, library, acts
        self.all_versions = self.addAction("Show &all versions")
        self.all_versions.setCheckable(True)
        self.all_versions.toggled.connect(matrix.set_all_versions)
        self.today = self.addAction("In force &today")
        self.today.triggered.connect(lambda: session.versioning.set_as_of(None))
        self.day = self.addAction("In force &on …")
        self.day.triggered.connect(self.choose_day)
        self.addSeparator()
        self.policy = self.addAction("Versions of this &policy …")
        self.policy.triggered.connect(lambda: self.choose_versions())
        keyed = ((self.all_versions, "Ctrl+Shift+A"), (self.day, "Ctrl+Shift+D"), (self.policy, "Ctrl+Shift+P"))
        for action, keys in keyed:
            action.setShortcut(QKeySequence(keys))
        matrix.versions.setMenu(self)
        library.policy_wanted.connect(self.choose_versions)
        session.versioning.dated.connect(self._on_dated)

    def choose_day(self) -> AsOfDialog:
        """Asks for the day whose versions the matrix shows."""
        dialog = AsOfDialog(self._session.versioning, self.parentWidget())
        dialog.show()
        return dialog

    def choose_versions(self, file: str = "") -> VersionsDialog | None:
        """Shows the versions of a document's policy, to be put right; without a file those of the current document."""
        standing = self._matrix.standing
        line = self._library.current_file if self._library.tree.hasFocus() else None
        file = file or line or (standing.reading.file if standing else "")
        if file not in self._session.readings:
            return None
        dialog = VersionsDialog(self._session, self._acts, file, self.parentWidget())
        dialog.show()
        return dialog

    def _on_dated(self) -> None:
        versioning = self._session.versioning
        self._matrix.set_day(None if versioning.is_today else versioning.as_of)
