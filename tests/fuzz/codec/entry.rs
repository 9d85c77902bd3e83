//! What is asked of a type.

use std::hint::black_box;

use losant_data::runtime::{
    self, Date, DateTime, Decode, DecodeError, HasSchema, Encode, Json, Number, Scalar, Violation,
};

use crate::memory::{self, Seen};

/// A type of the table.
pub(crate) struct Entry {
    /// Its path.
    pub(crate) name: &'static str,
    /// Reads a text as the type; panics when something is wrong.
    pub(crate) attempt: fn(&'static str, &[u8]),
}

/// Makes the table of a list of types.
macro_rules! entries {
    ($($type_:ty,)*) => {
        &[$(Entry { name: stringify!($type_), attempt: crate::entry::attempt::<$type_> }),*]
    };
}
pub(crate) use entries;

/// What reading a text may take at its peak, for each of its bytes.
///
/// A struct takes room for each of its fields, though the text leaves them out. The most
/// that a byte can ask for is a list of `{}`: three bytes for an element, and while the list
/// grows, room for up to three elements. So a type that is recursive takes its own size, and
/// any other what the largest element in a list of the product has, 216 bytes.
const fn decode_factor<T>() -> usize {
    const USUAL: usize = 256;
    if size_of::<T>() + 64 > USUAL {
        size_of::<T>() + 64
    } else {
        USUAL
    }
}

/// The most that reading took.
static DECODE: Seen = Seen::new();

/// What validating a value may take at its peak: a report has up to a thousand violations,
/// each of which says where it is.
const VALIDATE_FACTOR: usize = 1024;

/// The most that validating took.
static VALIDATE: Seen = Seen::new();

/// Reads `text` as a `T`, validates it, writes it and reads it again.
pub(crate) fn attempt<T: Decode + Encode + HasSchema>(name: &'static str, text: &[u8]) {
    let read = memory::within(decode_factor::<T>(), &DECODE, "decode", name, text.len(), || {
        runtime::from_slice::<T>(text)
    });
    let value = match read {
        Ok(value) => value,
        Err(error) => return show_error(&error),
    };
    let violations = memory::within(VALIDATE_FACTOR, &VALIDATE, "validate", name, text.len(), || {
        value.validate()
    });
    violations.iter().for_each(show_violation);
    // What a name that occurs twice means is open (RFC 8259 §4): the last value counts, but a union that no subschema of
    // takes such a text may see it otherwise. A text without such names is the same the second time.
    let Ok(once) = runtime::from_slice::<Json>(text).map(|value| runtime::to_string(&value)) else {
        return;
    };
    let written = match runtime::from_str::<T>(&once) {
        Ok(value) => runtime::to_string(&value),
        Err(error) => return show_error(&error),
    };
    let again = match runtime::from_str::<T>(&written) {
        Ok(value) => runtime::to_string(&value),
        Err(error) => panic!("{name} does not read what it wrote: {error}"),
    };
    assert_eq!(written, again, "{name} writes something else the second time");
}

/// Reads `text` by what is of no document.
pub(crate) fn free_form(text: &[u8]) {
    attempt::<Json>("Json", text);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    if let Some(number) = Number::parse(text) {
        assert_eq!(number.text(), text);
        black_box((number.as_i64(), number.as_u64(), number.as_f64(), number.is_integer()));
        black_box((
            number.compare(&Number::from(7)),
            number.is_multiple_of(&Number::from(7)),
        ));
        black_box(Number::from(7).is_multiple_of(&number));
        assert!(number.compare(&number).is_eq());
        show_error_of(runtime::from_str::<Scalar>(text));
        show_error_of(runtime::from_str::<i64>(text));
        show_error_of(runtime::from_str::<u32>(text));
        show_error_of(runtime::from_str::<f64>(text));
    }
    black_box(text.parse::<DateTime>().map_err(|error| error.to_string()).is_ok());
    black_box(text.parse::<Date>().map_err(|error| error.to_string()).is_ok());
}

fn show_error_of<T>(read: Result<T, DecodeError>) {
    if let Err(error) = read {
        show_error(&error);
    }
}

fn show_error(error: &DecodeError) {
    black_box((error.to_string(), format!("{error:?}")));
    black_box((error.pointer(), error.expected(), error.found(), error.excerpt()));
    assert!(error.line() > 0 && error.column() > 0);
}

fn show_violation(violation: &Violation) {
    black_box(violation.to_string());
    violation.subschemas.iter().flatten().for_each(show_violation);
}
