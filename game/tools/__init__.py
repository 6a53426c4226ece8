"""Small command-line tools: almanac, bench, doctor, level pictures."""
