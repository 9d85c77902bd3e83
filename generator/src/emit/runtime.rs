//! The runtime of the emitted crate: hand-written files, copied as they are.

use std::collections::BTreeMap;

use syn::{Item, UseTree};

use super::{Package, Runtime, SourceFile, pages, security, servers};
use crate::model::{Api, Assertion, Content, Expected, Operation, Rule, Stream, Type};

macro_rules! sources {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/src/", $name, ".rs")))),*]
    };
}

/// The modules of the runtime, but for its root.
const SOURCES: &[(&str, &str)] = sources![
    "any_error",
    "authorizer",
    "base",
    "basic",
    "blocking",
    "body",
    "bridge",
    "byte_reader",
    "byte_stream",
    "call",
    "client",
    "clock",
    "codec",
    "decimal",
    "described",
    "ecma",
    "encoded",
    "encoding",
    "error",
    "event_parser",
    "event_reader",
    "event_stream",
    "events",
    "exchange",
    "failure",
    "fault",
    "flow",
    "form",
    "format",
    "format_host",
    "format_uri",
    "instant",
    "interceptor",
    "json",
    "json_lines",
    "kind",
    "line_reader",
    "line_stream",
    "literal",
    "map",
    "map_index",
    "maybe",
    "media_type",
    "member",
    "mock",
    "mock_reply",
    "moment",
    "moment_chrono",
    "moment_jiff",
    "moment_time",
    "multipart",
    "number",
    "oauth2",
    "oauth2_tokens",
    "operation",
    "options",
    "over_reqwest",
    "over_ureq",
    "pages",
    "pages_blocking",
    "pages_link",
    "pages_stream",
    "parameter",
    "pattern",
    "payload",
    "percent",
    "reader",
    "redirect",
    "retry",
    "scalar",
    "schema",
    "security",
    "server",
    "setup",
    "style",
    "text",
    "tls",
    "tomorrow",
    "trace",
    "transport",
    "union",
    "upload",
    "validate",
    "validate_array",
    "validate_branch",
    "validate_marks",
    "validate_object",
    "validate_plain",
    "validate_report",
    "view",
    "wrapper",
    "writer",
];

const ROOT: &str = include_str!("../../runtime/src/lib.rs");

/// Whether a document needs a module.
type Need = fn(&Api) -> bool;

/// The modules that only some documents need, each with what needs it.
const OPTIONAL: [(&str, Need); 27] = [
    ("basic", security::needs_basic),
    ("byte_reader", has_bytes),
    ("byte_stream", has_bytes),
    ("ecma", needs_engine),
    ("encoding", |api| {
        has_body(api, |content| has_form(content) || has_parts(content))
    }),
    ("event_parser", has_events),
    ("event_reader", has_events),
    ("event_stream", has_events),
    ("events", has_events),
    ("flow", has_streams),
    ("form", |api| has_body(api, has_form)),
    ("json_lines", has_lines),
    ("line_reader", has_lines),
    ("line_stream", has_lines),
    ("media_type", expects_media_types),
    ("moment_chrono", has_moments),
    ("moment_jiff", has_moments),
    ("moment_time", has_moments),
    ("multipart", |api| has_body(api, has_parts)),
    ("oauth2", security::has_flows),
    ("oauth2_tokens", security::has_flows),
    ("pages", pages::are_needed),
    ("pages_blocking", pages::are_needed),
    ("pages_link", pages::need_links),
    ("pages_stream", pages::are_needed),
    ("server", servers::have_variables),
    ("upload", |api| {
        has_body(api, |content| has_parts(content) || *content == Content::Bytes)
    }),
];

/// Returns whether the document needs the module `name`.
fn is_needed(api: &Api, name: &str) -> bool {
    let optional = OPTIONAL.iter().find(|(module, _)| *module == name);
    optional.is_none_or(|(_, is_needed)| is_needed(api))
}

/// Returns the sources of the runtime's modules, by path.
pub(super) fn sources(api: &Api, package: &Package) -> BTreeMap<String, String> {
    if package.runtime != Runtime::Copied {
        return BTreeMap::new();
    }
    let needed = SOURCES.iter().filter(|(name, _)| is_needed(api, name));
    needed
        .map(|(name, source)| (format!("src/runtime/{name}.rs"), (*source).to_owned()))
        .collect()
}

