"""How good the signals were, and whether doing without them would have been as good."""
