"""The relay orbiter: where it is and when it can be heard."""
