"""A small language to ask for claims: ``speaker=Rumer and voice!=reported``."""
