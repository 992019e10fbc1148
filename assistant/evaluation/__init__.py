"""Measuring the assistant on questions with known answers, and fitting what is fitted.

Runs the very code that serves users; nothing that serves users imports it.
"""
