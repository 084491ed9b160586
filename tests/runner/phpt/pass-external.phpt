--TEST--
Script and expectation from files beside the test
--FILE_EXTERNAL--
external.inc
--EXPECT_EXTERNAL--
external.txt
