"""Tests of game/science."""
