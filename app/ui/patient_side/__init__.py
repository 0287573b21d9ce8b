"""The patient's side of the screen: the pictures, the questions, and nothing else."""
