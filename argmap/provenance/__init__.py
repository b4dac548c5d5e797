"""Claims against the texts they cite: is the quotation there, and where."""
