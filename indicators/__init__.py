"""What is asked, and how is the answer read? Catalogues as data, templates, the reader."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

# Set before openpyxl is imported anywhere: else it takes lxml, which the Word files bring along, and reads workbooks by
# a parser that follows entities and writes letters in another way.
os.environ["OPENPYXL_LXML"] = "False"

from indicators.catalogue import load_framework
from scoring.model import Framework

KEY_FEATURES = Path(__file__).parent / "key_features_2013"


@cache
def key_features() -> Framework:
    """The Key Features of Learning Cities; read once a process and shared."""
    return load_framework(KEY_FEATURES)
