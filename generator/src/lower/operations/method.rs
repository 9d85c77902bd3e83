//! Facts that follow from the method of an operation.

use crate::diagnostic::{Diagnostic, Fix};
use crate::lower::context::Context;
use crate::lower::operations::found::Found;
use crate::lower::security::Security;
use crate::model::SAFE_METHODS;
use crate::source::Pointer;

pub(in crate::lower) const TRACE: &str = "TRACE";

/// The method of a safe request with content
/// ([draft-ietf-httpbis-safe-method-w-body](https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/)).
pub(in crate::lower) const QUERY: &str = "QUERY";

/// The extension that marks an operation as safe.
const SAFE: &str = "x-safe";

/// Reports that a TRACE request has no content and no credentials, since the server returns the request ([RFC 9110
/// §9.3.8](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8)).
pub(in crate::lower) fn skip_in_trace(cx: &mut Context<'_>, security: &mut Security, found: &Found<'_>) {
    if found.node.get("requestBody").is_some() {
        cx.degrade(
            found.node,
            "requestBody",
            "a request with the method TRACE has no content",
        );
    }
    if !security.requirements(cx, found.node).is_empty() {
        let reason = "its requests carry no credentials, which the server would send back";
        cx.degrade(found.item.0, "trace", reason);
    }
}

/// Returns whether an operation is safe: by its method
/// ([RFC 9110 §9.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)), or by `x-safe`, such as for a query
/// that is a `POST`.
pub(in crate::lower) fn is_safe(cx: &mut Context<'_>, found: &Found<'_>) -> bool {
    let by_method = SAFE_METHODS.contains(&found.method);
    match found.node.get(SAFE) {
        None => by_method,
        Some(node) => node.as_bool().unwrap_or_else(|| {
            let message = format!("`{SAFE}` says whether an operation only reads: true or false");
            cx.report(
                Diagnostic::degraded("extension-value", node.origin, Pointer::root(), message)
                    .with_help("a client sends the request of an operation that only reads again where it failed")
                    .with_fix(Fix::Remove),
            );
            by_method
        }),
    }
}
