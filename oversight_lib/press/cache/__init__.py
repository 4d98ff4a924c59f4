"""What is kept from one run to the next, by what it was made from.

An entry is used only if everything it was made from is the same, byte for byte, and if it is
itself the bytes that were kept. So the folder of a cache may be deleted, cut short or scrambled at
any time: what was in it is made again.
"""
