//! The next version of a crate, by what changed ([Semantic Versioning](https://semver.org/spec/v2.0.0.html)).

/// What a new version of a crate brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Release {
    /// Nothing that callers see.
    Patch,
    /// Something new, or something deprecated.
    Minor,
    /// Callers, or what they send or read, have to change.
    Major,
}

/// Returns the version that follows `version`; `None` if that is no version of three numbers.
///
/// Before 1.0.0, the second number says what the first one says later, and the third what the second one does
/// ([Cargo, SemVer compatibility](https://doc.rust-lang.org/cargo/reference/semver.html#change-categories)). What stands
/// behind the numbers, such as `-beta.1`, is dropped.
pub(crate) fn next(version: &str, release: Release) -> Option<String> {
    let numbers = version.split(['-', '+']).next()?;
    let numbers: Option<Vec<u64>> = numbers.split('.').map(|number| number.parse().ok()).collect();
    let [major, minor, patch] = numbers?[..] else {
        return None;
    };
    let next = match (major, release) {
        (0, Release::Major) => (0, minor.checked_add(1)?, 0),
        (0, _) => (0, minor, patch.checked_add(1)?),
        (_, Release::Major) => (major.checked_add(1)?, 0, 0),
        (_, Release::Minor) => (major, minor.checked_add(1)?, 0),
        (_, Release::Patch) => (major, minor, patch.checked_add(1)?),
    };
    Some(format!("{}.{}.{}", next.0, next.1, next.2))
}

#[cfg(test)]
mod tests {
    use super::{Release, next};

    #[test]
    fn versions() {
        let table = [
            ("0.1.0", Release::Patch, Some("0.1.1")),
            ("0.1.0", Release::Minor, Some("0.1.1")),
            ("0.1.7", Release::Major, Some("0.2.0")),
            ("1.4.2", Release::Patch, Some("1.4.3")),
            ("1.4.2", Release::Minor, Some("1.5.0")),
            ("1.4.2", Release::Major, Some("2.0.0")),
            ("1.4.2-beta.1", Release::Patch, Some("1.4.3")),
            ("1.4", Release::Patch, None),
            ("one", Release::Patch, None),
            ("0.0.18446744073709551615", Release::Patch, None),
        ];
        for (version, release, expected) in table {
            assert_eq!(next(version, release).as_deref(), expected, "{version} {release:?}");
        }
    }
}
