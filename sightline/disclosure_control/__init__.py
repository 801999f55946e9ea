"""Suppression, rounding, differencing; the only maker of a SafeTable."""