/// Returns `runtime/mod.rs`: the runtime's root, less the modules that are not needed.
pub(super) fn module_list(api: &Api, package: &Package) -> Option<SourceFile> {
    if package.runtime != Runtime::Copied {
        return None;
    }
    // The root is part of this crate; that it parses is tested below.
    let root = syn::parse_file(ROOT).ok()?;
    let has_engine = needs_engine(api);
    let docs = root.attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value().trim_start().to_owned()),
            _ => None,
        },
        _ => None,
    });
    let docs = vec![docs.collect::<Vec<_>>().join("\n")];
    let items = root.items.into_iter().filter_map(|item| match item {
        Item::Mod(module) if !is_needed(api, &module.ident.to_string()) => None,
        Item::Use(tree) if module_of(&tree.tree).is_some_and(|name| !is_needed(api, &name)) => None,
        Item::Use(mut tree) if !has_engine => {
            drop_engine(&mut tree.tree);
            Some(Item::Use(tree))
        }
        other => Some(other),
    });
    Some(SourceFile {
        path: "runtime/mod.rs".to_owned(),
        docs,
        attributes: Vec::new(),
        items: items.collect(),
    })
}

/// Returns the module of the runtime that a `use` takes from.
fn module_of(tree: &UseTree) -> Option<String> {
    match tree {
        UseTree::Path(path) if path.ident == "self" => match &*path.tree {
            UseTree::Path(module) => Some(module.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Removes the engine's macro from a list of `use`s.
fn drop_engine(tree: &mut UseTree) {
    match tree {
        UseTree::Path(path) => drop_engine(&mut path.tree),
        UseTree::Group(group) => {
            let items = std::mem::take(&mut group.items);
            let kept = items
                .into_iter()
                .filter(|item| !matches!(item, UseTree::Rename(rename) if rename.rename == "engine"));
            group.items = kept.collect();
        }
        _ => {}
    }
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

/// Returns whether any body is taken while it comes in.
pub(super) fn has_streams(api: &Api) -> bool {
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

/// Returns whether the media type of any reply decides whether it is read.
fn expects_media_types(api: &Api) -> bool {
    operations(api).any(|operation| {
        let others = operation.alternatives.iter().flat_map(|other| &other.success.cases);
        let mut replies = operation
            .success
            .cases
            .iter()
            .chain(&operation.failure.cases)
            .chain(others);
        replies.any(|reply| reply.expected != Expected::Any)
    })
}

/// Returns whether any value is a date, with a time or without.
pub(super) fn has_moments(api: &Api) -> bool {
    let mut named = api.types.iter().flat_map(|named| named.shape.types());
    let mut arguments = operations(api).flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.type_);
        parameters.chain(operation.body.iter().flat_map(|body| body.content.types()))
    });
    named.any(is_moment) || arguments.any(is_moment) || operations(api).flat_map(Operation::reply_types).any(is_moment)
}

fn is_moment(type_: &Type) -> bool {
    match type_ {
        Type::DateTime | Type::Date => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => is_moment(inner),
        _ => false,
    }
}

fn operations(api: &Api) -> impl Iterator<Item = &Operation> + Clone {
    api.resources.iter().flat_map(|resource| &resource.operations)
}

/// Returns whether any pattern of the document takes an engine.
pub(super) fn needs_engine(api: &Api) -> bool {
    let types = api.types.iter().map(|named| &named.rule);
    let operations = operations(api);
    let parameters = operations
        .clone()
        .flat_map(|operation| operation.parameters.iter().map(|parameter| &parameter.rule));
    let bodies = operations.filter_map(|operation| operation.body.as_ref()?.content.rule());
    types.chain(parameters).chain(bodies).any(rule_needs_engine)
}

fn rule_needs_engine(rule: &Rule) -> bool {
    rule.0.iter().any(|assertion| match assertion {
        Assertion::Pattern(pattern) => pattern.runs.is_none(),
        Assertion::PatternProperties(rules) => rules
            .iter()
            .any(|(pattern, rule)| pattern.runs.is_none() || rule_needs_engine(rule)),
        other => other.rules().into_iter().any(rule_needs_engine),
    })
}

#[cfg(test)]
mod tests {
    use super::{ROOT, SOURCES};

    #[test]
    fn the_root_lists_every_source() {
        let root = syn::parse_file(ROOT).unwrap();
        let mut modules: Vec<String> = root
            .items
            .iter()
            .filter_map(|item| match item {
                syn::Item::Mod(module) => Some(module.ident.to_string()),
                _ => None,
            })
            .collect();
        modules.sort();
        assert_eq!(modules, SOURCES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
