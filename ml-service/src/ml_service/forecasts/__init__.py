"""What serving models said of each bar, and how it turned out."""
