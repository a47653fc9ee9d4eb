"""What is made from the chapters: the hosted site and the files that lie beside its pages."""
