"""What helps contributors: skeletons of new records and files, schemas for editors, the rules."""
