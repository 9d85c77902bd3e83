//! Lowers security schemes and requirements.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase as _;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::nearest;
use crate::document::{Kind, Node};
use crate::lower::context::{Context, docs};
use crate::lower::token::is_token;
use crate::model::{Flow, Flows, Location, Resource, Scheme, SchemeKind};
use crate::names::{self, Namespace};
use crate::source::Pointer;

/// The methods of the builder; the setter of a scheme cannot have their names.
const BUILDER_METHODS: [&str; 18] = [
    "request_defaults",
    "base_url",
    "blocking_transport",
    "build",
    "build_blocking",
    "clock",
    "clone",
    "connect_timeout",
    "default",
    "fmt",
    "from_env",
    "header",
    "interceptor",
    "mock",
    "options",
    "timeout",
    "timer",
    "transport",
];

/// The security schemes of the document.
#[derive(Default)]
pub(super) struct Security {
    declared: BTreeMap<String, Credentials<Box<Scheme>>>,
    /// The scopes that operations require, by the name of the scheme.
    scopes: BTreeMap<String, BTreeSet<String>>,
}

/// The credentials of a scheme, with `T` for those that requests carry.
enum Credentials<T> {
    /// Requests carry them.
    OfRequest(T),
    /// The connection proves who the client is, not the request.
    OfConnection,
    /// They are not supported, or the scheme is invalid.
    Unusable,
}

impl Security {
    /// Lowers the schemes, by name.
    pub(super) fn declare(&mut self, cx: &mut Context<'_>) {
        let schemes = cx
            .root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let mut schemes: Vec<(&String, &Node)> = schemes.and_then(Node::as_object).into_iter().flatten().collect();
        schemes.sort_by_key(|(name, _)| *name);
        let mut statics = Namespace::default();
        for (name, node) in schemes {
            let node = cx.object(Kind::SecurityScheme, node);
            let declared = match credentials(cx, node) {
                Credentials::OfRequest(kind) => Credentials::OfRequest(Box::new(Scheme {
                    name: name.clone(),
                    static_name: statics.take(&static_name(name), name),
                    setter: String::new(),
                    kind,
                    flows: flows(cx, node),
                    docs: docs(node),
                })),
                Credentials::OfConnection => Credentials::OfConnection,
                Credentials::Unusable => Credentials::Unusable,
            };
            self.declared.insert(name.clone(), declared);
        }
        for declared in self.declared.values_mut() {
            if let Credentials::OfRequest(scheme) = declared
                && let Some(flows) = &mut scheme.flows
            {
                flows.static_name = statics.take(&format!("{}_FLOWS", scheme.static_name), &scheme.name);
            }
        }
    }

    /// Returns the security requirements of an operation: alternatives, each a list of the statics of schemes.
    ///
    /// The requirements of an operation replace those of the document
    /// ([OpenAPI 3.0.4 §4.7.10](https://spec.openapis.org/oas/v3.0.4.html#operation-object)).
    pub(super) fn requirements(&mut self, cx: &mut Context<'_>, operation: &Node) -> Vec<Vec<String>> {
        let holder = if operation.get("security").is_some() {
            operation
        } else {
            cx.root
        };
        let Some(node) = holder.get("security") else {
            return Vec::new();
        };
        let Some(requirements) = node.as_array() else {
            report_unreadable(
                cx,
                node,
                ("Security Requirement", Some(Fix::Remove)),
                "expected a list of objects",
            );
            return Vec::new();
        };
        let mut alternatives: Vec<Vec<String>> = Vec::new();
        for requirement in requirements {
            if let Some(alternative) = self.alternative(cx, requirement)
                && !alternatives.contains(&alternative)
            {
                alternatives.push(alternative);
            }
        }
        if alternatives.is_empty() && !requirements.is_empty() {
            cx.degrade(
                holder,
                "security",
                "no alternative can be satisfied; the request has no credentials",
            );
        }
        alternatives
    }

