//! Keywords without subschemas: for all types, for numbers, for strings.

use std::cmp::Ordering;

use crate::runtime::json::number::Number;
use crate::runtime::schema::keywords::{Keyword, Types};
use crate::runtime::schema::literal;
use crate::runtime::schema::validate::Validator;
use crate::runtime::schema::validate::report::{alternatives, clip, count, found, quoted, types};
use crate::runtime::schema::view::View;

impl Validator<'_> {
    /// `type`, `enum` and `const`
    pub(crate) fn scalar(&mut self, keyword: &Keyword, value: &View<'_>) -> bool {
        match keyword {
            Keyword::Type(expected) => self.of_type(*expected, value),
            Keyword::Enum(texts) => {
                let is_valid = texts.iter().any(|text| literal::is(value, text));
                self.expect(is_valid, "enum", || {
                    format!("expected {}, found {}", shown(texts), found(value))
                })
            }
            Keyword::Const(text) => self.expect(literal::is(value, text), "const", || {
                format!("expected {}, found {}", clip(text), found(value))
            }),
            _ => true,
        }
    }

    /// `type`
    pub(crate) fn of_type(&mut self, expected: Types, value: &View<'_>) -> bool {
        self.expect(is_of_type(value, expected), "type", || {
            format!("expected {}, found {}", types(expected), found(value))
        })
    }

    /// The keywords of numbers. A limit that is not a number has no effect; the generator does not write any.
    pub(crate) fn number(&mut self, keyword: &Keyword, number: &Number) -> bool {
        let (name, text, words, allows): (_, _, _, fn(Ordering) -> bool) = match keyword {
            Keyword::Minimum(text) => ("minimum", text, "at least", Ordering::is_ge),
            Keyword::Maximum(text) => ("maximum", text, "at most", Ordering::is_le),
            Keyword::ExclusiveMinimum(text) => ("exclusiveMinimum", text, "more than", Ordering::is_gt),
            Keyword::ExclusiveMaximum(text) => ("exclusiveMaximum", text, "less than", Ordering::is_lt),
            Keyword::MultipleOf(text) => {
                let is_valid = Number::parse(text).is_none_or(|divisor| number.is_multiple_of(&divisor));
                return self.expect(is_valid, "multipleOf", || {
                    format!("expected a multiple of {text}, found {}", clip(&number.text()))
                });
            }
            _ => return true,
        };
        let is_valid = Number::parse(text).is_none_or(|limit| allows(number.compare(&limit)));
        self.expect(is_valid, name, || {
            format!("expected {words} {text}, found {}", clip(&number.text()))
        })
    }

    /// The keywords of strings.
    pub(crate) fn text(&mut self, keyword: &Keyword, text: &str) -> bool {
        let length = || text.chars().count();
        match keyword {
            Keyword::Pattern(pattern) => self.expect(pattern.is_match(text), "pattern", || {
                format!("expected a match of `{}`, found {}", pattern.source, quoted(text))
            }),
            Keyword::Format(format) => self.expect(format.is_valid(text), "format", || {
                format!("expected the format {}, found {}", format.name(), quoted(text))
            }),
            Keyword::MinLength(least) => self.expect(!is_shorter(text, *least), "minLength", || {
                format!("expected at least {}, found {}", count(*least, "character"), length())
            }),
            Keyword::MaxLength(most) => self.expect(!is_longer(text, *most), "maxLength", || {
                format!("expected at most {}, found {}", count(*most, "character"), length())
            }),
            _ => true,
        }
    }
}

fn is_of_type(value: &View<'_>, types: Types) -> bool {
    match value {
        View::Null => types.contains(Types::NULL),
        View::Bool(_) => types.contains(Types::BOOLEAN),
        View::Number(number) => {
            types.contains(Types::NUMBER) || (types.contains(Types::INTEGER) && number.is_integer())
        }
        View::String(_) => types.contains(Types::STRING),
        View::Array(_) => types.contains(Types::ARRAY),
        View::Object(_) => types.contains(Types::OBJECT),
        View::Unknown(_) => true,
        View::Deep(_) => false,
    }
}

/// Prints some of the values of an `enum`.
fn shown(texts: &[&str]) -> String {
    const FEW: usize = 8;
    let rest = texts.len().saturating_sub(FEW);
    let more = (rest > 0).then(|| format!("one of {rest} more"));
    alternatives(texts.iter().take(FEW).map(|text| clip(text)).chain(more))
}

/// Returns whether `text` has fewer than `least` characters. Counting stops there.
fn is_shorter(text: &str, least: u64) -> bool {
    usize::try_from(least).map_or(true, |least| least > 0 && text.chars().nth(least - 1).is_none())
}

/// Returns whether `text` has more than `most` characters. Few bytes are few characters, so most texts are not counted.
fn is_longer(text: &str, most: u64) -> bool {
    usize::try_from(most).is_ok_and(|most| text.len() > most && text.chars().nth(most).is_some())
}
