//! The features of the manifest.

use toml_edit::{Array, Decor, Key, Table, value};

use crate::emit::package::manifest;
use crate::emit::target::RUNTIME;
use crate::emit::{Package, Runtime};
use crate::model::{ApiPart, Feature, Need, Needs};

/// A feature of the runtime: what it is for, and what it turns on.
struct RuntimeFeature {
    name: &'static str,
    words: &'static str,
    /// The features and dependencies of the crate itself.
    enables: &'static [&'static str],
    /// The dependencies that only the runtime names.
    internal: &'static [&'static str],
}

/// The features of the runtime that are on by default.
pub(in crate::emit) const DEFAULT: [&str; 2] = ["reqwest", "serde"];

const FEATURES: [RuntimeFeature; 7] = [
    RuntimeFeature {
        name: "async",
        words: "Async `send`, over a transport that the caller provides.",
        enables: &["client"],
        internal: &["dep:futures-core"],
    },
    RuntimeFeature {
        name: "blocking",
        words: "`send_blocking`, over ureq and rustls with the ring provider.",
        enables: &["client"],
        internal: &["dep:rustls", "dep:rustls-platform-verifier", "dep:ureq"],
    },
    RuntimeFeature {
        name: "client",
        words: "Shared by both kinds of client. Has no use by itself.",
        enables: &[],
        internal: &["dep:httpdate"],
    },
    RuntimeFeature {
        name: "mock",
        words: "A server within the process, for the tests of callers.",
        enables: &["async"],
        internal: &[],
    },
    RuntimeFeature {
        name: "reqwest",
        words: "Async `send`, over reqwest and rustls with the ring provider.",
        enables: &["async"],
        internal: &[
            "dep:http-body",
            "dep:reqwest",
            "dep:rustls",
            "dep:rustls-platform-verifier",
            "dep:tokio",
        ],
    },
    RuntimeFeature {
        name: "serde",
        words: "`Serialize` and `Deserialize` for every type of the document.",
        enables: &["dep:serde"],
        internal: &[],
    },
    RuntimeFeature {
        name: "tracing",
        words: "Events of `tracing` for every attempt of a call.",
        enables: &[],
        internal: &["dep:tracing"],
    },
];

/// The features of crates whose documents have dates and times.
const DATE_FEATURES: [RuntimeFeature; 3] = [
    RuntimeFeature {
        name: "chrono",
        words: "Dates and times to and from the types of chrono.",
        enables: &[],
        internal: &["dep:chrono"],
    },
    RuntimeFeature {
        name: "jiff",
        words: "Dates and times to and from the types of jiff.",
        enables: &[],
        internal: &["dep:jiff"],
    },
    RuntimeFeature {
        name: "time",
        words: "Dates and times to and from the types of time.",
        enables: &[],
        internal: &["dep:time"],
    },
];

/// Returns the features of the runtime.
fn of_runtime(needs: &Needs) -> impl Iterator<Item = RuntimeFeature> {
    let date_features = needs.has(Need::Dates).then_some(DATE_FEATURES);
    FEATURES.into_iter().chain(date_features.into_iter().flatten())
}

/// Returns the name of each feature of the runtime, and what it is for.
pub(in crate::emit) fn documented(needs: &Needs) -> impl Iterator<Item = (&'static str, &'static str)> {
    of_runtime(needs).map(|feature| (feature.name, feature.words))
}

