//! Keeps names to a length that a line of code has room for.
//!
//! Component names and operation ids are paths in some documents, and titles and listed values are sentences in
//! others. What is left out depends on the words of the name alone.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::title::OF_PHRASES;

/// How many characters a name has at most, written in `snake_case`. No style of Rust takes more for the same words, and
/// with a number of three digits behind it a name still has no more than 60.
pub(super) const LONGEST: usize = 57;

/// How many characters the name of a field or function has at most: fewer, for other names are made of it
/// ([`super::default_name`]).
pub(super) const LONGEST_FIELD: usize = LONGEST - "DEFAULT_".len();

/// Returns `words` in `UpperCamelCase`.
#[must_use]
pub(super) fn camel_case(words: &str) -> String {
    let name = words.to_upper_camel_case();
    // An underscore stands before a capital at most.
    if name.len() + name.chars().filter(|sign| !sign.is_ascii_lowercase()).count() <= LONGEST && name.is_ascii() {
        return name;
    }
    let snake = name.to_snake_case();
    if snake.len() <= LONGEST {
        name
    } else {
        shortened(&snake, LONGEST).to_upper_camel_case()
    }
}

/// Returns `words`, in `snake_case`, with as many of them as fit into `longest` characters.
///
/// If they are too many, words of phrases and words that are repeated go first, then those in the middle: names start
/// with what they are about, and end with what tells them apart.
#[must_use]
pub(super) fn shortened(words: &str, longest: usize) -> String {
    if words.len() <= longest {
        return words.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    for word in words.split('_') {
        if !kept.contains(&word) && !OF_PHRASES.contains(&word) {
            kept.push(word);
        }
    }
    if kept.is_empty() {
        kept = words.split('_').collect();
    }
    let (mut first, mut last) = (0, kept.len());
    let mut length = 0;
    // From both ends in turn; the first word is always kept, cut where it is too long on its own.
    while first < last {
        let is_front = first <= kept.len() - last;
        let word = if is_front { kept[first] } else { kept[last - 1] };
        let separator = usize::from(length > 0);
        if length + separator + word.len() > longest {
            break;
        }
        length += separator + word.len();
        if is_front {
            first += 1;
        } else {
            last -= 1;
        }
    }
    if length == 0 {
        return kept[0][..longest].to_owned();
    }
    [&kept[..first], &kept[last..]].concat().join("_")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn the_ends_of_a_long_name_are_kept() {
        let table = [
            ("get_data_table", "get_data_table"),
            // Exactly as long as allowed.
            ("abcdefghij_abcdefghij_abcdefgh", "abcdefghij_abcdefghij_abcdefgh"),
            // Repeated words are enough.
            (
                "account_sip_sip_domain_sip_auth_sip_auth_list",
                "account_sip_domain_auth_list",
            ),
            // Words of phrases, too.
            (
                "the_order_is_in_a_state_that_has_no_refund",
                "order_state_has_no_refund",
            ),
            (
                "customer_balance_resource_cash_transaction_transfer",
                "customer_balance_transfer",
            ),
            (
                "abcdefghijabcdefghijabcdefghijabcdefghij",
                "abcdefghijabcdefghijabcdefghij",
            ),
            ("to_to_to_to_to_to_to_to_to_to_to_to", "to_to_to_to_to_to_to_to_to_to"),
        ];
        for (words, expected) in table {
            let name = shortened(words, 30);
            assert_eq!(name, expected);
            assert_eq!(shortened(&name, 30), name);
        }
    }
}
