"""What people decided at the review desk, as labelled documents: for measuring and for teaching."""
