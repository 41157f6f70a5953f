"""Groups as pages show them: all in a table, one in full, and the report on whether they are still needed."""
