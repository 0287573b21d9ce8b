"""The printed recovery code: 160 random bits and 20 check bits that find and place typing errors.

The 36 characters are two interleaved Reed-Solomon words of 18 symbols over GF(32), 16 of data and
two of check each. So one wrong character, and two neighbours swapped, are always found and placed,
and any two wrong characters are always found; what is wholly wrong passes once in a million.
Source: Crockford's Base32 (alphabet, O → 0, I and L → 1); Reed and Solomon, 1960.
"""

from __future__ import annotations

import secrets
from typing import Self

from app.store.errors import (
    RecoveryCodeLengthError,
    RecoveryCodeMistypedError,
    RecoveryCodeUnclearError,
)
from app.store.keys import wipe

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES = 20
DATA_SYMBOLS = 32
CODE_SYMBOLS = 36
GROUP_SYMBOLS = 4
GROUPS = CODE_SYMBOLS // GROUP_SYMBOLS
WORDS = 2  # interleaved
WORD_SYMBOLS = CODE_SYMBOLS // WORDS

_LOOK_ALIKES = str.maketrans("OIL", "011")
_IGNORED = frozenset(" -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014\u2212")
_UNREADABLE = -1


def _powers() -> tuple[tuple[int, ...], dict[int, int]]:
    """Powers of the generator of GF(32), reduced by x⁵ + x² + 1, and their logarithms."""
    powers = [1]
    for _ in range(30):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return tuple(powers), {power: index for index, power in enumerate(powers)}


_POWER, _LOG = _powers()


def _times(left: int, right: int) -> int:
    return _POWER[(_LOG[left] + _LOG[right]) % 31] if left and right else 0


def _divided(left: int, right: int) -> int:
    return _POWER[(_LOG[left] - _LOG[right]) % 31] if left else 0


def _syndromes(word: bytearray) -> tuple[int, int]:
    """The sum of the symbols, and the sum weighted by the powers; both 0 in a right word."""
    plain = weighted = 0
    for index, symbol in enumerate(word):
        plain ^= symbol
        weighted ^= _times(symbol, _POWER[index])
    return plain, weighted


def _append_check(symbols: bytearray) -> None:
    """Give 32 data symbols their four check symbols, two a word."""
    checks = bytearray(WORDS * 2)
    for offset in range(WORDS):
        plain, weighted = _syndromes(symbols[offset:DATA_SYMBOLS:WORDS])
        first, second = _POWER[WORD_SYMBOLS - 2], _POWER[WORD_SYMBOLS - 1]
        # a + b = plain and a·first + b·second = weighted
        last = _divided(weighted ^ _times(plain, first), first ^ second)
        checks[offset::WORDS] = bytes((plain ^ last, last))
    symbols += checks


def _misplaced(symbols: bytearray) -> tuple[bool, list[int]]:
    """Whether something is wrong, and the positions if each word has one wrong symbol at most."""
    positions = []
    for offset in range(WORDS):
        plain, weighted = _syndromes(symbols[offset::WORDS])
        if plain == weighted == 0:
            continue
        index = _LOG[_divided(weighted, plain)] if plain and weighted else WORD_SYMBOLS
        if index >= WORD_SYMBOLS:
            return True, []
        positions.append(index * WORDS + offset)
    return bool(positions), positions


class RecoveryCode:
    """A recovery code in memory; it shows nothing of itself in `repr`."""

    def __init__(self, secret: bytearray) -> None:
        """Take over `secret`, 20 bytes."""
        assert len(secret) == SECRET_BYTES
        self._secret = secret

    @classmethod
    def random(cls) -> Self:
        """A new code from the operating system's generator."""
        return cls(bytearray(secrets.token_bytes(SECRET_BYTES)))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """The code that somebody typed; case, spaces, hyphens and look-alikes do not matter.

        Raises:
            RecoveryCodeLengthError: Not 36 characters.
            RecoveryCodeMistypedError: Wrong, and it is known in which group or groups.
            RecoveryCodeUnclearError: Wrong in more than one place.
        """
        shown = [char for char in typed.upper().translate(_LOOK_ALIKES) if char not in _IGNORED]
        if len(shown) != CODE_SYMBOLS:
            raise RecoveryCodeLengthError(found=len(shown), wanted=CODE_SYMBOLS)
        values = [ALPHABET.find(char) for char in shown]
        unreadable = [place for place, value in enumerate(values) if value == _UNREADABLE]
        if unreadable:
            raise _mistyped(unreadable)
        symbols = bytearray(values)
        wrong, positions = _misplaced(symbols)
        if wrong:
            raise _mistyped(positions) if positions else RecoveryCodeUnclearError
        return cls(_packed(symbols))

    @property
    def secret(self) -> bytearray:
        """The 160 bits, not a copy."""
        return self._secret

    def text(self) -> str:
        """The whole code as printed: nine groups of four characters joined by hyphens."""
        return "-".join(self.group(number) for number in range(1, GROUPS + 1))

    def group(self, number: int) -> str:
        """The four characters of group 1 to 9."""
        assert 1 <= number <= GROUPS
        symbols = _unpacked(self._secret)
        _append_check(symbols)
        first = (number - 1) * GROUP_SYMBOLS
        text = "".join(ALPHABET[symbol] for symbol in symbols[first : first + GROUP_SYMBOLS])
        wipe(symbols)
        return text

    def asks_back(self, number: int, typed: str) -> bool:
        """Whether `typed` is group `number`; asked of whoever says to have noted the code."""
        shown = "".join(char for char in typed.upper() if char not in _IGNORED)
        return shown.translate(_LOOK_ALIKES) == self.group(number)

    def wipe(self) -> None:
        """Overwrite the code."""
        wipe(self._secret)

    def __repr__(self) -> str:
        return "RecoveryCode(…)"


def _mistyped(positions: list[int]) -> RecoveryCodeMistypedError:
    groups = sorted({position // GROUP_SYMBOLS + 1 for position in positions})
    return RecoveryCodeMistypedError(groups=", ".join(str(group) for group in groups))


def _unpacked(secret: bytearray) -> bytearray:
    """160 bits as 32 symbols of five, most significant first."""
    symbols = bytearray()
    held = bits = 0
    for byte in secret:
        held, bits = (held << 8 | byte) & 0xFFFF, bits + 8
        while bits >= 5:  # noqa: PLR2004 - five bits a symbol
            bits -= 5
            symbols.append(held >> bits & 0b11111)
    return symbols


def _packed(symbols: bytearray) -> bytearray:
    """The 160 bits of the 32 data symbols; the check symbols are dropped."""
    secret = bytearray()
    held = bits = 0
    for symbol in symbols[:DATA_SYMBOLS]:
        held, bits = (held << 5 | symbol) & 0xFFFF, bits + 5
        if bits >= 8:  # noqa: PLR2004 - eight bits a byte
            bits -= 8
            secret.append(held >> bits & 0xFF)
    return secret
