//! The runtime of the emitted crate: hand-written files, copied as they are, less the modules that a document does not need.

use std::collections::BTreeMap;

use crate::emit::client::{security, servers};
use crate::emit::operations::pages;
use crate::emit::{Package, Runtime};
use crate::model::{Api, Assertion, Constraints, Content, Expected, Operation, Stream, Type};

/// The files of the runtime by their paths below its `src`, with their text (see `build.rs`).
const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/runtime_sources.rs"));

/// The module by which the runtime finds itself outside of an emitted crate.
const OWN: &str = "runtime";

/// What emitted code takes from the runtime: items of modules that not every document needs are among it.
const CODEGEN: &str = "codegen.rs";

/// Whether a document needs a module.
type Need = fn(&Api) -> bool;

/// The modules that only some documents need, each with what lies in it, and what needs it.
const OPTIONAL: [(&str, Need); 18] = [
    ("auth/basic", security::needs_basic),
    ("auth/oauth2", security::has_flows),
    ("client/media_type", expects_media_types),
    ("pages", pages::are_needed),
    ("pages/link", pages::need_links),
    ("request/encoding", |api| {
        has_body(api, |content| has_form(content) || has_parts(content))
    }),
    ("request/form", |api| has_body(api, has_form)),
    ("request/multipart", |api| has_body(api, has_parts)),
    ("request/server", servers::have_variables),
    ("request/upload", |api| {
        has_body(api, |content| has_parts(content) || *content == Content::Bytes)
    }),
    ("schema/pattern/ecma_script", needs_engine),
    ("stream", has_streams),
    ("stream/bytes", has_bytes),
    ("stream/events", has_events),
    ("stream/json_lines", has_lines),
    ("types/date_time/with_chrono", has_date_types),
    ("types/date_time/with_jiff", has_date_types),
    ("types/date_time/with_time", has_date_types),
];

/// Returns whether the document needs the module at `path`, which `/` separates.
fn is_needed(api: &Api, path: &str) -> bool {
    let holds = |module: &str| {
        path.strip_prefix(module)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    path != OWN
        && OPTIONAL
            .iter()
            .filter(|(module, _)| holds(module))
            .all(|(_, is_needed)| is_needed(api))
}

/// Returns the files of the runtime that the document needs, by path.
pub(in crate::emit) fn sources(api: &Api, package: &Package) -> BTreeMap<String, String> {
    if package.runtime != Runtime::Copied {
        return BTreeMap::new();
    }
    let needed = SOURCES.iter().filter(|(path, _)| is_needed(api, module_of(path)));
    needed
        .map(|(path, source)| {
            let is_needed = |path: &str| is_needed(api, path);
            let (name, text) = match *path {
                "lib.rs" => ("mod.rs", without_modules(source, "", is_needed)),
                _ if path.ends_with("/mod.rs") || *path == CODEGEN => {
                    (*path, without_modules(source, module_of(path), is_needed))
                }
                _ => (*path, (*source).to_owned()),
            };
            (format!("src/runtime/{name}"), text)
        })
        .collect()
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

/// Returns whether any request body holds what `holds` asks for.
fn has_body(api: &Api, holds: impl Fn(&Content) -> bool) -> bool {
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    let mut bodies = operations.filter_map(|operation| operation.body.as_ref());
    bodies.any(|body| holds(&body.content))
}

fn has_form(content: &Content) -> bool {
    matches!(content, Content::Form(form) if !form.is_multipart)
}

fn has_parts(content: &Content) -> bool {
    matches!(content, Content::Form(form) if form.is_multipart) || matches!(content, Content::Parts(_))
}

/// Returns whether any body is streamed.
pub(in crate::emit) fn has_streams(api: &Api) -> bool {
    has_stream(api, |_| true)
}

fn has_bytes(api: &Api) -> bool {
    has_stream(api, |stream| matches!(stream, Stream::Bytes(_)))
}

fn has_lines(api: &Api) -> bool {
    has_stream(api, |stream| matches!(stream, Stream::Lines { .. }))
}

fn has_events(api: &Api) -> bool {
    has_stream(api, |stream| matches!(stream, Stream::Events { .. }))
}

fn has_stream(api: &Api, is_one: impl Fn(&Stream) -> bool) -> bool {
    operations(api).flat_map(Operation::streams).any(is_one)
}

/// Returns whether the decoding of any response depends on its media type.
fn expects_media_types(api: &Api) -> bool {
    operations(api).any(|operation| {
        let others = operation.alternatives.iter().flat_map(|other| &other.success.cases);
        let mut responses = operation
            .success
            .cases
            .iter()
            .chain(&operation.failure.cases)
            .chain(others);
        responses.any(|response| response.expected != Expected::Any)
    })
}

/// Returns whether any value is a date, with a time or without.
pub(in crate::emit) fn has_date_types(api: &Api) -> bool {
    let mut named = api.types.iter().flat_map(|named| named.shape.types());
    let mut arguments = operations(api).flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.type_);
        parameters.chain(operation.body.iter().flat_map(|body| body.content.types()))
    });
    named.any(is_date_type)
        || arguments.any(is_date_type)
        || operations(api).flat_map(Operation::response_types).any(is_date_type)
}

fn is_date_type(type_: &Type) -> bool {
    match type_ {
        Type::DateTime | Type::Date => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => is_date_type(inner),
        _ => false,
    }
}

fn operations(api: &Api) -> impl Iterator<Item = &Operation> + Clone {
    api.resources.iter().flat_map(|resource| &resource.operations)
}

/// Returns whether any pattern of the document takes an engine.
pub(in crate::emit) fn needs_engine(api: &Api) -> bool {
    let types = api.types.iter().map(|named| &named.constraints);
    let operations = operations(api);
    let parameters = operations
        .clone()
        .flat_map(|operation| operation.parameters.iter().map(|parameter| &parameter.constraints));
    let bodies = operations.filter_map(|operation| operation.body.as_ref()?.content.constraints());
    types.chain(parameters).chain(bodies).any(constraints_need_engine)
}

fn constraints_need_engine(constraints: &Constraints) -> bool {
    constraints.0.iter().any(|assertion| match assertion {
        Assertion::Pattern(pattern) => pattern.runs.is_none(),
        Assertion::PatternProperties(subschemas) => subschemas
            .iter()
            .any(|(pattern, constraints)| pattern.runs.is_none() || constraints_need_engine(constraints)),
        other => other.subschemas().into_iter().any(constraints_need_engine),
    })
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
