"""View to picture or text."""
