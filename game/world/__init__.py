"""The ground: height, soil, rocks, layers below and lines of sight."""
