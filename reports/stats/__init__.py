"""Estimates, comparisons and counts: arrays and frames in, small frozen results out. No Django."""
