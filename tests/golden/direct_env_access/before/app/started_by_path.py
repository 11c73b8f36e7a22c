"""Whoever starts this file by its path has this folder, not the root, on the import path."""
import os

if __name__ == "__main__":
    print(os.getenv("NAME"))
