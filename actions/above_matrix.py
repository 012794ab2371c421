"""Who is above whom, how often: a matrix of some cities as a picture, its description and a table."""

from __future__ import annotations

from collections.abc import Sequence

from actions import house
from actions.candidates import Rows
from actions.figures import NOTHING
from actions.judging_limits import number
from actions.sure_words import probability
from reports.charts import Spec, heat_map
from reports.palette import palette
from scoring.model import FloatArray

# From these shares on one city counts as above another: surely, or probably.
SURELY, PROBABLY = number("above", "surely"), number("above", "probably")


def above_matrix(
    names: Sequence[str], order: Sequence[int], above: FloatArray, language: str, dark: bool
) -> tuple[Spec, str, Rows]:
    """The picture, its description and its table twin for the cities of `order`, which are called `names`.

    `above` holds, of all cities x all cities, the share of draws in which the row's is above the column's.
    """
    say = house.voice(language).say
    cells, table = [], []
    for at, i in enumerate(order):
        line = {say("City"): names[at]}
        for to, j in enumerate(order):
            text = NOTHING if i == j else probability(float(above[i, j]), language)
            line[names[to]] = text
            cells.append(
                {
                    "row": at,
                    "row_label": names[at],
                    "column_label": names[to],
                    "level": None if i == j else _sureness(float(above[i, j])),
                    "text": text,
                    "short_text": text,
                }
            )
        table.append(line)
    words = {"row": say("City"), "column": say("is above"), "points": say("in so many of the draws")}
    description = say(
        "How often the city of the row is above the city of the column; ties count for neither. "
        "The table holds every number."
    )
    return heat_map(cells, names, names, words, palette(dark)), description, tuple(table)


def _sureness(share: float) -> int:
    """The shade of a share of draws: hardly ever, less often than not, more often than not, surely."""
    return sum(share >= line for line in (1 - PROBABLY, PROBABLY, SURELY))
