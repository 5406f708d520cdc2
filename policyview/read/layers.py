"""Layers of a PDF that are switched off when it is opened: their text is in the file, but not on the shown page."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdf
from pypdfium2 import raw

_OFF_BY_DEFAULT = "/OFF"
_MARK = "OC"  # what stands around the content of a layer
_NAME_CHARS = 256


def switched_off(reader: pypdf.PdfReader) -> frozenset[str]:
    """The names of the layers that a viewer does not show at first."""
    properties = reader.root_object.get("/OCProperties")
    if properties is None:
        return frozenset()
    properties = properties.get_object()
    usual = properties.get("/D", {}).get_object()
    hidden = list(usual.get("/OFF", ()))
    if usual.get("/BaseState") == _OFF_BY_DEFAULT:
        shown = list(usual.get("/ON", ()))
        hidden += [layer for layer in properties.get("/OCGs", ()) if layer not in shown]
    return frozenset(str(layer.get_object().get("/Name", "")) for layer in hidden)


def layers_of(drawn: Any) -> frozenset[str]:
    """The names of the layers in which PDFium's page object ``drawn`` stands."""
    found = set()
    for index in range(raw.FPDFPageObj_CountMarks(drawn)):
        mark = raw.FPDFPageObj_GetMark(drawn, index)
        if _text(raw.FPDFPageObjMark_GetName, mark) == _MARK:
            found.add(_text(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Name"))
    return frozenset(found)


def _text(ask: Any, *about: Any) -> str:
    """What PDFium answers with in UTF-16 and a NUL."""
    buffer, written = (ctypes.c_ushort * _NAME_CHARS)(), ctypes.c_ulong()
    if not ask(*about, buffer, ctypes.sizeof(buffer), ctypes.byref(written)):
        return ""
    return bytes(buffer)[: max(0, min(written.value, ctypes.sizeof(buffer)) - 2)].decode("utf-16-le", "replace")
