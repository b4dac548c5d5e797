"""View to boxes and curves: measuring text, and two engines behind one interface."""
