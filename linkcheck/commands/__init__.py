"""What `linkcheck fix` and `linkcheck init` do: they run the pipeline or read a repository, and write files."""
