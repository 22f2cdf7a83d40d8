"""What is measured and reported, not tested: scores on labelled documents, speed."""
