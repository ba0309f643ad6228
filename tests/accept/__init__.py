"""The acceptance lines of each step, run on a fresh clone as a user would type them: `make accept STEP=1`."""
