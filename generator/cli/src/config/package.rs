//! What the configuration says of a package.

use anyhow::Result;
use generator::Package;
use toml_edit::Item;

use super::section::{Section, in_one_line, strings};
use crate::package_name::check_name;

/// The keys of a package that are not copied into its manifest as they are.
pub(super) const OWN_KEYS: [&str; 2] = ["name", "environment"];

/// What a key of the manifest may be.
#[derive(Debug, Clone, Copy)]
enum Expected {
    Text,
    Texts,
    /// `readme`: a file, or whether there is one.
    TextOrFlag,
    /// `publish`: whether it may be, or where.
    TextsOrFlag,
}

/// The [keys of a manifest](https://doc.rust-lang.org/cargo/reference/manifest.html#the-package-section) that the
/// configuration may have.
const MANIFEST_KEYS: [(&str, Expected); 14] = [
    ("version", Expected::Text),
    ("description", Expected::Text),
    ("edition", Expected::Text),
    ("rust-version", Expected::Text),
    ("authors", Expected::Texts),
    ("license", Expected::Text),
    ("license-file", Expected::Text),
    ("repository", Expected::Text),
    ("homepage", Expected::Text),
    ("documentation", Expected::Text),
    ("readme", Expected::TextOrFlag),
    ("keywords", Expected::Texts),
    ("categories", Expected::Texts),
    ("publish", Expected::TextsOrFlag),
];

/// The edition in which emitted code is written.
const EDITION: &str = "2024";

/// The first version of Rust that compiles emitted code.
const RUST_VERSION: [u32; 2] = [1, 88];

/// Returns the keys of a package.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    let of_manifest = MANIFEST_KEYS.iter().map(|(key, _)| *key);
    OWN_KEYS.into_iter().chain(of_manifest)
}

/// Reads a package of this name.
///
/// Nothing is added that the configuration does not say: no license, no repository, no `publish`. Without a license no
/// package gets onto crates.io, so none is published by mistake.
pub(super) fn package(section: &Section<'_>, name_key: &str, name: &str, description: String) -> Result<Package> {
    check_name(name).map_err(|error| section.fault(name_key, &error.to_string()))?;
    let mut package = Package::new(name);
    package.description = description;
    for (key, expected) in MANIFEST_KEYS {
        let Some(item) = section.get(key) else { continue };
        check(section, key, item, expected)?;
        if let Ok(value) = item.clone().into_value() {
            package.about.push((key.to_owned(), in_one_line(value)));
        }
    }
    Ok(package)
}

/// Refuses a value that the manifest would be wrong with.
fn check(section: &Section<'_>, key: &str, item: &Item, expected: Expected) -> Result<()> {
    let is_inherited = item.as_table_like().is_some_and(|table| {
        let is_so = table.get("workspace").and_then(Item::as_bool);
        is_so == Some(true) && table.len() == 1
    });
    if is_inherited {
        return Ok(());
    }
    let is_list = item.as_array().and_then(strings).is_some();
    let (is_right, words) = match expected {
        Expected::Text => (item.is_str(), "a string"),
        Expected::Texts => (is_list, "a list of strings"),
        Expected::TextOrFlag => (item.is_str() || item.is_bool(), "a string or a boolean"),
        Expected::TextsOrFlag => (is_list || item.is_bool(), "a boolean or a list of registries"),
    };
    if !is_right {
        return Err(section.wrong(key, &format!("{words}, or `{{ workspace = true }}`")));
    }
    match (key, item.as_str()) {
        ("edition", Some(edition)) if edition != EDITION => {
            Err(section.fault(key, &format!("emitted code is of the edition {EDITION}, not {edition}")))
        }
        ("rust-version", Some(version)) if !compiles(version) => Err(section.fault(
            key,
            &format!(
                "Rust {version} does not compile emitted code; Rust {}.{} is the first",
                RUST_VERSION[0], RUST_VERSION[1]
            ),
        )),
        _ => Ok(()),
    }
}

/// Returns whether a version of Rust compiles emitted code.
fn compiles(version: &str) -> bool {
    let numbers: Option<Vec<u32>> = version.split('.').map(|number| number.parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.len() <= 3 && numbers.as_slice() >= RUST_VERSION.as_slice())
}
