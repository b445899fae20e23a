"""The ways out of the house: one class for each, all behind one small interface."""
