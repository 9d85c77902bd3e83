//! Lowers security requirements: which operations ask for the client's credentials.

use super::Context;
use crate::document::Node;

impl Context<'_> {
    /// Returns whether an operation with these requirements sends a bearer token.
    ///
    /// The alternatives are tried in the document's order; one that a bearer
    /// token satisfies is taken
    /// ([OpenAPI 3.0.4 §4.7.30](https://spec.openapis.org/oas/v3.0.4.html#security-requirement-object)).
    pub(super) fn sends_bearer(&mut self, operation: &Node) -> bool {
        let root = self.root;
        let Some(requirements) = operation.get("security").or_else(|| root.get("security")) else {
            return false;
        };
        let mut is_open = requirements.as_array().is_none_or(<[Node]>::is_empty);
        for alternative in requirements.as_array().into_iter().flatten() {
            let names: Vec<&String> = alternative
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name)
                .collect();
            match names.as_slice() {
                [] => is_open = true,
                [only] if self.is_bearer(only) => return true,
                _ => {}
            }
        }
        if !is_open {
            self.degrade(
                requirements,
                "security",
                "no alternative is a bearer token; the request carries no credentials",
            );
        }
        false
    }

    fn scheme(&self, name: &str) -> Option<&Node> {
        let scheme = self.root.get("components")?.get("securitySchemes")?.get(name)?;
        Some(self.resolve(scheme))
    }

    /// Returns whether the scheme is met by an `Authorization: Bearer` header.
    fn is_bearer(&self, name: &str) -> bool {
        let Some(scheme) = self.scheme(name) else { return false };
        let text = |key| scheme.get(key).and_then(Node::as_str).unwrap_or_default();
        match text("type") {
            "http" => text("scheme").eq_ignore_ascii_case("bearer"),
            "oauth2" | "openIdConnect" => true,
            _ => false,
        }
    }

    /// Returns what the document says of its bearer token.
    pub(super) fn bearer_docs(&self) -> String {
        let schemes = self
            .root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let names: Vec<&String> = schemes
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .collect();
        let bearer = names
            .into_iter()
            .find(|name| self.is_bearer(name))
            .and_then(|name| self.scheme(name));
        let description = bearer
            .and_then(|scheme| scheme.get("description"))
            .and_then(Node::as_str);
        description.unwrap_or_default().trim().to_owned()
    }
}
