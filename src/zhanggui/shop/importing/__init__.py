"""Bringing a shop's files in: staged, understood, loaded batch by batch, taken back."""
