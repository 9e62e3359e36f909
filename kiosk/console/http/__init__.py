"""HTTP foundation of the console: context, sessions, authentication, headers, problems."""
