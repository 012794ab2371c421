"""What may a person do? One function an act; pages and the command line call nothing else."""
