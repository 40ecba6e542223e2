"""`python -m tests.bench`: how fast and how right, as ratios within one run."""
