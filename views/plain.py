"""Text from people and workbooks, made fit to stand in Markdown."""

from __future__ import annotations

import re

_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!|<>~:$&^=\"'"})

# The beginnings by which Markdown knows an address; a joiner without a shape behind them breaks the spell.
_ADDRESS = re.compile(r"https?:(?=/)|www(?=\.)|@", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(text: object) -> str:
    """Text that Markdown shows as it is: every sign with a meaning is escaped, line breaks become spaces.

    Addresses stay text too: Markdown makes links of them even where every sign is escaped.
    """
    line = " ".join(str(text).split())
    return _ADDRESS.sub(rf"\g<0>{_WORD_JOINER}", line).translate(_MARKDOWN)
