"""Measurements, printed with the machine's name. Nothing here passes or fails."""
