"""Plan, objectives and score."""
