--TEST--
ENV, and what is kept from the environment
--ENV--
GREETING=hello world
--FILE--
env GREETING
env LC_ALL
env ZEVAL_STRESS
env USE_ZEND_ALLOC
--EXPECT--
hello world
C
(none)
(none)
