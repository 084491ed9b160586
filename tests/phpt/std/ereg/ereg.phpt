--TEST--
POSIX regular expressions
--FILE--
<?php
error_reporting(E_ALL & ~E_DEPRECATED);
var_dump(ereg('([a-z]+)([0-9]*)', '  abc12', $r), $r, eregi('ABC', 'xabcx'), ereg('a(b)?c', 'ac', $r), $r,
    ereg_replace('[0-9]+', '<\\0>', 'a1b22'), eregi_replace('B*', '-', 'abc'), split(',', 'a,b,c', 2), spliti('X', '1x2X3'),
    sql_regcase('aB1'), ereg('(', 'x'), ereg('', 'x'), split('x*', 'abc'));
error_reporting(-1);
split('a', 'b');
?>
--EXPECTF--

Warning: ereg(): REG_EPAREN in %s on line 5

Warning: ereg(): REG_EMPTY in %s on line 5

Warning: split(): Invalid Regular Expression in %s on line 5
int(5)
array(3) {
  [0]=>
  string(5) "abc12"
  [1]=>
  string(3) "abc"
  [2]=>
  string(2) "12"
}
int(1)
int(2)
array(2) {
  [0]=>
  string(2) "ac"
  [1]=>
  bool(false)
}
string(9) "a<1>b<22>"
string(6) "-a--c-"
array(2) {
  [0]=>
  string(1) "a"
  [1]=>
  string(3) "b,c"
}
array(3) {
  [0]=>
  string(1) "1"
  [1]=>
  string(1) "2"
  [2]=>
  string(1) "3"
}
string(9) "[Aa][Bb]1"
bool(false)
bool(false)
bool(false)

Deprecated: Function split() is deprecated in %s on line 7
