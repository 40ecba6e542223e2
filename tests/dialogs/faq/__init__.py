"""Whether questions are understood, and answers dated and true."""
