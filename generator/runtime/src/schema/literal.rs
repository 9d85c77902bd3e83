//! Compares values with JSON text of the document, such as that of `enum` and `const`.
//!
//! The text is read together with the value, so that no value is built.

use jiter::{Jiter, JiterResult, Peek};

use crate::runtime::json::number::Number;
use crate::runtime::schema::view::View;

/// Returns whether `value` equals the value of `text`. Numbers are compared by value.
///
/// No object in `text` has duplicate names. If `text` is not valid JSON, the result is false.
pub(crate) fn is(value: &View<'_>, text: &str) -> bool {
    match value {
        View::Null => text == "null",
        View::Bool(truth) => text == if *truth { "true" } else { "false" },
        View::Number(number) => equals_number(number, text.as_bytes()),
        View::String(found) => match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(plain) if !plain.contains('\\') => plain == found,
            _ => is_nested(value, text),
        },
        View::Array(_) | View::Object(_) => is_nested(value, text),
        View::Unknown(value) => is(value, text),
        View::Deep(_) => false,
    }
}

fn is_nested(value: &View<'_>, text: &str) -> bool {
    let mut jiter = Jiter::new(text.as_bytes());
    jiter
        .peek()
        .and_then(|peek| matches(&mut jiter, peek, value, 0))
        .unwrap_or(false)
}

fn equals_number(number: &Number, text: &[u8]) -> bool {
    let text = std::str::from_utf8(text).ok();
    text.and_then(Number::parse)
        .is_some_and(|expected| expected.compare(number).is_eq())
}

/// Reads one value of the text while it equals `value`.
fn matches(jiter: &mut Jiter<'_>, peek: Peek, value: &View<'_>, depth: usize) -> JiterResult<bool> {
    const DEEPEST: usize = 200;
    match value {
        View::Unknown(value) => matches(jiter, peek, value, depth),
        View::Null => Ok(peek == Peek::Null && jiter.known_null().is_ok()),
        View::Bool(truth) => match peek {
            Peek::True | Peek::False => Ok(jiter.known_bool(peek)? == *truth),
            _ => Ok(false),
        },
        View::Number(number) => Ok(peek.is_num() && equals_number(number, jiter.known_number_bytes(peek)?)),
        View::String(found) => Ok(peek == Peek::String && jiter.known_str()? == found),
        View::Array(_) | View::Object(_) if depth == DEEPEST => Ok(false),
        View::Array(elements) if peek == Peek::Array => {
            let mut next = jiter.known_array()?;
            for element in elements {
                let Some(peek) = next else {
                    return Ok(false);
                };
                if !matches(jiter, peek, element, depth + 1)? {
                    return Ok(false);
                }
                next = jiter.array_step()?;
            }
            Ok(next.is_none())
        }
        View::Object(members) if peek == Peek::Object => {
            let mut count = 0;
            let mut next = jiter.known_object()?;
            while let Some(name) = next {
                let Some(member) = members.get(name) else {
                    return Ok(false);
                };
                let peek = jiter.peek()?;
                if !matches(jiter, peek, member, depth + 1)? {
                    return Ok(false);
                }
                count += 1;
                next = jiter.next_key()?;
            }
            Ok(count == members.len())
        }
        View::Array(_) | View::Object(_) | View::Deep(_) => Ok(false),
    }
}
