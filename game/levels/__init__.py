"""Tiled files and mission files, read strictly and turned into a Setup."""
