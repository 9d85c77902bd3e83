//! Lowers servers: the base URLs of the API.

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::Node;
use crate::lower::context::{Context, docs};
use crate::model::{Resource, Server, ServerVariable};
use crate::names::{self, Namespace};
use crate::source::Pointer;

/// The maximum number of words of a description that names a server.
const NAME_WORDS: usize = 4;

/// The servers of the document, and their names.
#[derive(Default)]
pub(in crate::lower) struct Servers {
    types: Namespace,
    constants: Namespace,
    /// The URL of the document's first server with the defaults of its variables, if that is absolute.
    first: Option<String>,
    list: Vec<Server>,
}

impl Servers {
    /// Lowers the servers of the document.
    pub(in crate::lower) fn declare(&mut self, cx: &mut Context<'_>) {
        let nodes = cx.root.get("servers").and_then(Node::as_array).unwrap_or_default();
        for (index, node) in nodes.iter().enumerate() {
            let Some((server, usual)) = server(cx, node, false) else {
                continue;
            };
            // A relative URL cannot be resolved: the URL of the document is unknown.
            if !is_absolute(&usual) {
                continue;
            }
            if index == 0 {
                self.first = Some(usual.clone());
            }
            self.add(server, &usual, false);
        }
    }

    /// Returns the first server that an operation or its path item declares: a URL, or a path from the origin of
    /// the base URL. The servers of an operation replace those of its path item
    /// ([OpenAPI 3.1.1 §4.8.9](https://spec.openapis.org/oas/v3.1.1.html#path-item-object)).
    pub(in crate::lower) fn own_server(
        &mut self,
        cx: &mut Context<'_>,
        item: &Node,
        operation: &Node,
    ) -> Option<String> {
        let lists = [operation, item].map(|node| node.get("servers").and_then(Node::as_array).unwrap_or_default());
        let nodes = lists.into_iter().find(|nodes| !nodes.is_empty())?;
        let mut first = None;
        for node in nodes {
            let Some((server, usual)) = server(cx, node, true) else {
                continue;
            };
            let is_relative = !is_absolute(&usual);
            if is_relative && (!server.url.starts_with('/') && !server.url.is_empty() || server.url.starts_with("//")) {
                skip(
                    cx,
                    node,
                    "it is neither an http or https URL nor an absolute path",
                    true,
                );
                continue;
            }
            if first.is_none() {
                first = Some(usual.clone());
            }
            if !is_relative {
                self.add(server, &usual, true);
            }
        }
        first
    }

    /// Returns the base URL of the document, and all servers. If the document has none and every operation has a server
    /// of its own, the base URL is that of most operations. The operations at the base URL need no server of their own.
    pub(in crate::lower) fn finish(self, resources: &mut [Resource]) -> (Option<String>, Vec<Server>) {
        let mut servers = self;
        let operations = || resources.iter().flat_map(|resource| &resource.operations);
        if servers.first.is_none() && operations().all(|operation| operation.server.is_some()) {
            let mut counts: Vec<(&str, usize)> = Vec::new();
            for url in operations().filter_map(|operation| operation.server.as_deref()) {
                match counts.iter_mut().find(|(known, _)| *known == url) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((url, 1)),
                }
            }
            counts.retain(|(url, _)| is_absolute(url));
            let most = counts.iter().rev().max_by_key(|(_, count)| *count);
            servers.first = most.map(|(url, _)| (*url).to_owned());
            // The server of the base URL is the first of the list.
            let place = servers.list.iter().position(|server| server.own == servers.first);
            let end = place.map_or(0, |place| place + 1);
            servers.list[..end].rotate_right(1.min(end));
        }
        for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
            operation.server = operation
                .server
                .take()
                .filter(|url| servers.first.as_ref() != Some(url));
        }
        let operations = || resources.iter().flat_map(|resource| &resource.operations);
        for server in &mut servers.list {
            let is_own = |url: &String| operations().any(|operation| operation.server.as_ref() == Some(url));
            server.own = server.own.take().filter(is_own);
        }
        (servers.first, servers.list)
    }
}

impl Servers {
    /// Adds a server, unless the list has it. `is_own` says whether it is the server of an operation.
    fn add(&mut self, mut server: Server, usual: &str, is_own: bool) {
        if server.variables.is_empty() {
            usual.clone_into(&mut server.url);
        }
        let own = is_own.then(|| usual.to_owned());
        if let Some(known) = self.list.iter_mut().find(|known| is_own && is_same(known, &server)) {
            known.own = own;
            return;
        }
        server.own = own;
        let words = server_words(&server);
        server.name = if server.variables.is_empty() {
            let name = names::static_name(&names::type_name(&words), "SERVER");
            self.constants.take(&name, &words)
        } else {
            self.types.take(&names::type_name(&words), &words)
        };
        self.list.push(server);
    }
}

