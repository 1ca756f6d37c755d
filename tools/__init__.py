"""The scripts that keep the house: each is run by make and tested in tests/house."""