    /// Returns the statics of the schemes of one alternative, or `None` if it needs one that is not supported.
    fn alternative(&mut self, cx: &mut Context<'_>, requirement: &Node) -> Option<Vec<String>> {
        let Some(schemes) = requirement.as_object() else {
            report_unreadable(
                cx,
                requirement,
                ("Security Requirement", Some(Fix::Remove)),
                "expected an object",
            );
            return None;
        };
        let mut schemes: Vec<(&String, &Node)> = schemes.iter().collect();
        schemes.sort_by_key(|(name, _)| *name);
        let first = schemes.first().map_or("", |(name, _)| name.as_str());
        let (mut statics, mut with_header) = (Vec::new(), 0);
        let mut is_usable = true;
        for (name, scopes) in schemes {
            match self.declared.get(name) {
                Some(Credentials::OfRequest(scheme)) => {
                    statics.push(scheme.static_name.clone());
                    with_header += usize::from(matches!(scheme.kind, SchemeKind::Bearer | SchemeKind::Basic));
                    let asked = self.scopes.entry(name.clone()).or_default();
                    asked.extend(
                        scopes
                            .as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(Node::as_str)
                            .map(str::to_owned),
                    );
                }
                Some(Credentials::OfConnection) => {}
                Some(Credentials::Unusable) => is_usable = false,
                None => {
                    is_usable = false;
                    self.report_unknown_scheme(cx, name, scopes);
                }
            }
        }
        if with_header > 1 {
            cx.degrade(requirement, first, "a request has one header `Authorization`");
            return None;
        }
        is_usable.then_some(statics)
    }

    fn report_unknown_scheme(&self, cx: &mut Context<'_>, name: &str, scopes: &Node) {
        let known: Vec<&str> = self.declared.keys().map(String::as_str).collect();
        let known = if known.is_empty() {
            "the document declares none".to_owned()
        } else {
            format!("the document declares {}", known.join(", "))
        };
        let message = format!("there is no security scheme {name:?}; {known}");
        let near = nearest(name, self.declared.keys().map(String::as_str));
        let help = near.map_or_else(
            || "declare it".to_owned(),
            |near| format!("did you mean `{near}`? Or mend it"),
        );
        let fix = near.map_or_else(
            || {
                let place = Pointer::of(["components", "securitySchemes", name]);
                Fix::Declare(place, json!({"type": "http", "scheme": "bearer"}))
            },
            |near| Fix::Rename(near.to_owned()),
        );
        cx.report(
            Diagnostic::degraded("security-scheme-unknown", scopes.origin.key(), Pointer::root(), message)
                .with_help(help)
                .with_shown_fix(fix),
        );
    }

    /// Returns the schemes that operations require, by name, with the names of their setters.
    pub(super) fn finish(self, resources: &[Resource]) -> Vec<Scheme> {
        let operations = resources.iter().flat_map(|resource| &resource.operations);
        let used: BTreeSet<&String> = operations
            .flat_map(|operation| operation.security.iter().flatten())
            .collect();
        let Self { declared, mut scopes } = self;
        let schemes = declared.into_values().filter_map(|declared| match declared {
            Credentials::OfRequest(scheme) if used.contains(&scheme.static_name) => Some(*scheme),
            _ => None,
        });
        let mut schemes: Vec<Scheme> = schemes.collect();
        let mut setters = Namespace::default();
        for method in BUILDER_METHODS {
            setters.reserve(method);
        }
        let is_single = schemes.len() == 1;
        for scheme in &mut schemes {
            scheme.setter = match scheme.kind {
                SchemeKind::Bearer if is_single => "token".to_owned(),
                _ => setters.take(&names::field_name(&scheme.name), &scheme.name),
            };
        }
        for scheme in &mut schemes {
            let prefix = if is_single {
                String::new()
            } else {
                format!("{} ", scheme.name)
            };
            let mut setter = |words: &str| {
                let words = format!("{prefix}{words}");
                setters.take(&names::field_name(&words), &words)
            };
            let Some(flows) = &mut scheme.flows else { continue };
            flows.setter = setter("grant");
            if let Some(flow) = &mut flows.client_credentials {
                flow.setter = setter("client credentials");
            }
            if let Some(flow) = &mut flows.refresh_token {
                flow.setter = setter("refresh token");
            }
            flows.scopes = scopes.remove(&scheme.name).unwrap_or_default().into_iter().collect();
        }
        schemes
    }
}

