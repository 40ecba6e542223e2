"""The desk: where representatives, operators, supervisors and administrators work."""
