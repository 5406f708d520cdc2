"""Python loads this at the start of each process whose PYTHONPATH names this folder."""

import importlib

importlib.import_module("watching").start()
