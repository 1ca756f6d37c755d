"""Numbers written so that SQLite reads exactly them.

Its own reading of digits may end at a neighbour of the nearest float: how near it comes depends
on the version and on the processor.  https://sqlite.org/floatingpoint.html
"""

from __future__ import annotations

import math

# Powers of ten up to this one are exact as a float, and so are so many digits.
_POWER = 22
_DIGITS = 15


def exactly(text: str) -> str:
    """Return a number so that SQLite reads the nearest float to it, and no neighbour of that.

    What it may read wrong is written as a whole number and powers of two.

    >>> exactly("0.1"), exactly("1e+22"), exactly("0.30000000000000004")
    ('0.1', '1e+22', '(5404319552844596 / 9007199254740992.0 / 2.0)')
    """
    number = float(text)
    return text if is_read_right(text, abs(number)) else by_powers_of_two(number)


def is_read_right(text: str, number: float) -> bool:
    """Tell whether SQLite reads these digits right: with short floats, and with long ones."""
    digits, exponent = split(text)
    top, bottom = number.as_integer_ratio()
    scale = 10 ** abs(exponent)
    if (digits * scale * bottom == top) if exponent >= 0 else (digits * bottom == top * scale):
        return True
    if exponent >= 0 or exponent < -_POWER or digits >= 10**_DIGITS:
        return False
    return long_then_short(digits, scale) == number


def split(text: str) -> tuple[int, int]:
    """Return a number as its digits and the power of ten behind them.

    >>> split("1.50e3"), split("20")
    ((15, 2), (2, 1))
    """
    mantissa, _, power = text.lower().lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits, exponent = whole + fraction, int(power or 0) - len(fraction)
    short = digits.rstrip("0")
    return int(short or 0), exponent + len(digits) - len(short) if short else 0


def long_then_short(top: int, bottom: int) -> float:
    """Return a quotient rounded to the 64 bits of a long float, and then to a float."""
    shift = 65 - top.bit_length() + bottom.bit_length()
    found, rest = divmod(top << shift, bottom)
    extra = found.bit_length() - 64
    half, low = 1 << (extra - 1), found & ((1 << extra) - 1)
    found >>= extra
    if low > half or (low == half and (rest or found & 1)):
        found += 1
    return math.ldexp(float(found), extra - shift)


def by_powers_of_two(number: float) -> str:
    """Return a float as a product or quotient in which nothing is rounded."""
    mantissa, power = math.frexp(number)
    power -= 53
    parts = [str(int(mantissa * 2**53)), *[f"{2.0**53:.1f}"] * (abs(power) // 53)]
    if abs(power) % 53:
        parts.append(f"{2.0 ** (abs(power) % 53):.1f}")
    return f"({(' * ' if power > 0 else ' / ').join(parts)})"
