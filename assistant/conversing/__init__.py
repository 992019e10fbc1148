"""Conversations: questions in order, numbers that stay, where they are kept, what was thought."""
