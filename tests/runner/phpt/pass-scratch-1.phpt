--TEST--
Files that a script leaves behind are gone for the next
--FILE--
write leftover
write external.txt
--EXPECT--
external.txt is there already
