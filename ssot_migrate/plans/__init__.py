"""The plan is the patch: what ``plan`` seals and ``apply`` replays without thinking again."""
