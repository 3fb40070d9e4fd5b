"""Trainings as jobs: a process of their own, progress, cancelling, retraining."""
