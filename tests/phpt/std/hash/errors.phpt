--TEST--
wrong algorithms, keys, numbers and contexts
--FILE--
<?php
var_dump(hash('x', 'y'), hash_pbkdf2('md5', 'a', 'b', 0), hash_pbkdf2('md5', 'a', 'b', 1, -1), hash_equals(1, 'a'),
    hash_equals('a', null), hash_init('md5', HASH_HMAC));
$c = hash_init('md5');
hash_final($c);
var_dump(hash_update($c, 'x'), hash_file('md5', __DIR__ . '/no-such-file'));
?>
--EXPECTF--

Warning: hash(): Unknown hashing algorithm: x in %s on line 2

Warning: hash_pbkdf2(): Iterations must be a positive integer: 0 in %s on line 2

Warning: hash_pbkdf2(): Length must be greater than or equal to 0: -1 in %s on line 2

Warning: hash_equals(): Expected known_string to be a string, integer given in %s on line 2

Warning: hash_equals(): Expected user_string to be a string, null given in %s on line 3

Warning: hash_init(): HMAC requested without a key in %s on line 3
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)
bool(false)

Warning: hash_update(): 4 is not a valid Hash Context resource in %s on line 6

Warning: hash_file(%s/no-such-file): failed to open stream: No such file or directory in %s on line 6
bool(false)
bool(false)
