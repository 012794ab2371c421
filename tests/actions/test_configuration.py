"""Settings: nothing half-configured starts, and what is missing is named."""

from __future__ import annotations

import pytest

from actions.configuration import ConfigurationError, read

SHARED = {
    "SCORECARD_MODE": "shared",
    "SCORECARD_ADDRESS": "https://scores.example.org",
    "SCORECARD_AUDIT_KEY": "TheKeyOfTheLog-0123456789abcdefgh",
    "STREAMLIT_SERVER_COOKIE_SECRET": "TheSecretOfCookies-0123456789abcd",
}
OIDC = {
    "SCORECARD_OIDC_ISSUER": "https://id.example.org/realm",
    "SCORECARD_OIDC_CLIENT_ID": "scorecard",
    "SCORECARD_OIDC_CLIENT_SECRET": "known to two",
}


def test_nothing_set_is_ones_own_computer() -> None:
    found = read({})
    assert (found.mode, found.shared, found.address, found.oidc) == ("own", False, "", None)


def test_a_shared_installation_with_everything() -> None:
    found = read({**SHARED, **OIDC, "SCORECARD_FIRST_PERSON": " ann@example.org "})
    assert found.shared
    assert found.secure
    assert found.host == "scores.example.org"
    assert found.first_person == "ann@example.org"
    assert found.oidc is not None
    assert found.oidc.issuer == "https://id.example.org/realm"


@pytest.mark.parametrize("setting", [name for name in SHARED if name != "SCORECARD_MODE"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_shared_installation_without_one_setting_does_not_start(setting: str, value: str | None) -> None:
    given = {name: text for name, text in SHARED.items() if name != setting}
    if value is not None:
        given[setting] = value
    with pytest.raises(ConfigurationError) as caught:
        read(given)
    assert caught.value.setting == setting
    assert f"{setting} is missing" in str(caught.value)
    assert "需要" in caught.value.told("zh")


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("SCORECARD_MODE", "Shared", "mode"),
        ("SCORECARD_MODE", "public", "mode"),
        ("SCORECARD_AUDIT_KEY", "x" * 31, "short"),
        ("SCORECARD_AUDIT_KEY", "ab" * 32, "typed"),
        ("STREAMLIT_SERVER_COOKIE_SECRET", "0123456789", "short"),
        ("STREAMLIT_SERVER_COOKIE_SECRET", "TheKeyOfTheLog-0123456789abcdefgh", "same"),
        ("SCORECARD_ADDRESS", "scores.example.org", "address"),
        ("SCORECARD_ADDRESS", "http://scores.example.org", "address"),
        ("SCORECARD_ADDRESS", "https://scores.example.org/app", "address"),
        ("SCORECARD_ADDRESS", "https://ann@scores.example.org", "address"),
        ("SCORECARD_ADDRESS", "https://scores.example.org?x=1", "address"),
        ("SCORECARD_ADDRESS", "https://scores example.org", "address"),
        ("SCORECARD_ADDRESS", "https://scores.example.org:port", "address"),
        ("SCORECARD_ADDRESS", "https://", "address"),
        ("SCORECARD_FIRST_PERSON", "ann", "email"),
        ("SCORECARD_FIRST_PERSON", "ann@x.org, bob@x.org", "email"),
        ("SCORECARD_OIDC_ISSUER", "https://id.example.org", "oidc"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_repeated(setting: str, value: str, fault: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read({**SHARED, setting: value})
    assert caught.value.fault == fault
    assert caught.value.setting == setting or fault == "oidc"
    assert caught.value.setting in str(caught.value)
    if "secret" in setting.lower() or "key" in setting.lower():
        assert value not in str(caught.value)


@pytest.mark.parametrize("missing", OIDC)
@pytest.mark.parametrize("base", [{}, SHARED])
def test_openid_connect_is_set_whole_or_not_at_all(missing: str, base: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read({**base, **{name: value for name, value in OIDC.items() if name != missing}})
    assert (caught.value.fault, caught.value.setting) == ("oidc", missing)


@pytest.mark.parametrize(
    "address", ["http://localhost:8501", "http://127.0.0.1", "http://[::1]:8501/", "https://x.example:8443/"]
)
def test_addresses_that_will_do(address: str) -> None:
    assert read({**SHARED, "SCORECARD_ADDRESS": address}).address == address.rstrip("/")


def test_no_secret_is_shown_by_printing_the_settings() -> None:
    shown = repr(read({**SHARED, **OIDC, "DATABASE_URL": "postgresql://ann:hush@db/scores"}))
    for hidden in ("TheKeyOfTheLog", "TheSecretOfCookies", "known to two", "hush"):
        assert hidden not in shown
