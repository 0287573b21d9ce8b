"""Spoils a finished PDF in ways in which a printer, a disk or a mistake of ours could."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _changed(data: bytes, change: Callable[[pypdfium2.PdfDocument], None]) -> bytes:
    with pypdfium2.PdfDocument(data) as document:
        change(document)
        return _saved(document)


def without_page(data: bytes, number: int) -> bytes:
    """A page, counted from 0, taken out."""
    return _changed(data, lambda document: document.del_page(number))


def with_things_removed(
    data: bytes, number: int, condemned: Callable[[pypdfium2.PdfPage, pypdfium2.PdfObject], bool]
) -> bytes:
    """Everything that is condemned taken from a page, counted from 0."""

    def change(document: pypdfium2.PdfDocument) -> None:
        page = document[number]
        for thing in list(page.get_objects()):
            if condemned(page, thing):
                page.remove_obj(thing)
        page.gen_content()

    return _changed(data, change)


def with_things_changed(
    data: bytes,
    number: int,
    wanted: Callable[[pypdfium2.PdfObject], bool],
    spoil: Callable[[pypdfium2.PdfObject], object],
) -> bytes:
    """Every thing that is wanted spoilt on a page, counted from 0."""

    def change(document: pypdfium2.PdfDocument) -> None:
        page = document[number]
        for thing in list(page.get_objects()):
            if wanted(thing):
                spoil(thing)
        page.gen_content()

    return _changed(data, change)
