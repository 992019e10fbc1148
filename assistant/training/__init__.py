"""How the reader's network is trained: PyTorch is imported here and nowhere else of our own.

Nothing that answers imports this; what comes of it lies beside `assistant/reader/network.py`.
"""
