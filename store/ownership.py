"""For which city an upload was made, and by whom: what rights over it hang on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, select

from store.engine import Store
from store.ids import is_id
from store.people_tables import UPLOAD_OWNERS
from store.tables import CITIES, SUBMISSIONS, UPLOADS
from store.visibilities import visibilities_of_uploads

# SQLite takes 32,766 values in a statement, PostgreSQL's driver 65,535.
_AT_ONCE = 10_000
_OTHERS = UPLOAD_OWNERS.alias()


@dataclass(frozen=True, slots=True)
class Ownership:
    """The city ("" for none) and its country, who uploaded, and whether the upload was handed in.

    `visibility` is who may see it then, as the city chose for the assessment that it is a copy of ("" for no copy).
    """

    city_id: str
    country: str
    person: str
    submitted: bool
    visibility: str = ""


_NEWEST = (
    select(func.max(_OTHERS.c.sequence))
    .where(_OTHERS.c.upload_id == UPLOADS.c.id)
    .correlate(UPLOADS)
    .scalar_subquery()
)
_QUERY = (
    select(
        UPLOADS.c.id,
        UPLOAD_OWNERS.c.city_id,
        CITIES.c.country,
        UPLOAD_OWNERS.c.person,
        exists().where(SUBMISSIONS.c.upload_id == UPLOADS.c.id).correlate(UPLOADS).label("submitted"),
    )
    .select_from(UPLOADS)
    .outerjoin(UPLOAD_OWNERS, UPLOAD_OWNERS.c.sequence == _NEWEST)
    .outerjoin(CITIES, CITIES.c.id == UPLOAD_OWNERS.c.city_id)
)
# Asked several times for every page: made once, so that only what is asked for differs.
_ONE = _QUERY.where(UPLOADS.c.id == bindparam("one"))
_SOME = _QUERY.where(UPLOADS.c.id.in_(bindparam("some", expanding=True)))


def ownerships(store: Store, upload_ids: Sequence[str]) -> Mapping[str, Ownership]:
    """Whose each of some uploads is, as was said last; ids under which none is kept are left out."""
    found: dict[str, Ownership] = {}
    with store.reading() as connection:
        for start in range(0, len(upload_ids), _AT_ONCE):
            some = [one for one in upload_ids[start : start + _AT_ONCE] if is_id(one)]
            asked = (_ONE, {"one": some[0]}) if len(some) == 1 else (_SOME, {"some": some})
            rows = connection.execute(*asked).all()
            chosen = visibilities_of_uploads(connection, [row.id for row in rows if row.submitted])
            for row in rows:
                found[row.id] = Ownership(
                    row.city_id or "",
                    row.country or "",
                    row.person or "",
                    bool(row.submitted),
                    chosen.get(row.id, ""),
                )
    return found
