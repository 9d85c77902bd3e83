//! Servers: `schemes`, `host` and `basePath`
//! ([Swagger Object](https://spec.openapis.org/oas/v2.0.html#fixed-fields)).

use super::{Swagger, object};
use crate::document::{Node, Object, Value};

impl Swagger<'_> {
    /// Returns the servers of the document, as a field of the OpenAPI Object.
    pub(super) fn servers(&mut self) -> Option<(String, Node)> {
        let document = self.document;
        let schemes = document.get("schemes");
        let urls = self.urls(document, schemes)?;
        let at = document.get("host").or(document.get("basePath")).unwrap_or(document);
        Some(("servers".to_owned(), list(at, urls)))
    }

    /// Returns the servers of an operation that names schemes of its own, if they are others than those of the document.
    pub(super) fn servers_of_operation(&mut self, operation: &Node) -> Option<(String, Node)> {
        let schemes = operation.get("schemes")?;
        if self.document.get("host").is_none() {
            let reason = "the document names no `host`, so the base URL has the scheme";
            self.notes.ignore(operation, "schemes", reason);
            return None;
        }
        let urls = self.urls(operation, Some(schemes))?;
        let known = url_scheme(self.document.get("schemes"));
        (url_scheme(Some(schemes)) != known).then(|| ("servers".to_owned(), list(schemes, urls)))
    }

    /// Returns the URL of the server by the schemes that `holder` has, if there is any.
    fn urls(&mut self, holder: &Node, schemes: Option<&Node>) -> Option<String> {
        let text = |key| {
            let text = self.document.get(key).and_then(Node::as_str).unwrap_or_default().trim();
            text.trim_end_matches('/').to_owned()
        };
        let (host, path) = (text("host"), text("basePath"));
        let scheme = url_scheme(schemes);
        self.note_schemes(holder, schemes, scheme);
        let path = if path.is_empty() || path.starts_with('/') {
            path
        } else {
            format!("/{path}")
        };
        match (host.split_once("://"), scheme) {
            _ if host.is_empty() => (!path.is_empty()).then_some(path),
            (Some((own, host)), _) if schemes.is_none() => Some(format!("{own}://{host}{path}")),
            (Some((_, host)), Some(scheme)) => Some(format!("{scheme}://{host}{path}")),
            (None, Some(scheme)) => Some(format!("{scheme}://{host}{path}")),
            (_, None) => None,
        }
    }

    /// Notes the schemes that no server has.
    fn note_schemes(&mut self, holder: &Node, schemes: Option<&Node>, chosen: Option<&str>) {
        let Some(schemes) = schemes else { return };
        let Some(list) = schemes.as_array() else {
            self.notes
                .degrade(holder, "schemes", "it is a list of `http`, `https`, `ws` and `wss`");
            return;
        };
        for (index, scheme) in list.iter().enumerate() {
            let index = index.to_string();
            match scheme.as_str() {
                name if name.is_some() && name == chosen => {}
                Some("http") => {
                    let reason = "the server is reached by `https` too, which is used";
                    self.notes.ignore(schemes, &index, reason);
                }
                _ => self.notes.degrade(schemes, &index, "requests are sent by HTTP"),
            }
        }
    }
}

/// Returns the scheme of URLs: `https`, where it is one of several or none is named.
fn url_scheme(schemes: Option<&Node>) -> Option<&'static str> {
    let Some(list) = schemes.and_then(Node::as_array).filter(|list| !list.is_empty()) else {
        return Some("https");
    };
    let has = |name: &str| list.iter().any(|node| node.as_str() == Some(name));
    ["https", "http"].into_iter().find(|name| has(name))
}

fn list(at: &Node, url: String) -> Node {
    let url = Node::string(at.origin, url);
    let server = object(at.origin, Object::from_iter([("url".to_owned(), url)]));
    Node::new(at.origin, Value::Array(vec![server]))
}
