//! Lowers servers: where the API is.

use super::{Context, docs};
use crate::document::Node;
use crate::model::{Server, ServerVariable};
use crate::names::{self, Namespace};

/// How long a description is that names a server, in words.
const NAME_WORDS: usize = 4;

impl Context<'_> {
    /// Returns the servers whose URLs are absolute, in the document's order, and the URL of the document's first server
    /// with the defaults of its variables, if that is one of them.
    pub(super) fn servers(&mut self) -> (Option<String>, Vec<Server>) {
        let root = self.root;
        let nodes = root.get("servers").and_then(Node::as_array).unwrap_or_default();
        let (mut types, mut constants) = (Namespace::default(), Namespace::default());
        let (mut first, mut servers) = (None, Vec::new());
        for (index, node) in nodes.iter().enumerate() {
            let Some(mut server) = lower(node) else { continue };
            let usual = with_defaults(&server);
            if usual.contains('{') {
                self.degrade(node, "url", "it has a variable that is not declared");
                continue;
            }
            // One that is relative leads nowhere, for it is not known where the document was.
            if !usual.starts_with("http") {
                continue;
            }
            let words = server_words(&server);
            server.name = if server.variables.is_empty() {
                server.url.clone_from(&usual);
                let name = names::static_name(&names::type_name(&words), "SERVER");
                constants.take(&name, &words)
            } else {
                types.take(&names::type_name(&words), &words)
            };
            if index == 0 {
                first = Some(usual);
            }
            servers.push(server);
        }
        (first, servers)
    }
}

/// Lowers a server, but for its name.
fn lower(node: &Node) -> Option<Server> {
    let url = node.get("url")?.as_str()?.to_owned();
    let declared = node.get("variables").and_then(Node::as_object);
    let mut fields = Namespace::default();
    // The methods of the type, and those of the traits that it has.
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
    Some(Server {
        name: String::new(),
        url: url.trim_end_matches('/').to_owned(),
        variables,
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

/// Returns the words that name a server: its description where that is no more than a name, else its URL.
fn server_words(server: &Server) -> String {
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
