from pathlib import Path

import pytest

from assistant.settings import Settings, read_settings
from sources.errors import UseError


def test_the_defaults_keep_everything_on_this_machine() -> None:
    settings = read_settings()
    assert settings.embedder is None
    assert settings.chroma is None
    assert settings.may_download is False


def test_the_command_line_beats_the_environment_and_that_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text('embedder = "from-file"\nchroma = "file:1"\n')
    monkeypatch.setenv("ASSISTANT_HOME", "/nowhere")
    monkeypatch.setenv("ASSISTANT_CHROMA", "environment:2")
    settings = read_settings(home=tmp_path)
    assert settings.home == tmp_path
    assert settings.chroma == "environment:2"
    assert settings.embedder == "from-file"


def test_an_unknown_setting_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('embeder = "typo"\n')
    with pytest.raises(UseError, match="embeder") as refused:
        read_settings(home=tmp_path)
    assert str(tmp_path / "settings.toml") in refused.value.problem
    assert refused.value.remedy == "Did you mean 'embedder'?"
    (tmp_path / "settings.toml").write_text("nonsense = 1\n")
    with pytest.raises(UseError, match="Settings: answer_tokens, audit"):
        read_settings(home=tmp_path)


def test_a_broken_settings_file_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("home = [")
    with pytest.raises(UseError, match="not valid TOML"):
        read_settings(home=tmp_path)


def test_a_value_of_the_wrong_kind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MAY_DOWNLOAD", "perhaps")
    with pytest.raises(UseError, match="may_download"):
        read_settings()


@pytest.mark.parametrize(
    "address", ["not a url", "127.0.0.1:8000", "ftp://host", "http://", "http://host:99999"]
)
def test_an_address_of_a_model_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL_URL", address)
    with pytest.raises(UseError, match="not an address like") as refused:
        read_settings()
    assert "ASSISTANT_MODEL_URL" in refused.value.remedy


def test_an_empty_variable_is_as_if_it_were_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", "")
    monkeypatch.setenv("ASSISTANT_MODEL", "")
    settings = read_settings()
    assert settings.home == Settings.model_fields["home"].default
    assert settings.model is None
