"""How is a run repeated? METHOD.toml with every choice spelled out, whoever made it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from indicators.method_apply import Applied
from indicators.method_file import ABSENT_COLUMNS, SINGLE_KEYS, Method
from indicators.units_table import Layout
from indicators.vocabulary import written
from scoring.model import Level, Measurement

FROM_DATA = "These weights come from the data: for robustness checks alone, never for an official index."


def method_text(method: Method, applied: Applied, codes: Iterable[str], from_data: Mapping[str, str]) -> str:
    """The text of a METHOD.toml by which the same run can be made again; `codes` are the nodes that are scored,
    `from_data` the rules by which the data set the weights of a node's children.

    Numbers are written to the last digit, so that reading them gives the same bits.
    """
    framework = applied.framework
    nodes = [framework.by_code[code] for code in codes]
    parts = [
        f"# Every choice of this index; {_text(framework.id)[1:-1]}, edition {_text(framework.edition)[1:-1]}.",
        _keys({"basket": applied.basket, "decimals": framework.rules.published_decimals}),
        _section("[data]", _data(method.layout)),
        _section("[missing]", {"rule": method.missing, **({"group": method.group} if method.group else {})}),
        _screening(method),
        _outliers(method),
        _draws(method),
        *(_section("[[levels]]", _level(level)) for level in framework.levels),
        *(
            f"# {FROM_DATA}\n" + _section("[[weights]]", {"rule": rule, "under": under})
            for under, rule in from_data.items()
        ),
        *(
            _section(
                "[[nodes]]",
                {"code": node.code, "weight": node.weight}
                | _given(weight_source=applied.weight_sources.get(node.code, "")),
            )
            for node in nodes
            if node.parent
        ),
        *(
            _section("[[measurements]]", _measurement(node.code, node.measurement, applied.denominators))
            for node in nodes
            if node.measurement is not None
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _data(layout: Layout) -> Mapping[str, object]:
    found: dict[str, object] = _given(separator=layout.separator)
    found["decimal"] = layout.decimal
    if layout.missing:
        found["missing"] = layout.missing
    return {**found, "columns": ABSENT_COLUMNS[layout.blank_columns]}


def _screening(method: Method) -> str:
    rule = method.screening
    if rule is None:
        return ""
    limits = {"available": rule.available, "zeros": rule.zeros}
    found = {key: limit for key, limit in limits.items() if limit is not None}
    return _section("[screening]", found | _given(level=rule.level))


def _outliers(method: Method) -> str:
    rule = method.outliers
    return (
        ""
        if rule is None
        else _section("[outliers]", {name: getattr(rule, name) for name in SINGLE_KEYS["outliers"]})
    )


def _draws(method: Method) -> str:
    rule, names = method.draws, SINGLE_KEYS["uncertainty"]
    return "" if rule is None else _section("[uncertainty]", {name: getattr(rule, name) for name in names})


def _level(level: Level) -> Mapping[str, object]:
    found: dict[str, object] = {"name": level.name, **_given(aggregation=level.aggregation)}
    if level.aggregation == "power":
        found["power"] = level.power
    return {**found, "coverage": level.coverage or 0.0}


def _measurement(
    code: str, facts: Measurement, denominators: Mapping[str, tuple[str, float]]
) -> Mapping[str, object]:
    found: dict[str, object] = {"code": code, "scale": facts.scale, "direction": facts.direction}
    for key, value in (("lower", facts.lower), ("upper", facts.upper), ("cut", facts.cut)):
        if value is not None:
            found[key] = value
    found["parameters"] = written(facts.parameters)
    found["denominator"], found["factor"] = denominators.get(code, ("", 1.0))
    return found


def _given(**texts: str) -> dict[str, object]:
    return {key: text for key, text in texts.items() if text}


def _section(title: str, values: Mapping[str, object]) -> str:
    return f"{title}\n{_keys(values)}"


def _keys(values: Mapping[str, object]) -> str:
    return "\n".join(f"{key} = {_value(value)}" for key, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """A TOML text: as in JSON, but for the one character that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
