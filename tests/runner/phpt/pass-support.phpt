--TEST--
Support files are beside the script and above it
--FILE--
file external.txt
file sub/support.txt
file ../above.txt
--EXPECT--
from a file
from a folder
from above
