"""The pure core: bytes and text in, values out. No clock, network, log, framework; no file but its own data."""
