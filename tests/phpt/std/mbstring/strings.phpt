--TEST--
strings of characters: lengths, parts, places, case, widths
--FILE--
<?php
$s = "Gr\xc3\xbc\xc3\x9fe, \xce\xa9\xce\xbc\xce\xad \xe6\x97\xa5\xe6\x9c\xac";
foreach (array(mb_strlen($s), mb_strlen($s, '8bit'), mb_substr($s, 2, 5), mb_substr($s, -4), mb_substr($s, 3, -3),
        mb_substr($s, 99), mb_strpos($s, "\xce\xbc"), mb_strrpos($s, 'e'), mb_stripos($s, "\xce\xa9\xce\x9c"),
        mb_strstr($s, ','), mb_strstr($s, ',', true), mb_strtoupper($s), mb_strtolower($s),
        mb_convert_case("hello w\xc3\xb6rld o'neil foo-bar 1abc", MB_CASE_TITLE), mb_strwidth($s),
        mb_strimwidth($s, 0, 10, '...'), mb_substr_count('ababab', 'ab'), mb_strcut($s, 3, 4)) as $v) {
    echo json_encode($v, JSON_UNESCAPED_UNICODE), "\n";
}
var_dump(mb_strpos('abc', ''), mb_strpos('abc', 'a', 9), mb_strlen('a', 'nope'), mb_internal_encoding(),
    mb_internal_encoding('nope'));
?>
--EXPECTF--
13
22
"üße, "
"έ 日本"
"ße, Ωμέ"
""
8
4
7
", Ωμέ 日本"
"Grüße"
"GRÜßE, ΩΜΈ 日本"
"grüße, ωμέ 日本"
"Hello Wörld O'neil Foo-Bar 1Abc"
15
"Grüße, ..."
3
"üße"

Warning: mb_strpos(): Empty delimiter in %s on line 10

Warning: mb_strpos(): Offset not contained in string in %s on line 10

Warning: mb_strlen(): Unknown encoding "nope" in %s on line 10

Warning: mb_internal_encoding(): Unknown encoding "nope" in %s on line 11
bool(false)
bool(false)
bool(false)
string(5) "UTF-8"
bool(false)
