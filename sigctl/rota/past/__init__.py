"""What earlier cycles left: who has given and received how much, and who has been to whom."""
