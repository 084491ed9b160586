--TEST--
conversion, detection, substitution; iconv
--FILE--
<?php
foreach (array('UTF-16', 'UTF-16LE', 'UTF-32', 'ISO-8859-1', 'ISO-8859-15', 'SJIS', 'ASCII') as $e) {
    echo $e, ' ', bin2hex(mb_convert_encoding("a\xc3\xa9\xe2\x82\xac", $e, 'UTF-8')), "\n";
}
var_dump(mb_convert_encoding("\xe9", 'UTF-8', 'latin1') === "\xc3\xa9", mb_convert_encoding("a\xffb", 'UTF-8', 'UTF-8'),
    mb_detect_encoding('abc'), mb_detect_encoding("\xc3\xa9"), mb_detect_encoding("\xff", 'UTF-8, ISO-8859-1'),
    mb_detect_encoding("\xff"), mb_check_encoding("\xff", 'UTF-8'), mb_check_encoding('a', 'UTF-8'),
    mb_substitute_character(), mb_substitute_character('long'), mb_convert_encoding("\xc3\xa9", 'ASCII', 'UTF-8'));
var_dump(bin2hex(iconv('UTF-8', 'ISO-8859-1', "\xc3\xa9")), iconv_strlen("\xc3\xa9a"), iconv_substr("\xc3\xa9abc", 1, 2),
    iconv_substr('abc', -2), iconv_strpos("\xc3\xa9abc", 'b'), iconv_strrpos('abab', 'b'), iconv('UTF-8', 'nope', 'a'),
    iconv('UTF-8', 'ASCII', "\xc3\xa9"), iconv('UTF-8', 'UTF-16', "\xc3"));
?>
--EXPECTF--
UTF-16 006100e920ac
UTF-16LE 6100e900ac20
UTF-32 00000061000000e9000020ac
ISO-8859-1 61e93f
ISO-8859-15 61e9a4
SJIS 613f3f
ASCII 613f3f
bool(true)
string(3) "a?b"
string(5) "ASCII"
string(5) "UTF-8"
string(10) "ISO-8859-1"
bool(false)
bool(false)
bool(true)
int(63)
bool(true)
string(4) "U+E9"

Notice: iconv(): Wrong charset, conversion from `UTF-8' to `nope' is not allowed in %s on line 10

Notice: iconv(): Detected an illegal character in input string in %s on line 11

Notice: iconv(): Detected an incomplete multibyte character in input string in %s on line 11
string(2) "e9"
int(2)
string(2) "ab"
string(2) "bc"
int(2)
int(3)
bool(false)
bool(false)
bool(false)
