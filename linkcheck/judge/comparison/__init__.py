"""What an article declares, compared with what was found."""
