"""Which number do these digits write? Every common way of grouping and of marking decimals, none guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

# Longer strings of digits are no figures of a city.
LONGEST_NUMBER = 40
_LARGEST_EXPONENT = 60

_SIGNS = str.maketrans(
    {
        **{
            "\u2212": "-",
            "\u2019": "'",
            "\u00a0": " ",
            "\u2009": " ",
            "\u202f": " ",
            "\u2007": " ",
            "\u3000": " ",
        },
        # The decimal, thousands and percent signs of Arabic; the thousands sign groups like an apostrophe.
        **{"\u066b": ".", "\u066c": "'", "\u066a": "%"},
    }
)
# Units written with a raised or lowered digit, which would otherwise be taken for a footnote.
_UNITS = (("km²", "km2"), ("m²", "m2"), ("㎢", "km2"), ("㎡", "m2"), ("CO₂", "CO2"), ("㎏", "kg"))
_BLANKS = re.compile(r"\s+")
_WHOLE = re.compile(r"\d+")
# Blanks and apostrophes are never decimal marks, so what they group is certain.
_CERTAIN_GROUPS = re.compile(r"\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_INDIAN_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
# "1.234" may be a little over one or more than a thousand; "0.234" and "1234.567" may not.
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_SCIENTIFIC = re.compile(r"(\d+(?:[.,]\d+)?)(?:e|[×x*·]10\^?)([+-]?\d{1,3})")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain digits and signs, lower case and single blanks, and the rules that made it so."""

    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """What digits write: the value, the rules applied, and the other value where one mark has two meanings.

    With `other` set, `value` takes the mark as a decimal mark and `other` as a thousands mark.
    """

    value: Decimal
    rules: tuple[str, ...] = ()
    other: Decimal | None = None
    mark: str = ""


def plain(value: str) -> Plain | None:
    """The text in plain digits and signs, None if it holds a character that would change its value.

    Full-width and other decimal digits become 0-9; a raised or circled digit is a footnote, not a number.
    """
    for written, meant in _UNITS:
        value = value.replace(written, meant)
    made, rules = [], dict[str, None]()
    for character in value.strip().translate(_SIGNS):
        form = unicodedata.decomposition(character).partition(" ")[0]
        if unicodedata.category(character) == "Nd":
            made.append(str(unicodedata.decimal(character)))
            if not character.isascii():
                rules["full_width" if form == "<wide>" else "other_digits"] = None
        elif form in ("<wide>", "<narrow>", "<small>"):
            made.append(unicodedata.normalize("NFKC", character))
            rules["full_width"] = None
        elif form.startswith("<"):
            return None
        else:
            made.append(unicodedata.normalize("NFKC", character))
    return Plain(_BLANKS.sub(" ", "".join(made)).strip().casefold(), tuple(rules))


def read_digits(text: str) -> Number | None:
    """The number that a plain text of digits, marks and a sign writes; None if it is anything else."""
    sign = text[0] if text[:1] in ("-", "+") else ""
    digits = text.removeprefix(sign).strip()
    if not digits or len(digits) > LONGEST_NUMBER:
        return None
    number = _scientific(digits) or _marked(digits)
    if number is None or sign != "-":
        return number
    return Number(-number.value, number.rules, None if number.other is None else -number.other, number.mark)


def _scientific(digits: str) -> Number | None:
    found = _SCIENTIFIC.fullmatch(digits.replace(" ", ""))
    if not found or abs(int(found[2])) > _LARGEST_EXPONENT:
        return None
    return Number(Decimal(found[1].replace(",", ".")).scaleb(int(found[2])), ("scientific",))


def _marked(digits: str) -> Number | None:
    if _WHOLE.fullmatch(digits):
        return Number(Decimal(digits))
    if _AMBIGUOUS.fullmatch(digits):
        return Number(
            Decimal(re.sub("[.,]", ".", digits)),
            ("either_mark",),
            Decimal(re.sub("[.,]", "", digits)),
            "," if "," in digits else ".",
        )
    found = _CERTAIN_GROUPS.fullmatch(digits)
    if found:
        return _grouped(digits, found[1], "thousands_space" if found[1] == " " else "thousands_apostrophe")
    if _POINT_GROUPS.fullmatch(digits):
        return _grouped(digits, ".", "thousands_point")
    if _COMMA_GROUPS.fullmatch(digits):
        return _grouped(digits, ",", "thousands_comma")
    if _INDIAN_GROUPS.fullmatch(digits):
        return _grouped(digits, ",", "thousands_indian")
    return _grouped(digits, "", "") if _DECIMAL.fullmatch(digits) else None


def _grouped(digits: str, group: str, rule: str) -> Number:
    """The number after its thousands marks are taken out; a comma that is left marks decimals."""
    bare = digits.replace(group, "") if group else digits
    rules = (rule,) if rule else ()
    return Number(Decimal(bare.replace(",", ".")), (*rules, "decimal_comma") if "," in bare else rules)
