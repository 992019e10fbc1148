"""Words in pictures, by optical character recognition, where a program for it is installed.

RapidOCR (the extra ``ocr``; its models come in its wheel) reads Latin letters, Tesseract those of
the languages that it has. Nothing is downloaded. What they read is laid out like a printed page
and marked wherever it is shown: they may mistake a letter or a figure.
"""
