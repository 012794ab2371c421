"""Writes the bill of materials of the product (CycloneDX 1.6, JSON) from requirements.lock: make sbom.

Every pinned package with its version, its hashes and its licence as the installed package names it, and which
package brought it in. The same lock gives the same bytes, so that two bills can be compared.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

PRODUCT = "learning-city-scorecard"
ROOT = Path(__file__).resolve().parents[1]
_PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?: *; *(?P<only>[^\\]+))?"
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^ *# +(?:via +)?(?P<who>\S.*)$")


def reference(name: str, version: str) -> str:
    """The package URL of a package of the Python index."""
    return f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"


def licence(name: str, version: str) -> list[dict[str, Any]]:
    """The licence that the installed package names; none where it is not installed here (other systems)."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return []
    if told["Version"] != version:
        return []
    if expression := told.get("License-Expression"):
        return [{"expression": expression}]
    named = [
        one.split(" :: ")[-1] for one in told.get_all("Classifier", []) if one.startswith("License :: OSI")
    ] or [one for one in [told.get("License", "")] if one and "\n" not in one]
    return [{"license": {"name": one}} for one in named]


def read_lock(text: str) -> list[dict[str, Any]]:
    """Every pin: name, version, condition, hashes, and the packages that need it ("" for the product itself).

    A package may be pinned twice, for older and for newer versions of Python.
    """
    found: list[dict[str, Any]] = []
    now: dict[str, Any] = {}
    for line in text.splitlines():
        if start := _PINNED.match(line):
            now = {**start.groupdict(""), "hashes": [], "via": []}
            found.append(now)
        now.setdefault("hashes", []).extend(_HASH.findall(line))
        if (via := _VIA.match(line)) and via["who"] != "via":
            now["via"].append("" if via["who"].startswith("-r ") else via["who"])
    return found


def bill(lock: str) -> dict[str, Any]:
    """The bill of materials of a lock file."""
    pins = read_lock(lock)
    for pin in pins:
        pin["ref"] = reference(pin["name"], pin["version"])
    needs: dict[str, list[str]] = {PRODUCT: [], **{pin["ref"]: [] for pin in pins}}
    for pin in pins:
        for who in pin["via"]:
            for needing in [one["ref"] for one in pins if one["name"] == who] if who else [PRODUCT]:
                needs[needing].append(pin["ref"])
    components = [
        {
            "type": "library",
            "bom-ref": pin["ref"],
            "name": pin["name"],
            "version": pin["version"],
            "purl": pin["ref"],
            **({"licenses": found} if (found := licence(pin["name"], pin["version"])) else {}),
            **({"properties": [{"name": "only-where", "value": pin["only"].strip()}]} if pin["only"] else {}),
            # One for each built file of the release: the installer accepts no other.
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": pin["ref"],
                    "hashes": [{"alg": "SHA-256", "content": value} for value in pin["hashes"]],
                }
            ],
        }
        for pin in pins
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": PRODUCT,
                "name": PRODUCT,
                "licenses": [own_licence()],
            }
        },
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in sorted(needs.items())],
    }


def own_licence() -> dict[str, Any]:
    """The product's own licence."""
    first = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[0]
    return {"license": {"name": first.strip()}}


if __name__ == "__main__":
    json.dump(bill((ROOT / "requirements.lock").read_text(encoding="utf-8")), sys.stdout, indent=1)
    print()
