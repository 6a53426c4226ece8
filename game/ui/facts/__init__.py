"""What cards and pages show, as plain values read from one moment of a run."""
