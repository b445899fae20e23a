"""What the laboratory says and when it is asked, shown to people and programs."""
