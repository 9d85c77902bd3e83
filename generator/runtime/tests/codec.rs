//! Reading and writing text: the plain part is our own, so a parser and a printer of others validate it.

use apicrate_runtime::Json;
use apicrate_runtime::Number;
use apicrate_runtime::codegen::Reader;
use apicrate_runtime::{from_str, to_string};
use jiter::Jiter;

/// A walk that is the same in every run.
fn walk(state: &mut u64, bound: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap_or_default() % bound
}

#[test]
fn broken_text_is_refused_where_the_parser_refuses_it() {
    const SEEDS: [&str; 6] = [
        r#" {"a" : [1, -2.50, 3e-4, "x\n\u00e9é\ud83d\ude00", true, false, null, {}, []],"":{"b\"":"c"}} "#,
        r#" "x\n\u00e9é\ud83d\ude00" "#,
        r#""plain""#,
        " -2.50e+10 ",
        " true",
        "null ",
    ];
    const BITS: [&str; 22] = [
        "", " ", "\n", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "t", "n", "\\u12", "\u{1}", "é",
        "'", "1",
    ];
    let mut state = 7;
    let mut refused = 0;
    for turn in 0..120_000 {
        let seed = SEEDS[turn % SEEDS.len()];
        let starts: Vec<usize> = seed.char_indices().map(|(index, _)| index).collect();
        let mut text = seed.to_owned();
        let from = starts[walk(&mut state, starts.len())];
        let least = from + walk(&mut state, 3);
        let to = starts.iter().find(|&&start| start >= least);
        text.replace_range(
            from..to.copied().unwrap_or(seed.len()),
            BITS[walk(&mut state, BITS.len())],
        );
        let mut jiter = Jiter::new(text.as_bytes());
        let expected = jiter.next_skip().and_then(|()| jiter.finish());
        let found = from_str::<Json>(&text);
        assert_eq!(found.is_ok(), expected.is_ok(), "{text}: {found:?} {expected:?}");
        let mut reader = Reader::new(&text);
        let skipped = reader.skip().and_then(|()| reader.finish());
        assert_eq!(skipped.is_ok(), expected.is_ok(), "{text}: {skipped:?} {expected:?}");
        if let (Err(found), Err(expected)) = (found, expected) {
            let before = text.get(..expected.index).unwrap_or_default();
            let place = (
                before.matches('\n').count() + 1,
                before.chars().rev().take_while(|&c| c != '\n').count() + 1,
            );
            assert_eq!((found.line(), found.column()), place, "{text}: {found} {expected}");
            refused += 1;
        }
    }
    assert!(refused > 10_000);
}

#[test]
fn a_string_is_written_as_serde_json_writes_it_and_comes_back() {
    for length in 0..40 {
        for place in 0..=length {
            for special in [
                "", "\"", "\\", "\n", "\u{0}", "\u{1f}", "\u{7f}", " ", "!", "#", "[", "]", "é", "\u{80}", "😀\"",
            ] {
                let text = format!("{}{special}{}", "a".repeat(place), "é".repeat(length - place));
                let written = to_string(&text);
                assert_eq!(written, serde_json::to_string(&text).unwrap());
                assert_eq!(from_str::<String>(&written).unwrap(), text);
                assert_eq!(
                    from_str::<Vec<String>>(&format!("[{written} , {written}]")).unwrap(),
                    [text.clone(), text]
                );
            }
        }
    }
}

#[test]
fn a_float_is_written_as_display_writes_it() {
    let mut state = 3;
    for _ in 0..200_000 {
        let digits = i32::try_from(walk(&mut state, 2_000_000_000)).unwrap() - 1_000_000_000;
        let power = i32::try_from(walk(&mut state, 14)).unwrap() - 9;
        for value in [
            f64::from(digits) * 10_f64.powi(power),
            f64::from(digits) / 10_f64.powi(power),
        ] {
            let expected = if value == 0.0 || (1e-5..1e16).contains(&value.abs()) {
                value.to_string()
            } else {
                format!("{value:e}")
            };
            assert_eq!(to_string(&value), expected);
        }
    }
    for value in [
        0.1 + 0.2,
        1.0 / 3.0,
        f64::MAX,
        f64::MIN_POSITIVE,
        999_999_999_999_999.0,
        0.999_999_999_999_999_9,
    ] {
        assert_eq!(from_str::<f64>(&to_string(&value)).unwrap().to_bits(), value.to_bits());
    }
    assert_eq!(to_string(&-0.0), "-0");
}

#[test]
fn an_integer_is_written_to_the_last_digit() {
    for value in [0, 1, -1, 9, 10, -10, i64::MAX, i64::MIN] {
        assert_eq!(to_string(&value), value.to_string());
        assert_eq!(to_string(&Number::from(value)), value.to_string());
    }
    assert_eq!(to_string(&u64::MAX), u64::MAX.to_string());
    let kept = "[0.000,-0.5,12.50,0.00000000000000001]";
    assert_eq!(to_string(&from_str::<Json>(kept).unwrap()), kept);
}
