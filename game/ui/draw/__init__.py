"""Functions that turn a state into pixels and change nothing else."""
