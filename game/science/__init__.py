"""What an observation tells."""
