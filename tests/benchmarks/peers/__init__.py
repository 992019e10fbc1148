"""Other ways to search the same texts with the same model, beside ours in one table."""
