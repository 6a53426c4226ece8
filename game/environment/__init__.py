"""Nature above the ground: time, Sun, sky, dust, air and ground heat."""
