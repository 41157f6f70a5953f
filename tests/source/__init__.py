"""Tests of the ground floor that reads YAML."""