/// Returns the table `features`: those of the runtime, and the parts of the document.
pub(in crate::emit) fn table(needs: &Needs, parts: &[Feature], package: &Package) -> Table {
    let mut table = Table::new();
    let defaults = parts.iter().filter(|feature| feature.part.is_default());
    let default = DEFAULT.into_iter().chain(defaults.map(|feature| feature.name.as_str()));
    table.insert("default", value(lines(default.collect())));
    for feature in of_runtime(needs) {
        insert(
            &mut table,
            feature.name,
            feature.words,
            enabled(needs, package, &feature),
        );
    }
    for Feature { name, part } in parts {
        let words = match part {
            ApiPart::Resource(module) => &format!("`operations::{module}`, and its types."),
            ApiPart::Webhooks => {
                "The module `webhooks`, which decodes the requests of webhooks and callbacks, and their types."
            }
            ApiPart::Unreferenced => "The types that no operation, webhook or callback refers to.",
        };
        insert(&mut table, name, words, Array::new());
    }
    table
}

/// Inserts a feature, with what it is for.
fn insert(table: &mut Table, name: &str, words: &str, enabled: Array) {
    let comment = Decor::new(format!("# {words}\n"), " ");
    table.insert_formatted(&Key::new(name).with_leaf_decor(comment), value(enabled));
}

/// Returns the names as a list, in lines of at most 100 columns if it does not fit in the line of its key.
fn lines(names: Vec<&str>) -> Array {
    const WIDTH: usize = 100;
    let mut array = names.iter().copied().collect::<Array>();
    if names.iter().map(|name| name.len() + 4).sum::<usize>() <= WIDTH - "default = []".len() {
        return array;
    }
    let mut column = WIDTH;
    for (value, name) in array.iter_mut().zip(names) {
        let length = name.len() + 3;
        let starts_line = column + 1 + length > WIDTH;
        column = if starts_line { 4 + length } else { column + 1 + length };
        value.decor_mut().set_prefix(if starts_line { "\n    " } else { " " });
    }
    array.set_trailing_comma(true);
    array.set_trailing("\n");
    array
}

/// Returns what a feature turns on.
fn enabled(needs: &Needs, package: &Package, feature: &RuntimeFeature) -> Array {
    let mut enabled: Array = feature.enables.iter().copied().collect();
    if package.runtime != Runtime::Copied {
        enabled.push(format!("{RUNTIME}/{}", feature.name));
        return enabled;
    }
    let is_there = |name: &&str| {
        name.strip_prefix("dep:")
            .is_none_or(|name| manifest::has_dependency(needs, name))
    };
    enabled.extend(feature.internal.iter().copied().filter(is_there));
    // Calls that need a token at the same time wait for one of them to obtain it.
    if feature.name == "async" && needs.has(Need::OAuth2) {
        enabled.push("dep:tokio");
    }
    enabled
}

#[cfg(test)]
mod tests {
    use super::{DATE_FEATURES, FEATURES, lines};
    use crate::{Input, Options, generate};

    #[test]
    fn no_resource_has_the_name_of_a_feature_of_the_runtime() {
        for feature in FEATURES.iter().chain(&DATE_FEATURES) {
            let name = feature.name;
            let operation = "responses: {'204': {description: Done.}}";
            let text = format!(
                "{{openapi: 3.1.0, info: {{title: T, version: '1'}}, paths: {{\
                 /a: {{get: {{tags: [{name}], {operation}}}}}, /b: {{get: {{tags: [other], {operation}}}}}}}}}"
            );
            let input = Input {
                name: "openapi.yaml",
                text: &text,
                overlays: &[],
            };
            let files = generate(&input, &Options::new("named")).output.unwrap().files;
            assert!(
                files["Cargo.toml"].contains(&format!("\n{name}_operations = []\n")),
                "{}",
                files["Cargo.toml"]
            );
        }
    }

    #[test]
    fn many_features_stand_in_several_lines() {
        let short = ["reqwest", "serde", "pets"];
        assert_eq!(lines(short.to_vec()).to_string(), r#"["reqwest", "serde", "pets"]"#);
        let long = ["a_name_of_twenty_four_en"; 9];
        let text = format!("default = {}", lines(long.to_vec()));
        assert_eq!(text.lines().count(), 5, "{text}");
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
        assert!(text.ends_with(",\n]"), "{text}");
    }
}
