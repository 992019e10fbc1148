"""Model mode: what a model writes, taken apart as it comes, verified, and cited."""
