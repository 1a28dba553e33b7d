"""The personal ranking (个人榜): colleagues of one federation who all agreed to it, nobody else."""
