#!/bin/sh
# In the image, under the name of the program to run: pg_dump, pg_restore or psql come from the image
# of the server, and must not meet other versions of the libraries that they were linked against.
LD_LIBRARY_PATH=/opt/postgresql/lib exec "/opt/postgresql/programs/${0##*/}" "$@"
