//! Validates names and addresses of hosts and mailboxes.

use std::net::{Ipv4Addr, Ipv6Addr};

/// [RFC 2673 §3.2](https://www.rfc-editor.org/rfc/rfc2673#section-3.2): four decimals
/// without leading zeros.
pub(crate) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// [RFC 4291 §2.2](https://www.rfc-editor.org/rfc/rfc4291#section-2.2), without a zone.
pub(crate) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// [RFC 1123 §2.1](https://www.rfc-editor.org/rfc/rfc1123#section-2.1): labels of letters,
/// digits and inner hyphens.
///
/// The decoded text of an `xn--` label is not validated, which would need the tables of IDNA.
pub(crate) fn is_hostname(text: &str) -> bool {
    const LONGEST: usize = 253;
    text.len() <= LONGEST && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    const LONGEST: usize = 63;
    (1..=LONGEST).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// `Mailbox` of [RFC 5321 §4.1.2](https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2).
pub(crate) fn is_email(text: &str) -> bool {
    // A domain contains no `@`, so the last one ends the local part.
    text.rsplit_once('@')
        .is_some_and(|(local, domain)| is_local_part(local) && is_domain(domain))
}

fn is_local_part(local: &str) -> bool {
    const LONGEST: usize = 64;
    let inner = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    local.len() <= LONGEST && inner.map_or_else(|| local.split('.').all(is_atom), is_quoted)
}

fn is_atom(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

/// The content of a quoted string. A quotation mark and a backslash are escaped by a backslash.
fn is_quoted(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let allowed = match byte {
            b'\\' => bytes.next().is_some_and(|escaped| (b' '..=b'~').contains(&escaped)),
            b'"' => false,
            other => other == b'\t' || (b' '..=b'~').contains(&other),
        };
        if !allowed {
            return false;
        }
    }
    true
}

/// A host name, or an address in brackets.
fn is_domain(domain: &str) -> bool {
    const TAG: &str = "IPv6:";
    let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return is_hostname(domain);
    };
    match literal.split_at_checked(TAG.len()) {
        Some((tag, address)) if tag.eq_ignore_ascii_case(TAG) => is_ipv6(address),
        _ => is_ipv4(literal),
    }
}
