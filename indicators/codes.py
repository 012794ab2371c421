"""Which measurement or commitment does a row speak of? Told by its code, which is text: "1.10" is not "1.1"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.text import fold

_LOOKS_LIKE_A_CODE = re.compile(r"§?\d+(\.\d+)*")


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that a table may hold: each one's titles in every language, made comparable."""

    titles: Mapping[str, tuple[str, ...]]
    by_text: Mapping[str, str]

    @classmethod
    def of(cls, titles: Mapping[str, Iterable[str]]) -> Codes:
        """From code -> titles as printed."""
        return cls(
            {code: tuple(fold(title) for title in printed) for code, printed in titles.items()},
            {clean(code): code for code in titles},
        )

    def candidates(self, value: object, title: str) -> tuple[str, ...]:
        """The codes that a cell may stand for: one where it is certain, none where it is unknown.

        A number cell has lost its zeros, and a spreadsheet may have made a date of a code; then the title
        beside it decides.
        """
        if not isinstance(value, str):
            alike = self._alike(value)
            titled = tuple(code for code in alike or self.titles if fold(title) in self.titles[code])
            return titled if len(titled) == 1 else alike
        code = self.by_text.get(clean(value))
        return () if code is None else (code,)

    def _alike(self, value: object) -> tuple[str, ...]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return ()
        return tuple(code for code in self.titles if _number(code) == value)

    def titled_otherwise(self, code: str, title: str) -> str:
        """The code to which a row's title belongs if it is another one's, else ""."""
        printed = fold(title)
        if not printed or printed in self.titles[code]:
            return ""
        return next((other for other, titles in self.titles.items() if printed in titles), "")


def clean(text: str) -> str:
    """A code without blanks, paragraph sign and dots at its end, in plain characters."""
    return re.sub(r"\s|§", "", fold(text)).replace("。", ".").rstrip(".")


def looks_like_code(text: str) -> bool:
    """Whether a text that is no known code was probably meant as one."""
    return _LOOKS_LIKE_A_CODE.fullmatch(clean(text)) is not None


def _number(code: str) -> float | None:
    try:
        return float(code)
    except ValueError:
        return None
