"""The use cases: each loads, asks the domain, saves and announces in one transaction."""
