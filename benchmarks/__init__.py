"""What ``make bench`` measures: always beside a reference that runs in the same minute on the same machine."""
