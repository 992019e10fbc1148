"""Tests mirror the tree; `browser` and `benchmarks` stand beside the mirrored rooms."""
