"""The page, in Gradio: one file per tab. What a unit test would want lives elsewhere."""
