"""Upload: store and forward of the packages of closed periods, from the ledger to a server."""
