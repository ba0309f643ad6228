"""Ways of finding bulletins: pure functions from a fetched page to what it lists. No network, no clock."""
