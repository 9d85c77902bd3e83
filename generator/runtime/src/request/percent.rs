//! Percent-encoding of all text that becomes part of a URL.
//!
//! [RFC 3986 §2](https://www.rfc-editor.org/rfc/rfc3986#section-2) defines the characters of URL components and their
//! encoding.

/// Percent-encodes everything but unreserved characters
/// ([RFC 6570 §3.2.2](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2)).
pub(crate) fn encode(text: &str) -> String {
    if text.bytes().all(is_unreserved) {
        return text.to_owned();
    }
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        push(&mut encoded, byte, is_unreserved(byte));
    }
    encoded
}

/// Keeps reserved characters and percent-encoded triples ([RFC 6570
/// §3.2.3](https://www.rfc-editor.org/rfc/rfc6570#section-3.2.3)), except for those with another meaning in a query.
///
/// `#`, `[` and `]` are invalid in a query ([RFC 3986 §3.4](https://www.rfc-editor.org/rfc/rfc3986#section-3.4)). `&`
/// and `=` delimit parameters, and `+` may mean a space ([OpenAPI 3.1.1, Appendix
/// E](https://spec.openapis.org/oas/v3.1.1.html#percent-encoding-and-form-urlencoded)).
pub(crate) fn encode_reserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        let is_triple = || {
            let digits = bytes.get(index + 1..index + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = match byte {
            b'%' => is_triple(),
            byte => is_unreserved(*byte) || b":/?@!$'()*,;".contains(byte),
        };
        push(&mut encoded, *byte, stays);
    }
    encoded
}

/// The unreserved characters, which mean the same with and without percent-encoding ([RFC 3986
/// §2.3](https://www.rfc-editor.org/rfc/rfc3986#section-2.3)).
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn push(encoded: &mut String, byte: u8, stays: bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if stays {
        encoded.push(char::from(byte));
    } else {
        encoded.push('%');
        encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
        encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}
