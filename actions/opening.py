"""Opening a shared installation: read the settings, open the store, and say what the first person needs."""

from __future__ import annotations

import os
from collections.abc import Mapping

from actions import configuration, house, invitations
from actions.configuration import Configuration, ConfigurationError
from actions.house import StoreError


def settings(environ: Mapping[str, str] | None = None) -> Configuration:
    """The settings of a shared installation whose store is open.

    SystemExit, with a sentence that names the setting or the trouble, where it cannot run rightly.
    """
    try:
        read = configuration.read(os.environ if environ is None else environ)
        if not read.shared:
            raise SystemExit(
                f"{configuration.MODE} is not “shared”. Set it, or start with “make run” instead."
            )
        kept = house.store().place
        link = invitations.first_link(read)
    except ConfigurationError as fault:
        raise SystemExit(fault.told("en")) from None
    except StoreError as trouble:
        raise SystemExit(f"The store cannot be opened: {trouble}") from None
    print(f"Shared: people sign in at {read.address}. Kept in {kept}.", flush=True)
    if link:
        print(
            f"Nobody is in the secretariat yet. The link for {read.first_person}, good once: {link}",
            flush=True,
        )
    return read
