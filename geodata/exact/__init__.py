"""Fetch exact boundaries of the tribal districts, check them, and put them in the place of the approximate ones.

`python -m geodata.exact`, for those who have internet. publishers finds the file, download gets it, content reads it,
names tells its districts, fit checks them and lays them on our lines, install puts them in place.
"""
