"""What the world looks like, as plain arrays: no window needed."""
