"""The page's own theme: what Gradio's components look like here.

The colours of the page itself are in ``assets``, which builds on these.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

UI_FONTS = ("Inter Variable", "ui-sans-serif", "system-ui", "sans-serif")
PAPER, PAPER_DARK = "#faf9f6", "#16181c"
INK, INK_DARK = "#1c1f24", "#e6e4df"


def make_theme() -> "gr.themes.Base":
    """The theme; it names only fonts that the page brings along or the system has."""
    import gradio as gr

    return gr.themes.Base(
        font=list(UI_FONTS), font_mono=["ui-monospace", "monospace"], radius_size="md"
    ).set(
        body_background_fill=PAPER,
        body_background_fill_dark=PAPER_DARK,
        body_text_color=INK,
        body_text_color_dark=INK_DARK,
        body_text_size="16px",
        background_fill_primary="var(--sheet)",
        background_fill_primary_dark="var(--sheet)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_shadow_dark="none",
        input_background_fill="var(--sheet)",
        input_background_fill_dark="var(--sheet)",
        input_placeholder_color="var(--quiet)",
        input_placeholder_color_dark="var(--quiet)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
    )
