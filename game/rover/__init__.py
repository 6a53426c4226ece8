"""The machine, one subsystem a file."""
