"""Who flies when nobody plays: bundled agents that see what a player sees and act by commands."""