/// Returns what the credentials of a scheme are.
fn credentials(cx: &mut Context<'_>, node: &Node) -> Credentials<SchemeKind> {
    let text = |key| node.get(key).and_then(Node::as_str).unwrap_or_default();
    match text("type") {
        "http" => match text("scheme").to_ascii_lowercase().as_str() {
            "bearer" => Credentials::OfRequest(SchemeKind::Bearer),
            "basic" => Credentials::OfRequest(SchemeKind::Basic),
            other => {
                let reason = format!("the HTTP authentication scheme {other:?} is not supported");
                cx.degrade(node, "scheme", reason);
                Credentials::Unusable
            }
        },
        "oauth2" | "openIdConnect" => Credentials::OfRequest(SchemeKind::Bearer),
        "apiKey" => api_key(cx, node).map_or(Credentials::Unusable, Credentials::OfRequest),
        "mutualTLS" => {
            let reason = "certificates are handled by the transport, which the caller can provide";
            cx.degrade(node, "type", reason);
            Credentials::OfConnection
        }
        // The dangling reference was reported.
        _ if node.get("$ref").is_some() => Credentials::Unusable,
        other => {
            let fault = format!("unknown type {other:?}");
            report_unreadable(cx, node.get("type").unwrap_or(node), ("Security Scheme", None), &fault);
            Credentials::Unusable
        }
    }
}

fn api_key(cx: &mut Context<'_>, node: &Node) -> Option<SchemeKind> {
    let text = |key| node.get(key).and_then(Node::as_str).unwrap_or_default();
    let location = match text("in") {
        "header" => Location::Header,
        "query" => Location::Query,
        "cookie" => Location::Cookie,
        other => {
            let fault = format!("a key is `in` the header, the query or a cookie, not in {other:?}");
            report_unreadable(cx, node.get("in").unwrap_or(node), ("Security Scheme", None), &fault);
            return None;
        }
    };
    let name = text("name");
    if name.is_empty() || (location != Location::Query && !is_token(name)) {
        let fault = format!("{name:?} is not a valid name of a header, a cookie or a query parameter");
        report_unreadable(cx, node.get("name").unwrap_or(node), ("Security Scheme", None), &fault);
        return None;
    }
    Some(SchemeKind::ApiKey(location, name.to_owned()))
}

fn report_unreadable(cx: &mut Context<'_>, node: &Node, (object, fix): (&str, Option<Fix>), fault: &str) {
    let message = format!("{object} object cannot be read: {fault}");
    let section = object.to_kebab_case();
    let help = format!("correct the object as https://spec.openapis.org/oas/v3.0.4.html#{section}-object describes it");
    let diagnostic = Diagnostic::degraded("unreadable", node.origin, Pointer::root(), message);
    cx.report(diagnostic.with_help(help).with_fix(fix));
}

/// Returns the OAuth 2.0 flows of a scheme that a client supports.
fn flows(cx: &mut Context<'_>, node: &Node) -> Option<Flows> {
    let flows = node.get("flows")?;
    let url = |flow: &str, key: &str| {
        let url = flows.get(flow)?.get(key)?.as_str()?;
        Some(url.to_owned()).filter(|url| !url.is_empty())
    };
    let refreshes = |flow: &str| url(flow, "refreshUrl").or_else(|| url(flow, "tokenUrl"));
    let client_credentials = url("clientCredentials", "tokenUrl");
    if let (Some(flow), None) = (flows.get("clientCredentials"), &client_credentials) {
        cx.degrade(flow, "tokenUrl", "without it a client cannot obtain tokens");
    }
    let by_a_user = ["authorizationCode", "password", "deviceAuthorization"];
    let refresh_token = by_a_user.into_iter().find_map(refreshes);
    let flow = |token_url: String| Flow {
        token_url,
        setter: String::new(),
    };
    (client_credentials.is_some() || refresh_token.is_some()).then(|| Flows {
        static_name: String::new(),
        setter: String::new(),
        client_credentials: client_credentials.map(flow),
        refresh_token: refresh_token.map(flow),
        scopes: Vec::new(),
    })
}

fn static_name(name: &str) -> String {
    names::static_name(&names::type_name(name), "SCHEME")
}
