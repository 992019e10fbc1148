"""What stands between the network and the page: who may ask what, how much and how often.

Plain ASGI, one idea a file, put together in `door.py`. Nothing in here knows what the page is
about; what Gradio takes in is known to `calls.py` alone. What is refused here has been read,
stored and answered nowhere.
"""
