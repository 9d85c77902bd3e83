//! Words that are nearly other words.

/// Returns the one of `known` that `word` is probably meant to be, if there is one; it is none of them.
///
/// Words of other spelling alone (`min_length`, `GET`) are meant to be the same. Else one slip is allowed in a word of
/// four letters, two in one of eight: a letter too many, too few, another, or two that changed places.
pub fn nearest<'known>(word: &str, known: impl IntoIterator<Item = &'known str>) -> Option<&'known str> {
    let own = plain(word);
    let candidates = known.into_iter().filter_map(|candidate| {
        let other = plain(candidate);
        let allowed = match own.len().max(other.len()) {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        let distance = distance(&own, &other);
        (distance <= allowed).then_some((distance, candidate))
    });
    candidates.min().map(|(_, candidate)| candidate)
}

/// Returns the letters and digits of a word, in lower case.
pub(in crate::document) fn plain(word: &str) -> Vec<char> {
    let signs = word.chars().filter(|sign| !matches!(sign, '_' | '-' | ' ' | '.'));
    signs.flat_map(char::to_lowercase).collect()
}

/// Returns how many slips lead from one word to the other (the optimal string alignment distance).
fn distance(left: &[char], right: &[char]) -> usize {
    // Words of very different lengths are far apart, and hostile ones are long.
    if left.len().abs_diff(right.len()) > 2 {
        return usize::MAX;
    }
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, sign) in left.iter().enumerate() {
        let mut next = vec![row + 1; right.len() + 1];
        for (column, other) in right.iter().enumerate() {
            let exchanged = last[column] + usize::from(sign != other);
            let mut fewest = exchanged.min(last[column + 1] + 1).min(next[column] + 1);
            let is_swap = row > 0 && column > 0 && *sign == right[column - 1] && left[row - 1] == *other;
            if is_swap {
                fewest = fewest.min(before_last[column - 1] + 1);
            }
            next[column + 1] = fewest;
        }
        before_last = std::mem::replace(&mut last, next);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised() {
        let known = ["properties", "type", "required", "minLength", "if", "$ref", "get"];
        for (word, meant) in [
            ("propertes", Some("properties")),
            ("porperties", Some("properties")),
            ("tpye", Some("type")),
            ("Type", Some("type")),
            ("min_length", Some("minLength")),
            ("ref", Some("$ref")),
            ("GET", Some("get")),
            ("id", None),
            ("foo", None),
            ("pet", None),
            ("requirements", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
