"""Checks and opens network cameras for those who know only what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.capture.address import NETWORK, StreamAddress
from app.capture.problems import BadAddressError

if TYPE_CHECKING:
    from app.capture.patience import Patience
    from app.capture.stream_camera import StreamCamera


class Streams:
    """The way to network cameras.

    Args:
        patience: For the cameras that are opened; None takes the defaults.
    """

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience

    def address(self, text: str, user: str = "", password: str = "") -> str:
        """The whole address of a network camera; it holds the password, so keep it in the vault.

        Raises:
            BadAddressError: Nothing that a network camera can have.
        """
        address = StreamAddress.parse(text)
        if address.transport not in NETWORK:
            raise BadAddressError
        return address.with_credentials(user, password).target if user else address.target

    def shown(self, address: str) -> str:
        """The part of an address that may stand on a screen."""
        return StreamAddress.parse(address).shown

    def open(self, address: str) -> StreamCamera:
        """A camera at an address, stopped.

        Raises:
            BadAddressError: The address is none.
        """
        from app.capture.stream_camera import StreamCamera  # noqa: PLC0415 - few have one

        return StreamCamera(StreamAddress.parse(address), patience=self._patience)
