"""The link radar: whether the addresses elsewhere that the site leads to still work.

``sources`` knows which addresses there are, ``addresses`` and ``asking`` send one request without being led astray,
``checking`` asks after one address, ``rounds`` does so for all that are due without hurrying any website, ``verdict``
says what the attempts together mean, ``marks`` tells readers.
"""
