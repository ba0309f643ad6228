"""Sources, intake and the archive: everything that brings bytes in, unchanged."""
