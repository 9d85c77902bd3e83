//! Formats against a table, and against the `jsonschema` crate on mutations of it.

use std::collections::BTreeSet;

use apicrate_runtime::codegen::Format;
use serde_json::json;

struct Case {
    format: Format,
    valid: &'static [&'static str],
    invalid: &'static [&'static str],
}

/// Texts of each format; many come from the optional part of the JSON Schema Test Suite.
#[rustfmt::skip]
const CASES: &[Case] = &[
    Case {
        format: Format::Date,
        valid: &["1963-06-19", "0001-01-01", "2020-02-29", "0400-02-29", "2021-02-28", "1582-10-10"],
        invalid: &[
            "", "2021-02-29", "0100-02-29", "2100-02-29", "2020-04-31", "2020-01-32", "2020-00-10", "2020-01-00",
            "1998-13-01", "1998-1-20", "12020-01-01", "+2020-01-01", "2013-350", "2023-W01", "20230328", "06/19/1963",
            "1963-06-1৪", "২0-01-01", "2020–01–01", "2020-01-01Z", "2020-01-0:",
        ],
    },
    Case {
        format: Format::DateTime,
        valid: &[
            "1963-06-19T08:30:06.283185Z", "1963-06-19t08:30:06z", "1937-01-01T12:00:27.87+00:20",
            "1998-12-31T23:59:60Z", "1998-12-31T15:59:60.123-08:00", "1985-04-12T00:59:59.999999999999999Z",
        ],
        invalid: &[
            "", "T", "1963-06-19", "08:30:06Z", "1963-06-19 08:30:06Z", "1998-12-31T23:59:61Z", "1998-12-31T22:59:60Z",
            "1990-02-31T15:59:59Z", "1990-12-31T24:00:00Z", "1963-06-19T08:30:06.28123+01:00Z", "2013-350T01:01:01Z",
            "1985-04-12T23:20:50+01", "1985-04-12T23:20:50", "1985-04-12T23:20:50.Z", "1963-06-11T0৪:00:00Z",
        ],
    },
    Case {
        format: Format::Time,
        valid: &[
            "08:30:06Z", "23:59:60Z", "01:29:60+01:30", "23:29:60+23:30", "00:29:60-23:30", "15:59:60-08:00",
            "12:34:56-00:00", "08:30:06.5z",
        ],
        invalid: &[
            "", "24:00:00Z", "00:60:00Z", "00:00:61Z", "22:59:60Z", "23:59:60+01:00", "23:59:60-00:30", "12:00:00",
            "01:02:03+24:00", "01:02:03+00:60", "01:02:03Z+00:30", "01:01:01,1111Z", "08:30:06#00:20", "8:3:6Z",
            "08:30:06-8:000", "12:00:00.Z", "1২:00:00Z",
        ],
    },
    Case {
        format: Format::Duration,
        valid: &["P4DT12H30M5S", "P4Y", "PT0S", "P1M2D", "PT1M2S", "P2W", "P01D", "P1Y2M3DT4H5M6S", "P99999999999999999999D"],
        invalid: &[
            "", "P", "PT", "P1", "PT1D", "P1YT", "P2D1Y", "P1D2H", "P2S", "P1Y2W", "P1WT1H", "P1Y2D", "PT1H2S", "PT0.5S",
            "-P1D", "P-1D", "P1D2T3H", "P1DT1HT1M", "4DT12H", "p1d", "P২Y", "P1D ",
        ],
    },
    Case {
        format: Format::Email,
        valid: &[
            "joe.bloggs@example.com", "te~st@example.com", "a@b", "\"joe bloggs\"@example.com", "\"joe@bloggs\"@a.b",
            "\"a\\\"b\"@a.b", "\"\"@a.b", "joe@[127.0.0.1]", "joe@[IPv6:::1]", "joe@[ipv6:::1]", "a+b/c=d@x-y.z",
        ],
        invalid: &[
            "", "@", "2962", "@example.com", "joe@", ".a@b.c", "a.@b.c", "a..b@b.c", "a b@c.d", "joe@invalid=domain.com",
            "joe@[127.0.0.300]", "joe@[::1]", "joe@[IPv6:::1", "a@b, c@d", "Joe <joe@example.com>", "\"@a.b", "a\"b@c.d",
            "\"a\"b\"@c.d", "\"a\\\"@c.d", "a@b_c", "a@-b", "é@b.c", "a@é.c",
        ],
    },
    Case {
        format: Format::Hostname,
        valid: &["www.example.com", "hostname", "1host", "host-name", "a--b.com", "xn--9n2bp8q.xn--9t4b11yi5a", "127.0.0.1"],
        invalid: &[
            "", ".", ".example", "example.", "a..b", "-hostname", "hostname-", "a.-b", "host_name", "a b", "example．com",
            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.com", "é.com", "example.com\n",
        ],
    },
    Case {
        format: Format::Ipv4,
        valid: &["192.168.0.1", "0.0.0.0", "255.255.255.255"],
        invalid: &[
            "", "127.0.0.0.1", "256.1.1.1", "127.1", "0x7f.0.0.1", "087.10.0.1", "00.0.0.0", "192.168.1.0/24", " 1.2.3.4",
            "1.2.3.4\n", "1২7.0.0.1", "+1.2.3.4", "192.168..1", "::ffff:1.2.3.4",
        ],
    },
    Case {
        format: Format::Ipv6,
        valid: &[
            "::1", "::", "d6::", "::42:ff:1", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "1:2::192.168.0.1",
            "1000:1000:1000:1000:1000:1000:255.255.255.255",
        ],
        invalid: &[
            "", "1", "12345::", ":2:3:4:5:6:7:8", "1:2:3:4:5:6:7:", "1::d6::42", "1:2:3:4:5:::8", "1:2:3:4:5:6:7",
            "fe80::a%eth1", "fe80::/64", "[::1]", "::ffff:192.168.0.01", "127.0.0.1", "::laptop", "1:2:3:4:5:6:7:৪",
        ],
    },
    Case {
        format: Format::Uri,
        valid: &[
            "http://foo.bar/?baz=qux#quux", "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", "urn:a:b", "a:", "a:?#",
            "ldap://[2001:db8::7]/c=GB?one", "http://[v1.fe]", "mailto:John.Doe@example.com", "http://087.10.0.1/",
            "http://a:80/", "http://a:/", "http://", "file:///etc/hosts", "http://@a",
        ],
        invalid: &[
            "", "//foo.bar/", "/abc", "abc", "http:// a.com", ":// a", "bar,baz:foo", "https://[@example.org/", "1http://a",
            "http://a.b/®", "http://a.b/\\", "http://a.b/{}", "http://a.b/%6G", "http://a.b/%A", "http://a.b/%",
            "http://a.b:abc/", "http://[::ffff:01.2.3.4]", "http:/[::1]", "http://[::1", "http://[::1]a", "http://[fe80::1%25en0]",
            "http://a@b@c/", "http://a#b#c", "http://[v.a]", "http://[v1.]",
        ],
    },
    Case {
        format: Format::UriReference,
        valid: &["", "//", "//foo.bar/?baz", "/abc", "abc", "#fragment", "?query", "./this:that", "a/b:c", "http://a", "?", "#"],
        invalid: &["1:b", ":", "\\\\WINDOWS", "#frag\\ment", "/%zz", "/a\"b", "/[::1]", "//a:b/", "//a@b@c/", "/foobar®", "a b"],
    },
    Case {
        format: Format::Iri,
        valid: &[
            "http://ƒøø.ßår/?∂éœ=πîx#πîüx", "http://ƒøø.ßår/𐌀", "http://ƒøø.ßår/?q=\u{f0000}", "http://[::1]", "urn:é",
        ],
        invalid: &["", "/abc", "âππ", "http://2001:0db8:85a3::7334", "http://ƒøø.ßår/\n", "http://a/\u{f0000}", "http://a/\u{ffff}", "é:a"],
    },
    Case {
        format: Format::IriReference,
        valid: &["", "//ƒøø.ßår/?∂éœ=πîx#πîüx", "/âππ", "âππ", "#ƒrägmênt"],
        invalid: &["\\\\WINDOWS\\filëßåré", "#ƒräg\\mênt", "é:b", "/\u{80}", "/é é"],
    },
    Case {
        format: Format::UriTemplate,
        valid: &[
            "", "http://a.b/{term:1}/{term}", "{+var}", "{#v}", "{.v}", "{/v}", "{;v}", "{?v}", "{&v}", "{var*}", "{x,y}",
            "{a.b}", "{%41}", "{v:1000}", "a%41b", "a'b", "é", "{=v}",
        ],
        invalid: &[
            "{", "}", "{}", "{a", "a}", "{a,,b}", "{a,}", "{v:0}", "{v:01}", "{v:10000}", "{v:}", "{v:1*}", "{a..b}", "{.}",
            "{var=def}", "{,+var}", "{{a}}", "a b", "a%4", "{%4}", "{é}", "a|b",
        ],
    },
    Case {
        format: Format::Uuid,
        valid: &["2eb8aa08-AA98-11ea-B4Aa-73B441D16380", "00000000-0000-0000-0000-000000000000"],
        invalid: &[
            "", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08-aa98-11ea-b4ga-73b441d16380", "2eb8aa08aa9811eab4aa73b441d16380",
            "2eb8aa0-8aa98-11e-ab4aa7-3b441d16380", "{2eb8aa08-aa98-11ea-b4aa-73b441d1638}", "২eb8aa08-aa98-11ea-b4aa-73b441d163",
        ],
    },
    Case {
        format: Format::JsonPointer,
        valid: &["", "/", "/foo//bar", "/foo/bar~0/baz~1/%a", "/~1~0~0~1~1", "/ ", "/é😎", "/foo\0bar"],
        invalid: &["a", "#", "#/", "/foo/bar~", "/~2", "/~~", "/~0/~", "/~é"],
    },
    Case {
        format: Format::RelativeJsonPointer,
        valid: &["0", "1", "120/foo/bar", "0#", "0//", "2/0/baz/1/zip"],
        invalid: &["", "/foo", "-1/a", "+1/a", "01/a", "01#", "0##", "1#/a", "0/~2", "0/a~", "١/foo", "1\n"],
    },
];

