def measure(folder):
    pass
