"""One screen a module, each with a `.kv` file of the same name that says where its parts stand."""
