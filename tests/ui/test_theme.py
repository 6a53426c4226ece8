from game.ui.theme import contrast, load_theme, mixed

LEAST_FOR_SMALL_TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
BRIGHTEST_GROUND = (0xE6, 0xC8, 0xA4)


def worst_panel() -> tuple[int, int, int]:
    theme = load_theme()
    return mixed(BRIGHTEST_GROUND, theme.rgb("panel"), theme.shape.panel_opacity_frac)


def test_all_text_colours_can_be_read_on_a_panel_over_the_brightest_ground() -> None:
    theme = load_theme()
    for token in ("text", "quiet", "faint", "accent", "radio", "safe", "act"):
        assert contrast(theme.rgb(token), worst_panel()) >= LEAST_FOR_SMALL_TEXT, token


def test_ink_can_be_read_on_every_block() -> None:
    theme = load_theme()
    for token in ("drive", "look", "touch", "air", "radio", "heat", "sleep", "accent", "act"):
        assert contrast(theme.rgb("ink"), theme.rgb(token)) >= LEAST_FOR_SMALL_TEXT, token


def test_the_panel_over_the_brightest_ground_is_what_the_design_says() -> None:
    # opacity 0.90 over the brightest ground; the design gives 12.2 for the ratio of plain text
    assert contrast(load_theme().rgb("text"), worst_panel()) >= 12.0


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 3) == 21.0
