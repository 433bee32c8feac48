"""Run the whole test suite with all that it needs; what this machine lacks is named in the closing summary."""

import os
import sys

from tools import parts

parts.get(["browser", "elasticsearch", "nginx", "postgresql", "redis"])
os.execv(sys.executable, [sys.executable, "-m", "pytest", "--numprocesses=2", "--dist=loadfile", *sys.argv[1:]])
