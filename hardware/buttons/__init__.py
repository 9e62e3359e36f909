"""Push buttons: smileys, the staff's Next, keys for use by touch alone."""
