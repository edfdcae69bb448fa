"""What the project renders beforehand with Mitsuba and ships as pictures."""
