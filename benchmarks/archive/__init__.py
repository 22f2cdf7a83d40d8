"""How fast an archive is read: by one process, by two, by Dask; and by what a user would take instead
(`make bench-archive`)."""
