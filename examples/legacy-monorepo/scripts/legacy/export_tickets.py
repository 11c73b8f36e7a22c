# -*- coding: utf-8 -*-
# Python 2: nobody has needed this since the move of 2016, but legal wants it kept.
import os, sys
import MySQLdb

db = MySQLdb.connect(os.environ["OLD_DB_HOST"], os.environ.get("OLD_DB_USER", "desk"), passwd=os.environ["OLD_DB_PASSWORD"])
cur = db.cursor()
cur.execute("SELECT id, subject FROM tickets WHERE closed IS NULL")
for row in cur.fetchall():
    print "%d\t%s" % row
print >>sys.stderr, "%d tickets" % cur.rowcount
try:
    os.system("python run_tests.py")
except OSError, e:
    print e
