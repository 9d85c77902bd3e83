//! Validates URIs, IRIs, references and URI templates.

use crate::runtime::schema::format::host::is_ipv6;

/// `URI` of [RFC 3986, appendix A](https://www.rfc-editor.org/rfc/rfc3986#appendix-A).
pub(crate) fn is_uri(text: &str) -> bool {
    scheme(text).is_some_and(|length| is_relative(&text[length..], Alphabet::Ascii))
}

/// `URI-reference` of RFC 3986.
pub(crate) fn is_uri_reference(text: &str) -> bool {
    is_uri(text) || (!begins_with_colon_segment(text) && is_relative(text, Alphabet::Ascii))
}

/// `IRI` of [RFC 3987 §2.2](https://www.rfc-editor.org/rfc/rfc3987#section-2.2).
pub(crate) fn is_iri(text: &str) -> bool {
    scheme(text).is_some_and(|length| is_relative(&text[length..], Alphabet::Unicode))
}

/// `IRI-reference` of RFC 3987.
pub(crate) fn is_iri_reference(text: &str) -> bool {
    is_iri(text) || (!begins_with_colon_segment(text) && is_relative(text, Alphabet::Unicode))
}

/// The characters that need no percent-encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    /// The characters of a URI.
    Ascii,
    /// The characters of an IRI.
    Unicode,
    /// The characters of the query of an IRI, which include private ones.
    Private,
}

impl Alphabet {
    /// Returns whether `letter` is valid without percent-encoding, or is in `extra`.
    fn contains(self, letter: char, extra: &str) -> bool {
        if letter.is_ascii() {
            return letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(letter) || extra.contains(letter);
        }
        match self {
            Self::Ascii => false,
            Self::Unicode => is_ucschar(letter),
            Self::Private => is_ucschar(letter) || is_private(letter),
        }
    }

    /// Returns whether `text` consists of such characters and of percent-encoded ones.
    fn holds(self, text: &str, extra: &str) -> bool {
        is_encoded(text, |letter| self.contains(letter, extra))
    }
}

/// `ucschar` of RFC 3987.
fn is_ucschar(letter: char) -> bool {
    match u32::from(letter) {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        // All planes, without their last two characters and the first 4,096 of plane 14.
        code @ (0x1_0000..=0xD_FFFF | 0xE_1000..=0xE_FFFF) => code & 0xFFFF <= 0xFFFD,
        _ => false,
    }
}

/// `iprivate` of RFC 3987.
fn is_private(letter: char) -> bool {
    matches!(u32::from(letter), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

/// Returns whether `text` consists of percent-encoded characters and of `plain` ones.
fn is_encoded(text: &str, plain: impl Fn(char) -> bool) -> bool {
    let mut chunks = text.split('%');
    let first = chunks.next().unwrap_or_default();
    first.chars().all(&plain)
        && chunks.all(|chunk| match chunk.split_at_checked(2) {
            Some((digits, rest)) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && rest.chars().all(&plain),
            None => false,
        })
}

/// Returns the length of the scheme at the start of `text`, including the colon.
fn scheme(text: &str) -> Option<usize> {
    let (scheme, _) = text.split_once(':')?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    (scheme.starts_with(|letter: char| letter.is_ascii_alphabetic()) && scheme.bytes().all(allowed))
        .then_some(scheme.len() + 1)
}

/// Returns whether a reference without a scheme would be parsed as one with a scheme.
fn begins_with_colon_segment(text: &str) -> bool {
    text.find([':', '/', '?', '#'])
        .is_some_and(|index| text[index..].starts_with(':'))
}

/// Validates the part after the scheme: authority, path, query and fragment.
fn is_relative(text: &str, alphabet: Alphabet) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let private = if alphabet == Alphabet::Unicode {
        Alphabet::Private
    } else {
        alphabet
    };
    let (authority, path) = match text.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", text),
    };
    is_authority(authority, alphabet)
        && alphabet.holds(path, ":@/")
        && private.holds(query, ":@/?")
        && alphabet.holds(fragment, ":@/?")
}

/// The user information, the host and the port. Each is optional.
fn is_authority(authority: &str, alphabet: Alphabet) -> bool {
    let (user, host) = authority.split_once('@').unwrap_or(("", authority));
    let port = if let Some(literal) = host.strip_prefix('[') {
        literal
            .split_once(']')
            .filter(|(address, _)| is_ipv6(address) || is_future_address(address))
            .map(|(_, port)| port)
    } else {
        let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
        alphabet.holds(name, "").then_some(port)
    };
    let is_port = |port: &str| {
        port.is_empty()
            || port
                .strip_prefix(':')
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    alphabet.holds(user, ":") && port.is_some_and(is_port)
}

/// `IPvFuture` of RFC 3986.
fn is_future_address(text: &str) -> bool {
    let Some((version, address)) = text.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    let plain = |letter| Alphabet::Ascii.contains(letter, ":");
    !version.is_empty()
        && version.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !address.is_empty()
        && address.chars().all(plain)
}

/// [RFC 6570 §2](https://www.rfc-editor.org/rfc/rfc6570#section-2), of level 4, with the
/// operators that it reserves.
pub(crate) fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some((literal, expression)) = rest.split_once('{') {
        let Some((expression, after)) = expression.split_once('}') else {
            return false;
        };
        if !is_literal(literal) || !is_expression(expression) {
            return false;
        }
        rest = after;
    }
    is_literal(rest)
}

/// A literal character of a template. Erratum 6937 adds the apostrophe.
fn is_literal(text: &str) -> bool {
    let plain = |letter: char| {
        if letter.is_ascii() {
            letter.is_ascii_graphic() && !"\"<>\\^`{|}".contains(letter)
        } else {
            is_ucschar(letter) || is_private(letter)
        }
    };
    is_encoded(text, plain)
}

fn is_expression(text: &str) -> bool {
    const OPERATORS: &[char] = &['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'];
    text.strip_prefix(OPERATORS).unwrap_or(text).split(',').all(is_variable)
}

/// A variable name with an optional modifier: `*` or the length of a prefix.
fn is_variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((name, length)) => {
            let digits = length.bytes().all(|byte| byte.is_ascii_digit());
            if !digits || !(1..=4).contains(&length.len()) || length.starts_with('0') {
                return false;
            }
            name
        }
        None => text.strip_suffix('*').unwrap_or(text),
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.split('.').all(|part| !part.is_empty() && is_encoded(part, plain))
}
