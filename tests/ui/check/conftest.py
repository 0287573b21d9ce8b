"""One decoder for all tests of the check, and a room for each."""

from tests.ui.capture.conftest import capturing, decoder

__all__ = ["capturing", "decoder"]
