"""Incident, notification, rapid review, panel response, local and national review, recommendation, effect."""