/// Returns a server, with the name of the document alone, and its URL with the defaults of its variables.
fn server(cx: &mut Context<'_>, node: &Node, is_own: bool) -> Option<(Server, String)> {
    let server = lower(node)?;
    let usual = with_defaults(&server);
    let fault = if usual.contains('{') {
        "it has a variable that is not declared"
    } else if usual.contains(['?', '#']) || usual.contains(char::is_whitespace) {
        "it is not a base URL: it has a query, a fragment or white space"
    } else {
        return Some((server, usual));
    };
    skip(cx, node, fault, is_own);
    None
}

/// Reports that a server is skipped. If it is the server of an operation, requests use another one, which is a
/// diagnostic and not only a line in the ledger.
fn skip(cx: &mut Context<'_>, node: &Node, reason: &str, is_own: bool) {
    if !is_own {
        cx.degrade(node, "url", reason);
        return;
    }
    let url = node.get("url").unwrap_or(node);
    let message = format!("the server is skipped, and its operations use the next one or the base URL: {reason}");
    cx.report(
        Diagnostic::degraded("server-skipped", url.origin, Pointer::root(), message)
            .with_help("write an absolute URL, or a path that starts with `/`, and declare its variables")
            .with_fix(Fix::RemoveHolder),
    );
}

/// Returns whether two servers have the same URL and variables; descriptions are ignored.
fn is_same(left: &Server, right: &Server) -> bool {
    let variables = left.variables.iter().zip(&right.variables);
    let same = |left: &ServerVariable, right: &ServerVariable| {
        (&left.name, &left.default, &left.values) == (&right.name, &right.default, &right.values)
    };
    left.url == right.url
        && left.variables.len() == right.variables.len()
        && variables.into_iter().all(|(left, right)| same(left, right))
}

fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// Lowers a server; it has the name that the document gives it
/// ([OpenAPI 3.2 §4.6](https://spec.openapis.org/oas/v3.2.0.html#server-object)).
fn lower(node: &Node) -> Option<Server> {
    let url = node.get("url")?.as_str()?.to_owned();
    let declared = node.get("variables").and_then(Node::as_object);
    let mut fields = Namespace::default();
    // The methods of the type, and those of the traits that it implements.
    for method in ["url", "clone", "default", "fmt", "eq"] {
        fields.reserve(method);
    }
    let mut variables: Vec<ServerVariable> = Vec::new();
    let mut rest = url.as_str();
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        rest = after;
        let is_known = variables.iter().any(|variable| variable.name == name);
        let Some(variable) = declared.and_then(|declared| declared.get(name)).filter(|_| !is_known) else {
            continue;
        };
        let text = |node: &Node| node.as_str().map_or_else(|| node.to_string(), str::to_owned);
        let values = variable.get("enum").and_then(Node::as_array).unwrap_or_default();
        variables.push(ServerVariable {
            name: name.to_owned(),
            field: fields.take(&names::field_name(name), name),
            default: variable.get("default").map(text).unwrap_or_default(),
            values: values.iter().map(text).collect(),
            docs: crate::model::Docs {
                default: None,
                ..docs(variable)
            },
        });
    }
    let name = node.get("name").and_then(Node::as_str).unwrap_or_default();
    Some(Server {
        name: name.trim().to_owned(),
        url: url.trim_end_matches('/').to_owned(),
        variables,
        own: None,
        docs: docs(node),
    })
}

/// Returns the URL of a server with the defaults of its variables.
fn with_defaults(server: &Server) -> String {
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
    }
    url.trim_end_matches('/').to_owned()
}

/// Returns the words that name a server: its name, its description if that is short, else its URL.
fn server_words(server: &Server) -> String {
    if !server.name.is_empty() {
        return server.name.clone();
    }
    let description = server.docs.text.trim_end_matches('.');
    let words = description.split_whitespace().count();
    if (1..=NAME_WORDS).contains(&words) && !description.contains("://") {
        return description.to_owned();
    }
    let url = server
        .url
        .split_once("://")
        .map_or(server.url.as_str(), |(_, rest)| rest);
    url.to_owned()
}
