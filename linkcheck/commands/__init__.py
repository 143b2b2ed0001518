"""The work of `linkcheck fix` and `linkcheck init`: run the pipeline or survey a repository, and write files."""
