"""Write the workbooks of all invented cities into a folder: python -m sample_data FOLDER --language en"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sample_data.make import build, city_ids, file_name
from sample_data.tables import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every workbook and print its path; 0 when all are written, 2 when the folder cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m sample_data",
        description="Write the workbooks of eight invented cities into a folder.",
    )
    parser.add_argument("folder", type=Path, help="where to write them; made if it does not exist")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of the workbooks")
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.folder
    language: str = chosen.language
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for city_id in city_ids():
            path = folder / file_name(city_id, language)
            path.write_bytes(build(city_id, language))
            print(path)
    except OSError as error:
        print(f"{folder}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
