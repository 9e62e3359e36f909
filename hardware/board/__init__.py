"""The computer itself: how warm it is, how its disk is, whether the ignition is on."""
