"""What goes wrong with packed files, as one list for all who open them."""

from __future__ import annotations

import zipfile
import zlib

# What zipfile raises on a damaged archive; NotImplementedError for ways of packing that it does not know.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
