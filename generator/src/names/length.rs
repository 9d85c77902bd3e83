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

/// How many letters an abbreviated word has.
const ABBREVIATION: usize = 3;

/// Returns `words` in `UpperCamelCase`.
#[must_use]
pub(super) fn camel_case(words: &str) -> String {
    camel_case_within(words, shortened)
}

/// Returns `words` in `UpperCamelCase`; `shorten` makes them fit, in `snake_case`, into a number of characters.
#[must_use]
pub(super) fn camel_case_within(words: &str, shorten: fn(&str, usize) -> String) -> String {
    let name = words.to_upper_camel_case();
    // An underscore stands before a capital at most.
    if name.len() + name.chars().filter(|sign| !sign.is_ascii_lowercase()).count() <= LONGEST && name.is_ascii() {
        return name;
    }
    let snake = name.to_snake_case();
    if snake.len() <= LONGEST {
        name
    } else {
        shorten(&snake, LONGEST).to_upper_camel_case()
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
    let kept = telling_words(words);
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

/// Returns `words`, in `snake_case`, within `longest` characters, so that no two operations of a document get one name.
///
/// Words of phrases and words that are repeated are left out first; then words lose all but their first letters, those
/// in the middle before the others. Of a name that is still too long the ends are kept, and a number of the whole.
#[must_use]
pub(super) fn abbreviated(words: &str, longest: usize) -> String {
    if words.len() <= longest {
        return words.to_owned();
    }
    let mut kept = telling_words(words);
    let count = kept.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|index| (2 * index + 1).abs_diff(count));
    let mut length = kept.join("_").len();
    for index in order {
        if length <= longest {
            break;
        }
        let word = kept[index];
        kept[index] = word.get(..ABBREVIATION).unwrap_or(word);
        length -= word.len() - kept[index].len();
    }
    if length <= longest {
        return kept.join("_");
    }
    let number = checksum(words);
    let ends = shortened(&kept.join("_"), longest - number.len() - 1);
    format!("{ends}_{number}")
}

/// Returns the words that are neither of phrases nor repeated, or else all.
fn telling_words(words: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    for word in words.split('_') {
        if !kept.contains(&word) && !OF_PHRASES.contains(&word) {
            kept.push(word);
        }
    }
    if kept.is_empty() {
        kept = words.split('_').collect();
    }
    kept
}

/// Returns four digits that differ for most texts
/// ([FNV-1a](https://datatracker.ietf.org/doc/html/draft-eastlake-fnv-17), folded to 16 bits).
fn checksum(text: &str) -> String {
    let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = text.bytes().fold(0x811c_9dc5, add);
    format!("{:04x}", (hash >> 16) ^ (hash & 0xffff))
}

#[cfg(test)]
mod tests {
    use super::{abbreviated, shortened};

    #[test]
    fn a_long_name_of_an_operation_keeps_every_word() {
        let table = [
            ("get_data_table", "get_data_table"),
            (
                "custom_properties_for_repos_get_organization",
                "custom_pro_rep_get_organization",
            ),
            (
                "custom_properties_for_repos_set_organization",
                "custom_pro_rep_set_organization",
            ),
            // Too many words for even that.
            (
                "one_two_three_four_five_six_seven_eight_nine_ten",
                "one_two_thr_fou_eig_nin_ten_b02f",
            ),
        ];
        for (words, expected) in table {
            let name = abbreviated(words, 32);
            assert_eq!(name, expected);
            assert_eq!(abbreviated(&name, 32), name);
        }
    }

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
