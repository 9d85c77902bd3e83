//! Security schemes of Swagger 2.0
//! ([Security Scheme Object](https://spec.openapis.org/oas/v2.0.html#security-scheme-object)).

use super::{Swagger, is_kept, members, object};
use crate::document::{Kind, Node, Object};

/// The flows of OAuth 2.0, and what OpenAPI 3 calls them.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

impl Swagger<'_> {
    /// Converts a security scheme.
    pub(super) fn security_scheme(&mut self, scheme: &Node) -> Node {
        let Some(fields) = scheme.as_object() else {
            return scheme.clone();
        };
        let mut converted = Object::default();
        let kept = members(scheme).filter(|(key, _)| is_kept(Kind::SwaggerSecurityScheme, Kind::SecurityScheme, key));
        converted.extend(kept.map(|(key, value)| (key.clone(), value.clone())));
        if let Some(type_) = fields.get("type").filter(|node| node.as_str() == Some("basic")) {
            converted.insert("type".to_owned(), Node::string(type_.origin, "http"));
            converted.insert("scheme".to_owned(), Node::string(type_.origin, "basic"));
        }
        if let Some(flow) = fields.get("flow") {
            let name = FLOWS.iter().find(|(known, _)| Some(*known) == flow.as_str());
            let Some((_, name)) = name else {
                let reason = "a flow is `implicit`, `password`, `application` or `accessCode`";
                self.notes.degrade(scheme, "flow", reason);
                return object(scheme.origin, converted);
            };
            let of_flow = ["authorizationUrl", "tokenUrl", "scopes"];
            let of_flow = members(scheme).filter(|(key, _)| of_flow.contains(&key.as_str()));
            let fields = of_flow.map(|(key, value)| (key.clone(), value.clone())).collect();
            let flow = object(flow.origin, fields);
            let flows = Object::from_iter([((*name).to_owned(), flow)]);
            converted.insert("flows".to_owned(), object(scheme.origin, flows));
        }
        object(scheme.origin, converted)
    }
}
