"""What people decide by: one page of clustered changes, and the server that keeps decisions."""
