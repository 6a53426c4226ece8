"""Where pictures of scenes are written."""

import pytest

from game.errors import UsageError
from game.ui.shots import render_shots


def test_a_folder_that_cannot_be_made_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="cannot write pictures to /dev/null/x"):
        render_shots("/dev/null/x", only=["01"])
