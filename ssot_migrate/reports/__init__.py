"""What a reviewer of one branch reads: a patch, a page for the pull request, and the same as JSON."""
