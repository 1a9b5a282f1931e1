"""The command line front end: one module per group of subcommands."""
