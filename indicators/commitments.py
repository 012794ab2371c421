"""A declaration whose commitments share the subjects of the focus areas: shown beside them, never scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import key_features
from indicators.settings import read_settings
from indicators.tables import CatalogueError, Row, label, read_table, unique
from indicators.titles import HEAD_KEYS, check_feature, read_title
from indicators.wording import word_rows
from scoring.model import Framework

DECLARATIONS = Path(__file__).parent / "declarations"

# Whether an item is known to stand in the printed document.
CONFIDENCES = ("confirmed", "unconfirmed")

COMMITMENT_COLUMNS = ("code", "focus_area")
COMMITMENT_WORD_COLUMNS = ("code", "title", "short", "definition")
SUB_ACTION_COLUMNS = ("id", "commitment", "number", "near", "theme", "confidence")
SUB_ACTION_WORD_COLUMNS = ("id", "title", "definition")


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """What a commitment is called and what it is about, in one language."""

    title: str
    short: str
    definition: str


@dataclass(frozen=True, slots=True)
class SubActionWords:
    """What a sub-action is called and how it differs from the features, in one language."""

    title: str
    definition: str


@dataclass(frozen=True, slots=True)
class SubAction:
    """An action of a declaration that the framework lacks as a feature; never scored.

    `number` is the declaration's own where known, `near` the features that come near, `theme` the theme
    of another declaration that asks for the same ("yeonsu_2021:25"), each "" or empty where there is none.
    """

    id: str
    commitment: str
    number: str
    near: tuple[str, ...]
    theme: str
    confidence: str  # confirmed | unconfirmed
    words: Mapping[str, SubActionWords]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment with the subject of one focus area, and its actions that the framework lacks."""

    code: str
    focus_area: str
    words: Mapping[str, CommitmentWords]
    sub_actions: tuple[SubAction, ...]


@dataclass(frozen=True, eq=False)
class Commitments:
    """A declaration that is shown beside the focus areas and never scored."""

    id: str
    edition: str
    framework: str
    names: Mapping[str, str]
    other_names: tuple[str, ...]
    languages: tuple[str, ...]
    text_status: str
    commitments: tuple[Commitment, ...]

    def for_area(self, code: str) -> Commitment:
        """The commitment beside a focus area; KeyError if there is none."""
        for commitment in self.commitments:
            if commitment.focus_area == code:
                return commitment
        raise KeyError(code)


def load_commitments(folder: Path, framework: Framework) -> Commitments:
    """The declaration that a folder holds to be shown beside the focus areas of `framework`.

    Every focus area has exactly one commitment. Raises CatalogueError for the first fault.
    """
    head = read_title(read_settings(folder, "declaration.toml"), framework, HEAD_KEYS)
    rows = unique(read_table(folder, "commitments.csv", COMMITMENT_COLUMNS), "code")
    areas = {node.code for node in framework.at_level("focus_area")}
    for row in rows.values():
        if row.text("focus_area") not in areas:
            raise row.fault(f'there is no focus area "{row.text("focus_area")}" in {framework.id}')
    beside = unique(rows.values(), "focus_area")
    for area in sorted(areas):
        if area not in beside:
            raise CatalogueError(
                label(folder, "commitments.csv"), 0, f'no commitment stands beside focus area "{area}"'
            )
    actions = _sub_actions(folder, head.languages, framework, rows)
    words = {
        language: word_rows(folder, language, "commitments.csv", COMMITMENT_WORD_COLUMNS, rows)
        for language in head.languages
    }
    return Commitments(
        id=head.id,
        edition=head.edition,
        framework=head.framework,
        names=head.names,
        other_names=head.other_names,
        languages=head.languages,
        text_status=head.text_status,
        commitments=tuple(
            Commitment(
                code=code,
                focus_area=row.text("focus_area"),
                words=MappingProxyType(
                    {
                        language: CommitmentWords(*(found[code].text(c) for c in COMMITMENT_WORD_COLUMNS[1:]))
                        for language, found in words.items()
                    }
                ),
                sub_actions=tuple(action for action in actions if action.commitment == code),
            )
            for code, row in rows.items()
        ),
    )


def _sub_actions(
    folder: Path, languages: tuple[str, ...], framework: Framework, commitments: Mapping[str, Row]
) -> tuple[SubAction, ...]:
    rows = unique(read_table(folder, "sub_actions.csv", SUB_ACTION_COLUMNS), "id")
    for row in rows.values():
        if row.text("commitment") not in commitments:
            raise row.fault(f'there is no commitment "{row.text("commitment")}" in commitments.csv')
        for code in row.parts("near"):
            check_feature(row, framework, code)
        row.choice("confidence", CONFIDENCES)
    words = {
        language: word_rows(folder, language, "sub_actions.csv", SUB_ACTION_WORD_COLUMNS, rows)
        for language in languages
    }
    return tuple(
        SubAction(
            id=id,
            commitment=row.text("commitment"),
            number=row.optional("number"),
            near=row.parts("near"),
            theme=row.optional("theme"),
            confidence=row.text("confidence"),
            words=MappingProxyType(
                {
                    language: SubActionWords(found[id].text("title"), found[id].text("definition"))
                    for language, found in words.items()
                }
            ),
        )
        for id, row in rows.items()
    )


@cache
def beijing() -> Commitments:
    """The twelve commitments of the Beijing Declaration; read once a process and shared."""
    return load_commitments(DECLARATIONS / "beijing_2013", key_features())
