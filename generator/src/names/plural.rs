//! Plurals of English words.

/// Returns the singular of an English plural, or `None` where the word is no plural.
#[must_use]
pub(crate) fn singular(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("s", ""),
    ];
    let unchanging = ["ss", "us", "is", "news", "series", "status", "data", "as", "os"];
    if unchanging.iter().any(|ending| lower.ends_with(ending)) || lower.len() < 4 {
        return None;
    }
    let (ending, instead) = endings.iter().find(|(ending, _)| lower.ends_with(ending))?;
    Some(format!("{}{instead}", &word[..word.len() - ending.len()]))
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn singulars() {
        let table = [
            ("points", Some("point")),
            ("categories", Some("category")),
            ("boxes", Some("box")),
            ("status", None),
            ("data", None),
        ];
        for (plural, expected) in table {
            assert_eq!(singular(plural).as_deref(), expected, "{plural}");
        }
    }
}
