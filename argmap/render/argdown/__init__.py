"""What Argdown's own tools write: DOT, GraphML, the text as HTML, and their JSON."""
