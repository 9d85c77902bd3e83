//! Names of packages.

use anyhow::{Result, bail};

/// Returns `name` as the name of a package, whose crate has a name in snake case, as rustc asks for.
#[must_use]
pub fn package_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for sign in name.chars() {
        let sign = match sign {
            '_' => '_',
            sign if sign.is_ascii_alphanumeric() => sign.to_ascii_lowercase(),
            _ => '-',
        };
        // Each `-` is `_` in the name of the crate, and two of them beside each other are not snake case.
        if is_separator(sign) && plain.ends_with(is_separator) {
            continue;
        }
        plain.push(sign);
    }
    let plain = plain.trim_matches(is_separator);
    if plain.starts_with(|first: char| first.is_ascii_alphabetic()) {
        plain.to_owned()
    } else {
        format!("client-{plain}").trim_end_matches(is_separator).to_owned()
    }
}

fn is_separator(sign: char) -> bool {
    sign == '-' || sign == '_'
}

/// Refuses a name that no package may have. One that is not in snake case is the choice of the user.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let is_allowed = |sign: char| sign.is_ascii_alphanumeric() || is_separator(sign);
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(is_allowed) || name.ends_with('-') {
        bail!(
            "{name:?} cannot be the name of a package; {:?} could",
            package_name(name)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_name, package_name};

    #[test]
    fn any_words_become_a_name() {
        for (words, name) in [
            ("pets", "pets"),
            ("pet store", "pet-store"),
            ("2024", "client-2024"),
            (".", "client"),
            ("", "client"),
            ("_pets", "pets"),
            ("__", "client"),
            ("_2", "client-2"),
            ("pets_", "pets"),
            ("pet _ store", "pet-store"),
            ("pet__store", "pet_store"),
            ("PetStore", "petstore"),
        ] {
            assert_eq!(package_name(words), name);
        }
    }

    #[test]
    fn a_name_that_cargo_accepts_is_kept() {
        for name in ["pets", "Pets", "pet__store", "pet_"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "2pets", "-pets", "pet store", "pets-", "_pets"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
