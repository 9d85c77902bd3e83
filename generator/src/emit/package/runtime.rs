//! The runtime of the emitted crate: hand-written files, copied as they are, less the modules that a document does not need.

use std::collections::BTreeMap;

use crate::emit::{Package, Runtime};
use crate::model::{Api, Need, Needs};

/// The files of the runtime by their paths below its `src`, with their text (see `build.rs`).
const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/runtime_sources.rs"));

/// The root of the runtime.
const ROOT: &str = "lib.rs";

/// The module by which the runtime finds itself outside of an emitted crate.
const OWN: &str = "runtime";

/// What emitted code takes from the runtime: items of modules that not every document needs are among it.
const CODEGEN: &str = "codegen.rs";

/// The modules that only some documents need, each with what lies in it.
const OPTIONAL: [(&str, Need); 20] = [
    ("auth/basic", Need::Basic),
    ("auth/oauth2", Need::OAuth2),
    ("client/header", Need::Headers),
    ("client/media_type", Need::MediaTypes),
    ("client/webhook", Need::Webhooks),
    ("pages", Need::Pages),
    ("pages/link", Need::Links),
    ("request/encoding", Need::Encoding),
    ("request/form", Need::Form),
    ("request/multipart", Need::Multipart),
    ("request/server", Need::ServerVariables),
    ("request/upload", Need::Upload),
    ("schema/pattern/ecma_script", Need::PatternEngine),
    ("stream", Need::Streams),
    ("stream/bytes", Need::ByteStreams),
    ("stream/events", Need::EventStreams),
    ("stream/json_lines", Need::LineStreams),
    ("types/date_time/with_chrono", Need::Dates),
    ("types/date_time/with_jiff", Need::Dates),
    ("types/date_time/with_time", Need::Dates),
];

/// Returns whether the module at `path`, which `/` separates, is needed.
fn is_needed(needs: &Needs, path: &str) -> bool {
    let holds = |module: &str| {
        path.strip_prefix(module)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    OPTIONAL
        .iter()
        .filter(|(module, _)| holds(module))
        .all(|(_, need)| needs.has(*need))
}

/// Returns the files of the runtime that the document needs, by path.
pub(in crate::emit) fn sources(api: &Api, package: &Package) -> BTreeMap<String, String> {
    if package.runtime != Runtime::Copied {
        return BTreeMap::new();
    }
    let files = files(|path| path != OWN && is_needed(&api.needs, path));
    files
        .map(|(path, text)| match path {
            ROOT => ("src/runtime/mod.rs".to_owned(), text),
            _ => (format!("src/runtime/{path}"), text),
        })
        .collect()
}

/// Returns the sources of a crate with the runtime alone, with the modules that are needed, by path.
pub(in crate::emit) fn crate_sources(needs: &Needs) -> BTreeMap<String, String> {
    let files = files(|path| is_needed(needs, path));
    files.map(|(path, text)| (format!("src/{path}"), text)).collect()
}

/// Returns the files of the modules that are needed, by their paths below `src`.
fn files(is_needed: impl Fn(&str) -> bool) -> impl Iterator<Item = (&'static str, String)> {
    SOURCES.iter().filter_map(move |(path, source)| {
        let module = module_of(path);
        let text = match *path {
            ROOT => without_modules(source, "", &is_needed),
            _ if !is_needed(module) => return None,
            _ if path.ends_with("/mod.rs") || *path == CODEGEN => without_modules(source, module, &is_needed),
            _ => (*source).to_owned(),
        };
        Some((*path, text))
    })
}

/// Returns the path of the module that a file is.
fn module_of(path: &str) -> &str {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    path.strip_suffix("/mod").unwrap_or(path)
}

/// Returns the text of the module `module` without the declarations of modules that are not needed, and without what
/// it takes from them.
///
/// The runtime is laid out by rustfmt: a declaration is one line, a `use` ends with the first semicolon, and attributes stand
/// in the lines before.
fn without_modules(text: &str, module: &str, is_needed: impl Fn(&str) -> bool) -> String {
    let below = |path: &str| match module {
        "" => path.to_owned(),
        _ => format!("{module}/{path}"),
    };
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n');
    let mut attributes = String::new();
    while let Some(line) = lines.next() {
        if line.starts_with("#[cfg(") {
            attributes.push_str(line);
            continue;
        }
        let mut statement = line.to_owned();
        let declared = declared_module(line).map(&below);
        let used = line
            .strip_prefix("pub use self::")
            .map(&below)
            .or_else(|| line.strip_prefix("pub use crate::runtime::").map(str::to_owned));
        while used.is_some() && !statement.trim_end().ends_with(';') {
            statement.push_str(lines.next().unwrap_or(";"));
        }
        let module = declared.or_else(|| used.map(|path| path.replace("::", "/")));
        if module.is_none_or(|path| is_needed(&path)) {
            kept.push_str(&attributes);
            kept.push_str(&statement);
        }
        attributes.clear();
    }
    kept
}

/// Returns the module that a line declares.
fn declared_module(line: &str) -> Option<&str> {
    let line = ["pub ", "pub(crate) "]
        .iter()
        .find_map(|visibility| line.strip_prefix(visibility))
        .unwrap_or(line);
    line.strip_prefix("mod ")?.trim_end().strip_suffix(';')
}

#[cfg(test)]
mod tests {
    use super::{OPTIONAL, OWN, SOURCES, module_of, without_modules};

    #[test]
    fn every_optional_module_exists() {
        for (module, _) in OPTIONAL {
            assert!(SOURCES.iter().any(|(path, _)| module_of(path) == module), "{module}");
        }
        assert!(SOURCES.iter().any(|(path, _)| module_of(path) == OWN));
    }

    #[test]
    fn what_is_taken_from_a_module_goes_with_it() {
        let text = "//! Text.\n\npub mod a;\n#[cfg(feature = \"x\")]\npub(crate) mod b;\nmod c;\n\n#[cfg(feature = \"x\")]\npub use \
                    self::b::{\n    X,\n    Y,\n};\npub use self::c::d::Z;\n\n#[cfg(feature = \"x\")]\nfn f() {}\n";
        let root = without_modules(text, "", |path| !path.starts_with('b'));
        assert_eq!(
            root,
            "//! Text.\n\npub mod a;\nmod c;\n\npub use self::c::d::Z;\n\n#[cfg(feature = \"x\")]\nfn f() {}\n"
        );
        let within = without_modules(text, "w", |path| path != "w/c" && !path.starts_with("w/c/"));
        assert!(within.contains("mod b;") && !within.contains("mod c;") && !within.contains('Z'));
    }
}
