//! Traits for decoding from JSON text and encoding to it.
//!
//! Types of the document implement [`Decode`] and [`Encode`] for one concrete reader and writer. Without generics an
//! emitted crate compiles faster, and a union can look ahead without a buffer.

use crate::runtime::json::decode_error::{DecodeError, Fault};
use crate::runtime::json::encoded::Encoded;
use crate::runtime::json::kind::{self, Kind, KindSet, kinds};
use crate::runtime::json::map::Map;
use crate::runtime::json::number::Number;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::json::writer::Writer;
use crate::runtime::types::properties::Properties;

/// A type that can be decoded from JSON text.
pub trait Decode: Sized {
    /// The JSON types that its values have: a set of the module `kind`.
    type Kinds: KindSet;

    /// Decodes a value of this type.
    ///
    /// # Errors
    ///
    /// If the text is not valid JSON, or does not match the type.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// Returns whether the type has values of this JSON type.
    #[must_use]
    fn accepts(kind: Kind) -> bool {
        kinds::has(Self::Kinds::KINDS, kind)
    }
}

/// A type that can be encoded as JSON text. It has either [`encode`](Self::encode), or, for an object, the list of its
/// properties.
pub trait Encode {
    /// Encodes the value.
    fn encode(&self, writer: &mut Writer) {
        self.properties(&mut |properties| properties.write(writer));
    }

    /// Calls `take` with what an object has, the properties in the order of the fields. A value of another kind has no
    /// list.
    #[doc(hidden)]
    fn properties(&self, take: &mut dyn FnMut(&Properties<'_>)) {
        let _ = take;
    }
}

/// Decodes a `T` from the whole of `text`.
///
/// # Errors
///
/// If the text is not valid JSON, or does not match the type.
pub fn from_str<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(text);
    let value = T::decode(&mut reader).and_then(|value| reader.finish().map(|()| value));
    value.map_err(|fault| fault.into_error(text))
}

/// Decodes a `T` from the whole of `bytes`, which have to be UTF-8 ([RFC 8259
/// §8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1)).
///
/// # Errors
///
/// If the text is not valid JSON, or does not match the type.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => {
            let valid = error.valid_up_to();
            Err(Fault::syntax(valid, "invalid UTF-8").into_error(&String::from_utf8_lossy(bytes)))
        }
    }
}

/// Encodes `value` as JSON text.
#[must_use]
pub fn to_string<T: Encode + ?Sized>(value: &T) -> String {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}

/// Returns `value` as free-form JSON.
#[must_use]
pub fn to_json<T: Encode + ?Sized>(value: &T) -> Json {
    Encoded::of(value).to_json()
}

/// Returns the number of bytes before the first one that a JSON string has to escape: a quotation mark, a backslash or
/// a control character ([RFC 8259 §7](https://www.rfc-editor.org/rfc/rfc8259#section-7)).
pub(crate) fn plain(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(eight) = bytes[count..].first_chunk() {
        let found = special(u64::from_le_bytes(*eight));
        if found != 0 {
            return count + found.trailing_zeros() as usize / 8;
        }
        count += 8;
    }
    let rest = bytes.len() - count;
    match bytes.last_chunk() {
        // The remaining bytes are the last ones of a word of eight bytes. A zero byte follows them, which has to be
        // escaped, and so ends the search.
        Some(eight) if rest > 0 => {
            let word = u64::from_le_bytes(*eight) >> (64 - 8 * rest);
            count + special(word).trailing_zeros() as usize / 8
        }
        Some(_) => count,
        None => few_plain(bytes),
    }
}

/// Returns the same for fewer than eight bytes, as most property names have.
fn few_plain(bytes: &[u8]) -> usize {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
        if special(first | last << 32) == 0 {
            return bytes.len();
        }
    }
    let is_plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    bytes.iter().take_while(is_plain).count()
}

/// Returns a word in which the lowest set bit is in the lowest byte of `word` that has to be escaped. Returns zero if
/// there is none.
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = ONES << 7;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word & TOPS;
    let quote = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
    quote | backslash | below(word, 0x20)
}

macro_rules! integers {
    ($($integer:ty: $words:literal),*) => {$(
        impl Decode for $integer {
            type Kinds = kind::Number;

            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                reader.integer($words)
            }        }

        impl Encode for $integer {
            fn encode(&self, writer: &mut Writer) {
                writer.integer(i128::from(*self));
            }
        }
    )*};
}

integers! {
    i32: "an integer of 32 bits",
    i64: "an integer of 64 bits",
    u32: "an integer of 32 bits, not negative",
    u64: "an integer of 64 bits, not negative"
}

macro_rules! scalars {
    ($($scalar:ty, $kind:ident, |$reader:ident| $decode:expr, |$value:ident, $writer:ident| $encode:expr;)*) => {$(
        impl Decode for $scalar {
            type Kinds = kind::$kind;

            fn decode($reader: &mut Reader<'_>) -> Result<Self, Fault> {
                $decode
            }        }

        impl Encode for $scalar {
            fn encode(&self, $writer: &mut Writer) {
                let $value = self;
                $encode;
            }
        }
    )*};
}

scalars! {
    bool, Boolean, |reader| reader.boolean(), |value, writer| writer.boolean(*value);
    f64, Number, |reader| reader.float(), |value, writer| writer.float(*value);
    Number, Number, |reader| reader.number(), |value, writer| writer.number(value);
    String, String, |reader| Ok(reader.string()?.into_owned()), |value, writer| writer.string(value);
}

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl Decode for Json {
    type Kinds = kind::Any;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.json()
    }
}

impl Encode for Json {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.boolean(*value),
            Self::Number(value) => writer.number(value),
            Self::String(value) => writer.string(value),
            Self::Array(value) => value.encode(writer),
            Self::Object(value) => value.encode(writer),
        }
    }
}

/// `None` is `null`. An absent property is omitted by its object.
impl<T: Decode> Decode for Option<T> {
    type Kinds = kind::OrNull<T::Kinds>;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.peek()? == Kind::Null {
            reader.null()?;
            return Ok(None);
        }
        T::decode(reader).map(Some)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }
}

impl<T: Decode> Decode for Box<T> {
    type Kinds = T::Kinds;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode(reader).map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

impl<T: Decode> Decode for Vec<T> {
    type Kinds = kind::Array;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut elements = Vec::new();
        let mut more = reader.begin_array()?;
        while more {
            elements.push(T::decode(reader)?);
            more = reader.next_element()?;
        }
        Ok(elements)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.begin_array();
        for element in self {
            writer.element(element);
        }
        writer.end_array();
    }
}

impl<T: Decode> Decode for Map<T> {
    type Kinds = kind::Object;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut members = Vec::new();
        let mut key = reader.begin_object()?;
        while let Some(name) = key {
            let value = T::decode(reader)?;
            members.push((name.into_owned(), value));
            key = reader.next_key()?;
        }
        Ok(members.into())
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.properties(self);
        writer.end_object();
    }
}
