"""What changed between two maps, and maps of several people put together."""
