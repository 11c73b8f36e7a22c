"""Finding and deciding: from the files of a repository to decided, verified edits."""
