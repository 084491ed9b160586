--TEST--
Without STDIN the input is empty
--FILE--
stdin
--EXPECT--
[]
