"""What each kind of answer takes and refuses."""
