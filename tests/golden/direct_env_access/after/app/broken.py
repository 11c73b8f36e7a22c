import os
print os.environ["PYTHON2"]
