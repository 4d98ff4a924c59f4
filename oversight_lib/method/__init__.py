"""Arithmetic on frames: no files, no clock, no unseeded chance."""