/// What to put in the place of each character, and between any two.
const SPLINTERS: &[&str] = &[
    "", "0", "9", "a", "Z", ".", "-", ":", "/", "@", "%", "%41", "\"", "\\", "[", "]", "?", "#", " ", "\t", "_", "~",
    "{", "}", "é", "٣", "\u{80}", "\u{e000}",
];

#[test]
fn texts_are_validated_as_the_table_says() {
    for Case { format, valid, invalid } in CASES {
        for text in *valid {
            assert!(format.is_valid(text), "{format:?} {text:?} is valid");
        }
        for text in *invalid {
            assert!(!format.is_valid(text), "{format:?} {text:?} is invalid");
        }
    }
}

#[test]
fn mutations_are_validated_as_the_jsonschema_crate_does() {
    let mut validated = 0;
    let mut reasons = BTreeSet::new();
    for Case { format, valid, invalid } in CASES {
        let schema = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "format": format.name()});
        let oracle = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        for text in valid.iter().chain(*invalid).flat_map(|seed| mutations(seed)) {
            validated += 1;
            let expected = oracle.is_valid(&json!(text));
            if expected != format.is_valid(&text) {
                let reason = disagreement(*format, &text, expected);
                assert!(reason.is_some(), "{format:?} {text:?}: the oracle says {expected}");
                reasons.extend(reason);
            }
        }
    }
    assert!(validated > 50_000, "{validated}");
    assert_eq!(reasons.len(), 5, "a disagreement is gone; these are left: {reasons:?}");
}

