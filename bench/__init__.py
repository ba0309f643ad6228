"""Benchmarks: each compares with its peer in the same run and prints ratios. No timed assert anywhere."""
