--TEST--
ARGS are shell words
--ARGS--
-a "b c" --
--FILE--
argv
--EXPECT--
[-a] [b c] [--]