fn mutations(seed: &str) -> Vec<String> {
    let mut texts = vec![seed.to_owned()];
    for (index, letter) in seed.char_indices().chain([(seed.len(), '\0')]) {
        let after = &seed[(index + letter.len_utf8()).min(seed.len())..];
        for splinter in SPLINTERS {
            texts.push(format!("{}{splinter}{after}", &seed[..index]));
            texts.push(format!("{}{splinter}{}", &seed[..index], &seed[index..]));
        }
    }
    texts
}

/// Returns why the oracle validates otherwise, where it is known to.
fn disagreement(format: Format, text: &str, oracle: bool) -> Option<&'static str> {
    let inner_hyphens = |label: &str| label.get(2..4) == Some("--");
    match format {
        Format::Email if oracle && text.contains(" <") => {
            Some("it takes `Name <mailbox>`; a display name belongs to RFC 5322, not to the mailbox of RFC 5321")
        }
        Format::Email if !oracle && text.contains("\\ ") => {
            Some("it refuses an escaped space, which is a `quoted-pairSMTP` of RFC 5321")
        }
        Format::Hostname if !oracle && text.split('.').any(|label| label.starts_with("xn--")) => {
            Some("it decodes A-labels, which takes the tables of IDNA")
        }
        Format::Hostname if !oracle && text.split('.').any(inner_hyphens) => {
            Some("it refuses labels that RFC 5890 reserves; RFC 1123 has them, and hosts such as r3---sn-x.a.com exist")
        }
        Format::UriTemplate if oracle && text.contains('\u{80}') => {
            Some("it takes any character beyond ASCII; RFC 6570 takes those of an IRI")
        }
        _ => None,
    }
}
