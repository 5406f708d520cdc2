"""Makes the audit anew behind the window, whenever something was said or compared."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from policyview.gui.audit_board import AuditBoard, Known, audit
from policyview.gui.audit_places import Scene
from policyview.gui.runner import Runner
from policyview.gui.session import Session
from policyview.gui.session_work import spare_the_collector
from policyview.gui.version_groups import version_groups
from policyview.model import Facts
from policyview.settings import Settings

_SOON_MS = 60  # several reviews of one act are one change


class Auditor(QObject):
    """``audited`` carries an AuditBoard; while nobody looks at it only what waits to be carried over is sought."""

    audited = Signal(object)
    broke = Signal(str)

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._runner: Runner | None = None
        self._board: AuditBoard | None = None
        self._is_stale = self._is_closed = self._is_seen = False
        self._known: Known = {}
        self._facts: list[Facts] = []
        self._timer = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._timer.timeout.connect(self._begin)
        session.reviewed.connect(self.renew)
        session.compared.connect(self.renew)

    @property
    def is_busy(self) -> bool:
        """Whether what is told may be another soon."""
        return self._runner is not None or self._timer.isActive()

    @property
    def scene(self) -> Scene:
        """What is open and what was said, now."""
        session = self._session
        return Scene(session.reviews, tuple(session.readings.values()), session.boards, session.amended, session.marks,
                     session.versioning.overrides)  # fmt: skip

    def watch(self, is_seen: bool) -> None:
        """Whether somebody looks at the audit."""
        was, self._is_seen = self._is_seen, is_seen
        if is_seen and not was:
            self.renew()

    def renew(self) -> None:
        """Makes it anew, soon."""
        self._is_stale = True
        if self._runner is None and not self._timer.isActive() and not self._is_closed:
            self._timer.start()

    def close(self) -> None:
        """Ends all work and waits for it."""
        self._is_closed = True
        self._timer.stop()
        if self._runner is not None:
            self._runner.cancel()
            self._runner.wait()

    def _begin(self) -> None:
        if self._is_closed or self._runner is not None:
            return
        self._is_stale, self._board = False, None
        scene, folder, is_seen = self.scene, self._settings.lexicon_folder, self._is_seen
        groups, known = version_groups(scene.boards, self._session.readings), self._known_of(scene)
        self._runner = Runner(_last(lambda: audit(scene, groups, folder, is_seen, known)), self)
        self._runner.ended.connect(self._on_ended)
        self._runner.broke.connect(self.broke)
        self._runner.finished.connect(self._on_finished)
        self._runner.start()

    def _known_of(self, scene: Scene) -> Known:
        """What was carried before holds while the same is read."""
        facts = [reading.facts for reading in scene.readings]
        if [*map(id, facts)] != [*map(id, self._facts)]:
            self._facts, self._known = facts, {}
        return self._known

    def _on_ended(self, board: AuditBoard | None) -> None:
        self._board = board

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.wait()
            runner.deleteLater()
        board, self._board = self._board, None
        if self._is_closed:
            return
        if board is not None:
            spare_the_collector()
            self.audited.emit(board)
        if self._is_stale:
            self.renew()


def _last(
    make: Callable[[], Iterator[AuditBoard | None]]
) -> Callable[[], Generator[None, None, AuditBoard | None]]:
    """Hands on the last thing yielded as the outcome."""
    def work() -> Generator[None, None, AuditBoard | None]:
        board = None
        for board in make():  # noqa: B007
            yield None
        return board

    return work
