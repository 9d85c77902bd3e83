//! Numbers: their texts, their values, and arithmetic on digits.

use std::cmp::Ordering;

use apicrate_runtime::{NotFinite, Number};

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
}

#[test]
fn only_the_grammar_of_json_is_a_number() {
    let long = format!("{}.{}e-{}", "9".repeat(400), "0".repeat(400), "9".repeat(400));
    for text in [
        "0",
        "-0",
        "1",
        "-1",
        "10",
        "9223372036854775808",
        "0.0",
        "-0.0",
        "1.50",
        "0.1",
        "1e2",
        "1E+2",
        "1e-2",
        "0e0",
        "1.5e10",
        "1e999999999999999999999999",
        &long,
    ] {
        assert_eq!(number(text).text(), text);
        assert_eq!(number(text).to_string(), text);
    }
    for text in [
        "", "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1e", "1e+", "e1", "1.e1", "1 ", " 1", "1,0", "0x1",
        "1_0", "NaN", "Infinity", "-inf", "1e1.5", "١", "--1", "1e--1", "1.2.3",
    ] {
        assert!(Number::parse(text).is_none(), "{text:?}");
    }
}

#[test]
fn a_short_decimal_comes_back_as_it_was() {
    // A walk over decimals of 1 to 17 digits with the point in every place.
    let mut state = 1_u64;
    for _ in 0..200_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let digits = (state >> 8) % 10_u64.pow(u32::try_from(state % 17).unwrap() + 1);
        let places = usize::try_from((state >> 3) % 24).unwrap();
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let text = if places == 0 {
            whole.to_owned()
        } else {
            format!("-{whole}.{fraction}")
        };
        assert_eq!(number(&text).text(), text);
    }
}

#[test]
fn values_are_taken_where_they_fit() {
    let cases: &[(&str, Option<i64>, Option<u64>, bool)] = &[
        ("0", Some(0), Some(0), true),
        ("-0", Some(0), Some(0), true),
        ("-0.0e9", Some(0), Some(0), true),
        ("7.0", Some(7), Some(7), true),
        ("0.7e1", Some(7), Some(7), true),
        ("-1e2", Some(-100), None, true),
        ("1.5", None, None, false),
        ("15e-1", None, None, false),
        ("150e-1", Some(15), Some(15), true),
        (
            "9223372036854775807",
            Some(i64::MAX),
            Some(9_223_372_036_854_775_807),
            true,
        ),
        ("9223372036854775808", None, Some(9_223_372_036_854_775_808), true),
        ("-9223372036854775808", Some(i64::MIN), None, true),
        ("-9223372036854775808.0", Some(i64::MIN), None, true),
        ("-9223372036854775809", None, None, true),
        ("18446744073709551615", None, Some(u64::MAX), true),
        ("18446744073709551616", None, None, true),
        ("1e19", None, Some(10_000_000_000_000_000_000), true),
        ("1e20", None, None, true),
        ("1e1000000000", None, None, true),
        ("1e-1000000000", None, None, false),
        ("0e1000000000000000000000", Some(0), Some(0), true),
    ];
    for (text, signed, unsigned, integer) in cases {
        let number = number(text);
        assert_eq!(number.as_i64(), *signed, "{text}");
        assert_eq!(number.as_u64(), *unsigned, "{text}");
        assert_eq!(number.is_integer(), *integer, "{text}");
    }
}

#[test]
fn floats_are_the_nearest() {
    for text in [
        "0",
        "0.1",
        "-2.5",
        "1e300",
        "12345678901234567890",
        "9007199254740993",
        "-9223372036854775807",
        "1e-400",
    ] {
        assert_eq!(number(text).as_f64(), text.parse().ok(), "{text}");
    }
    assert_eq!(number("1e309").as_f64(), None);
    assert_eq!(number("-1e1000000000000000000000").as_f64(), None);
    for value in [0.0, 0.1, 1.0, 5e-324, f64::MAX, 1e16, 1.5e-7, -123.25] {
        let number = Number::try_from(value).unwrap();
        assert_eq!(number.as_f64(), Some(value), "{number}");
    }
    assert_eq!(Number::try_from(1e300).unwrap().text(), "1e300");
    assert_eq!(Number::try_from(5.0).unwrap(), Number::from(5));
    assert_eq!(Number::try_from(f64::NAN), Err(NotFinite));
    assert_eq!(Number::try_from(f64::NEG_INFINITY), Err(NotFinite));
}

