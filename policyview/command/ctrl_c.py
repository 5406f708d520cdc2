"""Ctrl-C, of which none is lost."""

from __future__ import annotations

import signal
import threading


class CtrlC:
    """Ctrl-C raises KeyboardInterrupt at once, and is remembered, for not every place lets that through.

    What calls back into Python (the import of a compiled module, a finalizer) may swallow it, and the command would
    go on as if nothing had been asked of it. So the waiting loop and whatever is about to write ask again.
    """

    def __init__(self) -> None:
        self._came = False

    def watch(self) -> None:
        """From now on; but where Ctrl-C is ignored (a job in the background) it stays so."""
        self._came = False
        is_ours_to_take = threading.current_thread() is threading.main_thread()
        if is_ours_to_take and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._note)

    def _note(self, *_: object) -> None:
        self._came = True
        raise KeyboardInterrupt

    def heed(self) -> None:
        """KeyboardInterrupt where one was asked for since, however it was lost."""
        if self._came:
            raise KeyboardInterrupt

    def leave(self) -> None:
        if signal.getsignal(signal.SIGINT) == self._note:
            signal.signal(signal.SIGINT, signal.default_int_handler)


ctrl_c = CtrlC()
"""That of this process."""
