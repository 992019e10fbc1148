"""The fixtures of the briefing tests serve exported documents too."""

from tests.assistant.briefing.conftest import assistant, desk, folder, made_up_home, sync

__all__ = ["assistant", "desk", "folder", "made_up_home", "sync"]
