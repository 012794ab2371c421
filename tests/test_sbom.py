"""The bill of materials holds every pin of the lock, once, with its hashes, and who brought it in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

from tests.source_code import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@cache
def bill() -> dict[str, Any]:
    """The bill as `make sbom` writes it."""
    done = subprocess.run(
        [sys.executable, ".ci/sbom.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_every_pin_is_in_the_bill_with_its_hashes() -> None:
    pins = re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
    assert len(pins) > 30
    assert [(one["name"], one["version"]) for one in bill()["components"]] == pins
    hashes = re.findall(r"--hash=sha256:(\w{64})", LOCK)
    listed = [
        one["content"]
        for component in bill()["components"]
        for reference in component["externalReferences"]
        for one in reference["hashes"]
    ]
    assert listed == hashes


def test_it_has_the_form_that_programs_read() -> None:
    made = bill()
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    references = [one["bom-ref"] for one in made["components"]]
    assert len(set(references)) == len(references)
    assert all(one["purl"] == one["bom-ref"] for one in made["components"])


def test_everything_is_there_because_something_needs_it() -> None:
    needs = {one["ref"]: set(one["dependsOn"]) for one in bill()["dependencies"]}
    product = bill()["metadata"]["component"]["bom-ref"]
    reached, new = set(), {product}
    while new:
        reached |= new
        new = {one for ref in new for one in needs[ref]} - reached
    assert reached == set(needs)
    direct = re.findall(r"^([\w-]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {re.split(r"[/@]", one)[1] for one in needs[product]} == {name.lower() for name in direct}


def test_licences_are_those_that_the_packages_name() -> None:
    by_name = {one["name"]: one for one in bill()["components"]}
    assert by_name["streamlit"]["licenses"] == [{"expression": "Apache-2.0"}]
    named = json.dumps([one.get("licenses", []) for one in bill()["components"]])
    assert "GPL" not in named.replace("LGPL", "")


def test_the_same_lock_makes_the_same_bill() -> None:
    again = subprocess.run(
        [sys.executable, ".ci/sbom.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(again.stdout) == bill()
