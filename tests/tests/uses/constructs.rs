//! One construct of schemas each, in every form that it has: objects, maps, lists, strings and numbers.

use apicrate_runtime::{Date, DateTime, Json, Map, Maybe, Scalar, StringEnum as _, from_str};

use crate::{base, body, reads, violations, violations_of, writes};

#[test]
fn nullable_of_every_kind() {
    use case_nullable_of_every_kind::schemas::{Colour, Every, EveryInner, EveryRequired, Uses, UsesRequired, Words};

    let every = Every::new(EveryRequired {
        flag: None,
        whole: None,
        ratio: None,
        moment: None,
        words: None,
        counts: None,
        inner: None,
        anything: Json::Null,
    });
    let nulls = r#"{"flag": null, "whole": null, "ratio": null, "moment": null, "words": null, "counts": null,
        "inner": null, "anything": null}"#;
    writes(&every, nulls);
    assert_eq!(violations_of::<Every>(nulls), [""; 0]);
    // A property that may be absent tells that from `null`.
    let every = every
        .maybe_flag(Maybe::Null)
        .maybe_whole(7)
        .maybe_words(vec![None, Some(Colour::Red)])
        .maybe_anything(Json::Null);
    let text = nulls.trim_end_matches('}').to_owned()
        + r#", "maybe_flag": null, "maybe_whole": 7, "maybe_words": [null, "red"], "maybe_anything": null}"#;
    writes(&every, &text);
    let read: Every = reads(&text);
    assert_eq!(read, every);
    assert!(read.maybe_inner.is_absent() && read.maybe_flag.is_null());
    assert_eq!(violations(&read), [""; 0]);

    let inner = Some(EveryInner::new(None));
    let counts = Map::from([("a", Some(1)), ("b", None)]);
    let moment: DateTime = "2024-02-29T12:00:00Z".parse().unwrap();
    let words = vec![Some("w".to_owned()), None];
    let full = Every::new(EveryRequired {
        flag: Some(true),
        whole: Some(0),
        ratio: Some(0.5),
        moment: Some(moment),
        words: Some(words),
        counts: Some(counts),
        inner,
        anything: 1.into(),
    });
    writes(
        &full,
        r#"{"flag": true, "whole": 0, "ratio": 0.5, "moment": "2024-02-29T12:00:00Z", "words": ["w", null],
            "counts": {"a": 1, "b": null}, "inner": {"name": null}, "anything": 1}"#,
    );
    assert_eq!(violations(&full), ["/whole minimum"]);
    assert!(from_str::<Every>("{}").unwrap_err().to_string().contains("flag"));

    let uses = Uses::new(UsesRequired {
        words: Some(Words(vec![])),
        colour: None,
    })
    .colours(vec![Some(Colour::Green), None]);
    writes(&uses, r#"{"words": [], "colour": null, "colours": ["green", null]}"#);
    assert_eq!(violations(&uses), ["/words minItems"]);
    assert_eq!(
        violations_of::<Uses>(r#"{"words": null, "colour": null, "counts": null}"#),
        [""; 0]
    );
}

#[test]
fn maps_of_values() {
    use case_maps_of_values::schemas::SizedSchema;
    use case_maps_of_values::schemas::{Closed, Level, Maps, MapsEitherValue, Open, OpenTo, Point, Rest, RestValue};

    let maps: Maps = reads(
        r#"{"lists": {"a": [1]}, "levels": {"a": "low", "b": "none"}, "points": {"p": {"x": 1, "y": 2}},
            "inline": {"a": {"size": 3}}, "maps": {"a": {"b": true}}, "either": {"a": "b", "c": {"x": 1}, "d": 4},
            "some": {"a": "1234", "b": "", "c": ""}}"#,
    );
    let levels = maps.levels.as_ref().unwrap();
    assert_eq!((levels["a"].clone(), levels["b"].as_str()), (Level::Low, "none"));
    assert_eq!(maps.points.as_ref().unwrap()["p"].unknown_fields["y"], 2.into());
    assert!(maps.maps.as_ref().unwrap()["a"]["b"]);
    let either = maps.either.as_ref().unwrap();
    assert!(matches!(&either["a"], MapsEitherValue::String(text) if text == "b"));
    assert!(matches!(either["c"], MapsEitherValue::Point(Point { x: 1, .. })));
    let mut found = violations(&maps);
    found.sort();
    assert_eq!(
        found,
        [
            "/either/d oneOf",
            "/levels/b enum",
            "/some maxProperties",
            "/some/a maxLength"
        ]
    );

    let mut open = Open::new("n");
    open.unknown_fields.insert("more", Json::from(vec![1, 2]));
    writes(&open, r#"{"name": "n", "more": [1, 2]}"#);
    assert_eq!(violations(&open), [""; 0]);
    assert_eq!(violations_of::<OpenTo>(r#"{"name": "n", "more": [1.50]}"#), [""; 0]);
    assert_eq!(
        violations_of::<Closed>(r#"{"name": "n", "more": 1}"#),
        ["/more additionalProperties"]
    );

    let mut sized: SizedSchema = reads(r#"{"name": "n"}"#);
    assert_eq!(violations(&sized), [" minProperties"]);
    for (name, count) in [("a", 0), ("b", 0), ("c", 1)] {
        sized.unknown_fields.insert(name, Json::Null);
        assert_eq!(violations(&sized).len(), count, "{name}");
    }

    let rest = Rest::new(1).entry("a", RestValue::new(2));
    writes(&rest, r#"{"total": 1, "a": {"size": 2}}"#);
    let read: Rest = reads(r#"{"total": 1, "b": 3, "a": {"size": 4}}"#);
    assert_eq!(read.get("a").map(|value| value.size), Some(4));
    assert_eq!(violations(&read), ["/b type"]);
}

#[test]
fn lists() {
    use case_lists::schemas::{Level, Lists, ListsEitherItem, ListsEntry, ListsInlineItem, Tags};

    let lists = Lists::new(vec!["a".to_owned()])
        .levels(vec![Level::High])
        .inline(vec![ListsInlineItem::B])
        .grid(vec![vec![1.0], vec![]])
        .entries(vec![ListsEntry::new(7)])
        .either(vec![true.into()])
        .days(vec!["2024-02-29".parse::<Date>().unwrap()])
        .maps(vec![Map::from([("a", 1)])]);
    let text = r#"{"tags": ["a"], "levels": ["high"], "inline": ["b"], "grid": [[1], []], "entries": [{"id": 7}],
        "either": [true], "days": ["2024-02-29"], "maps": [{"a": 1}]}"#;
    writes(&lists, text);
    assert_eq!(reads::<Lists>(text), lists);
    assert_eq!(violations(&lists), [""; 0]);
    let read: Lists = reads(r#"{"tags": ["a", ""], "either": [{"id": 1}, 2], "none": ["a"], "grid": [[]]}"#);
    assert!(matches!(&read.either.as_ref().unwrap()[0], ListsEitherItem::Object(item) if item.id == Some(1)));
    let mut found = violations(&read);
    found.sort();
    assert_eq!(
        found,
        [
            "/either/1 oneOf",
            "/grid minItems",
            "/none maxItems",
            "/tags/1 minLength"
        ]
    );
    // Elements are equal by value, however they are written.
    assert_eq!(
        violations_of::<Lists>(r#"{"tags": ["a"], "sets": [{"id": 1}, {"id": 1.0}]}"#),
        ["/sets uniqueItems"]
    );
    for (text, violation) in [
        ("[]", " minItems"),
        (r#"["a", "b", "c", "d"]"#, " maxItems"),
        (r#"["a", "a"]"#, " uniqueItems"),
    ] {
        assert_eq!(violations_of::<Tags>(text), [violation]);
    }
}

#[test]
fn formats_of_strings() {
    use case_formats_of_strings::schemas::{Code, Formats, Mail, Short};

    let table = [
        ("date", "2024-02-29", "2023-02-29"),
        ("date_time", "2024-02-29T23:59:60Z", "2024-02-29 12:00"),
        ("time", "12:00:00+01:00", "12:00"),
        ("duration", "P1DT2H", "1 day"),
        ("email", "ada@words.example", "ada"),
        ("hostname", "words.example", "-words-"),
        ("ipv4", "127.0.0.1", "127.0.0.256"),
        ("ipv6", "::1", ":::1"),
        ("uri", "https://words.example/?a=b#c", "/words"),
        ("uri_reference", "../words", "a b"),
        ("uri_template", "/words/{id}", "/words/{id"),
        ("iri", "https://wörter.example/", "wörter"),
        ("iri_reference", "wörter", "a b"),
        ("uuid", "01234567-89ab-cdef-0123-456789ABCDEF", "0123456789abcdef"),
        ("json_pointer", "/a~1b/0", "a"),
        ("relative_json_pointer", "1/a", "/a"),
    ];
    for (name, right, wrong) in table {
        let property = |value: &str| format!(r#"{{"{name}": "{value}"}}"#);
        assert_eq!(violations_of::<Formats>(&property(right)), [""; 0], "{name}");
        assert_eq!(
            violations_of::<Formats>(&property(wrong)),
            [format!("/{name} format")],
            "{name}"
        );
    }
    // Formats that assert nothing say what a string is for.
    let formats = Formats::new()
        .byte("AAEC")
        .binary("\u{1}")
        .own("of our own")
        .password("secret");
    assert_eq!(violations(&formats), ["/password minLength"]);
    let check = |word: &str| violations(&Formats::new().word(word));
    assert_eq!(
        (check("word"), check("w")),
        (vec![], vec!["/word minLength".to_owned()])
    );
    assert_eq!(check("Word").as_slice(), ["/word pattern"]);

    assert_eq!("ABC".parse::<Code>().unwrap().as_str(), "ABC");
    assert!("ABCD".parse::<Code>().is_err());
    assert_eq!(violations(&Short::from("long")), [" maxLength"]);
    assert_eq!(violations(&Mail::from("ada")), [" format"]);
}

#[test]
fn bounds_of_64_bits() {
    use case_bounds_of_64_bits::schemas::Counters;

    let counters: Counters = reads(
        r#"{"signed": -9223372036854775808, "highest": 9223372036854775807, "lowest": 1, "open": 9223372036854775807,
            "unsigned": 18446744073709551615, "openUnsigned": 0, "positive": 1, "beyond": 18446744073709551616}"#,
    );
    let signed: [Option<i64>; 5] = [
        counters.signed,
        counters.highest,
        counters.open,
        counters.positive,
        counters.lowest,
    ];
    assert_eq!(
        signed,
        [Some(i64::MIN), Some(i64::MAX), Some(i64::MAX), Some(1), Some(1)]
    );
    let unsigned: [Option<u64>; 2] = [counters.unsigned, counters.open_unsigned];
    assert_eq!(unsigned, [Some(u64::MAX), Some(0)]);
    // One more than 64 bits have is a number of any length.
    let beyond = counters.beyond.as_ref().map(ToString::to_string);
    assert_eq!(beyond.as_deref(), Some("18446744073709551616"));
    assert_eq!(violations(&counters), [""; 0]);
    assert_eq!(
        violations_of::<Counters>(r#"{"thousand": 1001}"#),
        ["/thousand maximum"]
    );
}

#[test]
fn integers_and_numbers() {
    use case_integers_and_numbers::schemas::{Digits, Integers, Numbers, Port, Share};

    let integers = Integers::new()
        .int32(i32::MIN)
        .int64(i64::MIN)
        .uint32(u32::MAX)
        .uint64(u64::MAX)
        .unsigned(u64::MAX)
        .below(u64::MAX);
    writes(
        &integers,
        r#"{"int32": -2147483648, "int64": -9223372036854775808, "uint32": 4294967295,
            "uint64": 18446744073709551615, "unsigned": 18446744073709551615, "below": 18446744073709551615}"#,
    );
    assert_eq!(violations(&integers), [""; 0]);
    let table = [
        (r#"{"small": 256}"#, "/small maximum"),
        (r#"{"natural": 0}"#, "/natural exclusiveMinimum"),
        (r#"{"beyond": 18446744073709551617}"#, "/beyond maximum"),
        (r#"{"even": 3}"#, "/even multipleOf"),
    ];
    for (text, violation) in table {
        assert_eq!(violations_of::<Integers>(text), [violation]);
    }
    for text in [r#"{"int32": 2147483648}"#, r#"{"uint32": -1}"#, r#"{"plain": 1.5}"#] {
        assert!(from_str::<Integers>(text).is_err(), "{text}");
    }
    let table = [
        (r#"{"closed": 1.5}"#, ""),
        (r#"{"closed": -1.6}"#, "/closed minimum"),
        (r#"{"open": 0}"#, "/open exclusiveMinimum"),
        (r#"{"open": 1}"#, "/open exclusiveMaximum"),
        (r#"{"half": 0}"#, ""),
        (r#"{"half": 1}"#, "/half exclusiveMaximum"),
        (r#"{"tenths": 0.3}"#, ""),
        (r#"{"tenths": 0.35}"#, "/tenths multipleOf"),
    ];
    for (text, violation) in table {
        assert_eq!(violations_of::<Numbers>(text).concat(), violation, "{text}");
    }
    assert_eq!(
        (violations(&Port(0)), violations(&Share(1.5))),
        (vec![" minimum".to_owned()], vec![" maximum".to_owned()])
    );
    // What no integer of Rust holds keeps its digits.
    let digits: Digits = reads("-123456789012345678901234567890");
    assert_eq!(digits.0.to_string(), "-123456789012345678901234567890");
}

#[test]
fn enum_of_every_kind() {
    use case_enum_of_every_kind::schemas::{Flag, Listed, ListedInline, ListedNullable, Mixed, Number, Odd, Word};

    let listed = Listed::new(Word::Off)
        .inline(ListedInline::AUpper)
        .nullable(ListedNullable::B)
        .number(Number(4))
        .nullable_number(Maybe::Null)
        .ratio(2.25)
        .flag(Flag(false))
        .mixed(Mixed(Scalar::from("auto")));
    let text = r#"{"word": "off", "inline": "A", "nullable": "b", "number": 4, "nullable_number": null, "ratio": 2.25,
        "flag": false, "mixed": "auto"}"#;
    writes(&listed, text);
    assert_eq!(violations(&reads::<Listed>(text)), [""; 0]);
    let fits = r#"{"word": "on", "mixed_or_null": null, "point": {"x": 1.0}, "pair": [3], "dated": "2020-01-01"}"#;
    assert_eq!(violations_of::<Listed>(fits), [""; 0]);
    for property in [
        r#""word": "maybe""#,
        r#""word": "on", "nullable": "c""#,
        r#""word": "on", "number": 3"#,
        r#""word": "on", "ratio": 1.5"#,
        r#""word": "on", "flag": true"#,
        r#""word": "on", "mixed": true"#,
        r#""word": "on", "mixed_or_null": "off""#,
        r#""word": "on", "point": {"x": 3}"#,
        r#""word": "on", "pair": [2, 1]"#,
        r#""word": "on", "only": "other""#,
    ] {
        let found = violations_of::<Listed>(&format!("{{{property}}}"));
        assert!(found.len() == 1 && found[0].ends_with(" enum"), "{property}: {found:?}");
    }
    assert_eq!(
        violations_of::<Listed>(r#"{"word": "on", "narrowed": "three"}"#),
        ["/narrowed maxLength"]
    );
    // However close two spellings are, each is a value of its own.
    let spelled: Vec<String> = Odd::LISTED.iter().map(|value| value.as_str().to_owned()).collect();
    assert_eq!(
        spelled,
        ["", " ", "_", "1", "1 ", "self", "Self", "null_", "null", "café", "cafe"]
    );
    for value in Odd::LISTED {
        assert_eq!(&value.as_str().parse::<Odd>().unwrap(), value);
    }
}

#[test]
#[expect(deprecated, reason = "the document deprecates what is used here")]
fn annotations() {
    use case_annotations::operations::accounts;
    use case_annotations::runtime::Call as _;
    use case_annotations::schemas::{Account, AccountByMail, AccountState, Old};

    // Words about a value ask nothing of it: what only responses have may be sent, and the other way round.
    let account = Account::new("Ada")
        .password("secret")
        .state(AccountState::Open)
        .contact(AccountByMail::new("ada@words.example"))
        .nick("A");
    let request = accounts::put_account("1", account).into_http(&base()).unwrap();
    assert_eq!(
        body(&request),
        r#"{"password":"secret","name":"Ada","nick":"A","contact":{"mail":"ada@words.example"},"state":"open"}"#
    );
    let fits = r#"{"id": "1", "created": "2024-02-29T12:00:00Z", "name": "Ada", "address": {"street": "s"}}"#;
    assert_eq!(violations_of::<Account>(fits), [""; 0]);
    assert_eq!(violations_of::<Old>("\"b\""), [""; 0]);
}

/// What a caller's type takes from any error; an implementation of an emitted crate for a type that only a trait tells
/// would keep this from compiling.
struct Report(String);

impl<E: std::error::Error> From<E> for Report {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

#[test]
fn any_error_becomes_one_of_the_caller() {
    use case_formats_of_strings::schemas::Code;

    fn read(text: &str) -> Result<Code, Report> {
        Ok(text.parse::<Code>()?)
    }
    assert!(read("").is_err_and(|report| report.0.contains("Code")));
}
