"""Features, training and prediction; the only writer of models."""