#[test]
fn equality_goes_by_text_and_comparison_by_value() {
    // Each line holds equal values; the lines ascend.
    let lines: &[&[&str]] = &[
        &["-1e1000000000"],
        &["-1e400"],
        &["-12345678901234567890", "-1234567890123456789e1"],
        &["-1.5", "-15e-1", "-1.50"],
        &["-1", "-1.0"],
        &["-0.1"],
        &["-1e-1000000000"],
        &["0", "-0", "0.0", "0e1000000000000000000000"],
        &["1e-400"],
        &["0.1", "0.10", "1e-1", "0.01e1"],
        &["0.1000000000000000055511151231257827"],
        &["1", "1.0", "1e0", "0.1e1", "10e-1"],
        &["1.00000000000000000001"],
        &["1.5"],
        &["2"],
        &["10", "1e1"],
        &["999999999999.999"],
        &["9007199254740992"],
        &["9007199254740992.5"],
        &["9007199254740993"],
        &["12345678901234567890"],
        &["12345678901234567891", "12345678901234567891.0"],
        &["1e400", "10e399"],
        &["1e1000000000"],
    ];
    let flat: Vec<_> = lines
        .iter()
        .enumerate()
        .flat_map(|(rank, line)| line.iter().map(move |text| (rank, *text)))
        .collect();
    for (left_rank, left) in &flat {
        for (right_rank, right) in &flat {
            let order = number(left).compare(&number(right));
            assert_eq!(order, left_rank.cmp(right_rank), "{left} and {right}");
            assert_eq!(number(left) == number(right), left == right);
        }
    }
}

#[test]
fn multiples_are_exact() {
    for (value, divisor) in [
        ("0", "5"),
        ("0.0", "1e-5"),
        ("10", "5"),
        ("-10", "5"),
        ("10", "-5"),
        ("0.3", "0.1"),
        ("1.1", "0.1"),
        ("4.02", "0.01"),
        ("19.99", "0.01"),
        ("1e2", "1e1"),
        ("1e1000000000", "1e-1000000000"),
        ("1e308", "0.5"),
        ("12345678901234567890", "10"),
        ("12345678901234567890", "0.1"),
        ("7e400", "7"),
        ("6", "1.5"),
        ("0", "0"),
        ("1e22", "4e0"),
        ("246913578024691357802469135780", "123456789012345678901234567890"),
        ("9223372036854775807", "1"),
    ] {
        assert!(number(value).is_multiple_of(&number(divisor)), "{value} {divisor}");
    }
    for (value, divisor) in [
        ("1", "2"),
        ("0.35", "0.1"),
        ("0.1", "1"),
        ("1e-1000000000", "1"),
        ("1", "0"),
        ("12345678901234567891", "10"),
        ("1.000000000000000000001", "1"),
        ("1e308", "0.123456789"),
        ("5", "1e1000000000"),
        ("1e1", "4"),
        ("1e400", "7"),
        ("246913578024691357802469135781", "123456789012345678901234567890"),
        ("-7", "2"),
    ] {
        assert!(!number(value).is_multiple_of(&number(divisor)), "{value} {divisor}");
    }
    let beyond = number("1.23456789012345678901234567890123456789");
    assert!(
        number("1").is_multiple_of(&beyond),
        "a divisor of 39 digits is not validated"
    );
}

#[test]
fn arithmetic_agrees_with_integers_of_128_bits() {
    // Decimals with three places, scaled by a thousand.
    let text = |scaled: i128| {
        format!(
            "{}{}.{:03}",
            if scaled < 0 { "-" } else { "" },
            scaled.abs() / 1000,
            scaled.abs() % 1000
        )
    };
    let mut state = 7_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bits = (state >> 58) % 40;
        i128::from(state >> (24 + bits)) - i128::from(state % 3 * 500)
    };
    for _ in 0..20_000 {
        let (left, right) = (next(), next());
        let numbers = (number(&text(left)), number(&text(right)));
        assert_eq!(numbers.0.compare(&numbers.1), left.cmp(&right), "{numbers:?}");
        let expected = if right == 0 { left == 0 } else { left % right == 0 };
        assert_eq!(numbers.0.is_multiple_of(&numbers.1), expected, "{numbers:?}");
    }
}

#[test]
fn hostile_numbers_take_no_time() {
    let long = format!("1{}", "0".repeat(1_000_000));
    let longer = format!("{long}.0e-1000000");
    assert_eq!(number(&longer).as_i64(), Some(1));
    assert_eq!(number(&longer).compare(&Number::from(1)), Ordering::Equal);
    assert!(number(&long).is_multiple_of(&number("1e999999")));
    let far = number("1e999999999999999999");
    assert!(far.is_multiple_of(&number("125e-1000000000000000000")));
    assert!(!far.is_multiple_of(&number("7e-1000000000000000000")));
}
