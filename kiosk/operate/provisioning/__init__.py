"""Provisioning: idempotent steps that turn a Debian machine into an appliance."""
