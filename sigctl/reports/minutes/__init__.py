"""Minutes: who was there, what was said, decided and agreed under each item, and how far the minutes have come."""
