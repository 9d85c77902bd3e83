//! Tokens of HTTP: names of methods and of header fields.

/// Returns whether a text is a token ([RFC 9110 §5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
pub(in crate::lower) fn is_token(text: &str) -> bool {
    let is_token_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_byte)
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn a_token_has_neither_separators_nor_spaces() {
        for token in ["GET", "x-rate.limit", "!#$%&'*+-.^_`|~", "0"] {
            assert!(is_token(token), "{token}");
        }
        for other in ["", "a b", "a:b", "a/b", "a\"b", "[a]", "é", "a\n"] {
            assert!(!is_token(other), "{other}");
        }
    }
}
