"""What a figure of an audit cannot say, and why: ids that stand beside it, with their meaning."""

from __future__ import annotations

from collections.abc import Mapping

FEW_UNITS = "few_units"
FEW_CODES = "few_codes"
LEFT_OUT = "left_out"
INDEFINITE = "indefinite"
NO_SPREAD = "no_spread"

NOTES: Mapping[str, str] = {
    FEW_UNITS: "fewer than three units have all that is asked for",
    FEW_CODES: "fewer than two of the members vary between the units",
    LEFT_OUT: "members with one value throughout, or with nothing in common with others, are left out",
    INDEFINITE: "with gaps, every pair rests on other units, and together they give no proper figure",
    NO_SPREAD: "the quartiles are one value, so that no distance can be given in their range",
}
