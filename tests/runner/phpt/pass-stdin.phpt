--TEST--
STDIN
--STDIN--
line one
line two
--FILE--
stdin
--EXPECT--
[line one
line two
]
