//! What an error says, from what happened to its last cause.

use std::error::Error;

/// Returns what an error and each of its causes say.
///
/// # Panics
///
/// When a part is said twice, or `{:#}` says anything else than the parts in a row.
#[must_use]
pub fn chain(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut parts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        parts.push(error.to_string());
        cause = error.source();
    }
    for (index, part) in parts.iter().enumerate() {
        assert!(!part.is_empty(), "{parts:?}");
        let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
        for (_, other) in others {
            assert!(!other.contains(part), "{part:?} is said twice: {parts:?}");
        }
    }
    assert_eq!(format!("{error:#}"), parts.join(": "));
    parts
}
