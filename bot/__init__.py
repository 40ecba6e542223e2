"""The shell: locks, loads, calls the core, obeys its effects, saves and sends."""
