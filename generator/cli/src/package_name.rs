//! Names of packages.

use anyhow::{Result, bail};

/// Returns `name` as a package may be called.
#[must_use]
pub fn package_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || sign == '_' {
                sign
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-').to_owned();
    if plain.starts_with(|first: char| first.is_ascii_alphabetic()) {
        plain
    } else {
        format!("client-{plain}").trim_end_matches('-').to_owned()
    }
}

/// Refuses a name that no package may have.
pub(crate) fn check_name(name: &str) -> Result<()> {
    if package_name(name) != name {
        bail!(
            "{name:?} cannot be the name of a package; {:?} could",
            package_name(name)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn any_words_become_a_name() {
        for (words, name) in [
            ("pets", "pets"),
            ("pet store", "pet-store"),
            ("2024", "client-2024"),
            (".", "client"),
            ("", "client"),
        ] {
            assert_eq!(package_name(words), name);
        }
    }
}
