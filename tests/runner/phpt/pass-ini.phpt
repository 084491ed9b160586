--TEST--
Settings of the test come after the default ones
--INI--
precision = 5
error_reporting=7
include_path={PWD}/x
--FILE--
ini precision
ini error_reporting
ini date.timezone
ini include_path
--EXPECTF--
5
7
UTC
/%s/runner/phpt/x
