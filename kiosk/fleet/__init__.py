"""Fleet: the packages of many boxes at the city, taken in once and reported together."""
