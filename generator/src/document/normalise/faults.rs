//! Why a reference has no target, in the words of a diagnostic.

use serde_json::json;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::bundle::Unresolved;
use crate::document::{Kind, Node, nearest};
use crate::source::Pointer;

/// What a reference without a target costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cost {
    /// Nothing: nothing of the crate depends on it.
    None,
    /// The piece alone.
    Piece,
    /// What is sent or received.
    Request,
}

/// Why a reference has no target.
pub(super) enum ReferenceError {
    NoText,
    External(String),
    /// It leads out of the document, and the target cannot be read.
    Unresolved(Unresolved),
    Malformed(String),
    /// No schema has the anchor.
    NoAnchor(String),
    Dangling(Pointer),
    /// It leads to something else than an object of this kind.
    OtherKind {
        kind: Kind,
        text: String,
        found: String,
    },
}

impl ReferenceError {
    /// Returns the error of a reference in `document`, which is written as one of the kind `written`; where nothing of the crate depends on the reference it is a warning, and where it leads to
    /// something else, the piece alone is lost.
    pub(super) fn diagnostic(
        self,
        (document, written): (&Node, Kind),
        reference: &Node,
        (kind, place): (Kind, Pointer),
        cost: Cost,
    ) -> Diagnostic {
        let near = self.near(document, written);
        let (code, message, help) = self.words(reference, near.as_ref());
        let fix = self.fix(kind, near.as_ref());
        let is_other_kind = matches!(self, Self::OtherKind { .. });
        let diagnostic = if cost == Cost::Piece || (cost == Cost::Request && is_other_kind) {
            Diagnostic::degraded(code, reference.origin, place, message)
        } else if cost == Cost::Request {
            Diagnostic::error(code, reference.origin, place, message).with_safe_reading()
        } else {
            let message = format!("{message}; the client does not depend on it");
            Diagnostic::warning(code, reference.origin, place, message)
        };
        let diagnostic = diagnostic.with_help(help);
        // What is near is said in the help itself.
        if near.is_none() && matches!(self, Self::Dangling(_)) {
            diagnostic.with_shown_fix(fix)
        } else {
            diagnostic.with_fix(fix)
        }
    }

    /// Returns the component that is probably meant: one whose name is near.
    fn near(&self, document: &Node, written: Kind) -> Option<Pointer> {
        let target = match self {
            Self::Dangling(target) if !target.is_foreign() => target.clone(),
            // An anchor has no `/`; it is a pointer that lacks one.
            Self::NoAnchor(text) if text.contains('/') => Pointer::parse(&format!("/{text}"))?,
            Self::Malformed(text) => Pointer::parse(&format!("/{}", text.trim_start_matches(['#', '/'])))?,
            _ => return None,
        };
        if target.follow(document).is_some() {
            return Some(target);
        }
        let (section, name) = target.split()?;
        let found = section_of(document, &section)?;
        let names = found.follow(document)?.as_object()?;
        let near = nearest(&name, names.keys().map(String::as_str))?;
        // A document of Swagger 2.0 is mended as it is written.
        let section = if written == Kind::Swagger { section } else { found };
        Some(section.child(near))
    }

    /// Returns what mends the reference: one to what is near, something to refer to, or what is left without it.
    fn fix(&self, kind: Kind, near: Option<&Pointer>) -> Fix {
        if let Some(near) = near {
            return Fix::Replace(json!(near.to_fragment()));
        }
        match (self, placeholder(kind)) {
            (Self::Dangling(target), Some(missing)) if !target.is_foreign() => Fix::Declare(target.clone(), missing),
            _ if kind == Kind::Schema => Fix::Remove,
            _ if kind == Kind::Response => Fix::rewrite(["$ref"], json!({"description": ""})),
            _ => Fix::RemoveHolder,
        }
    }

    fn words(&self, reference: &Node, near: Option<&Pointer>) -> (&'static str, String, String) {
        match self {
            Self::NoText => (
                "reference-type",
                format!("expected a reference, found {}", reference.kind()),
                "a reference is a string, such as '#/components/schemas/name'".to_owned(),
            ),
            Self::External(file) => (
                "external-reference",
                format!("the reference targets another document, {file:?}"),
                "the command reads files beside a document that is a file itself; a program gives the generator a `DocumentReader`".to_owned(),
            ),
            Self::Unresolved(Unresolved { code, message, help }) => (code, message.clone(), help.clone()),
            Self::Malformed(text) => (
                "reference-pointer",
                format!("the reference {text:?} is not a JSON Pointer"),
                near.map_or_else(
                    || "a reference within the document is `#` and a JSON Pointer, such as '#/components/schemas/name'".to_owned(),
                    |near| format!("did you mean '{}'?", near.to_fragment()),
                ),
            ),
            Self::NoAnchor(name) => (
                "unknown-anchor",
                format!("dangling reference: no schema in scope has `$anchor: {name}`"),
                near.map_or_else(
                    || "add the anchor to the intended schema, or refer to it by a JSON Pointer, such as '#/components/schemas/name'".to_owned(),
                    |near| format!("did you mean '{}'?", near.to_fragment()),
                ),
            ),
            Self::Dangling(target) => (
                "dangling-reference",
                format!("dangling reference: there is nothing at {target}"),
                match (near, target.in_document().0) {
                    (Some(near), _) => format!("did you mean '{}'?", near.to_fragment()),
                    // An overlay changes the root document alone.
                    (None, Some(name)) => format!("correct the name, or add what is missing to {name}"),
                    (None, None) => "correct the name, or add what is missing".to_owned(),
                },
            ),
            Self::OtherKind { kind, text, found } => (
                "reference-kind",
                format!("the reference {text:?} targets {found}, expected {}", noun(*kind)),
                match kind.component() {
                    Some(section) => format!("refer to a component in components/{section}"),
                    None => "write the object itself".to_owned(),
                },
            ),
        }
    }
}

/// Returns what an object of this kind is called.
pub(super) fn noun(kind: Kind) -> String {
    match kind {
        Kind::OpenApi => "the whole document".to_owned(),
        Kind::Info | Kind::Paths | Kind::Components => format!("the {} Object", kind.name()),
        _ if kind.name().starts_with(['A', 'E', 'I', 'O']) => format!("an {} Object", kind.name()),
        _ => format!("a {} Object", kind.name()),
    }
}

/// Returns where the components stand that a reference to `section` means; those of Swagger 2.0 stand in `components`.
fn section_of(document: &Node, section: &Pointer) -> Option<Pointer> {
    if section.follow(document).is_some() {
        return Some(section.clone());
    }
    let name = match section.as_str() {
        "/definitions" => "schemas",
        "/parameters" => "parameters",
        "/responses" => "responses",
        _ => return None,
    };
    Some(Pointer::of(["components", name]))
}

/// Returns an object of this kind that says nothing, if there is one.
fn placeholder(kind: Kind) -> Option<serde_json::Value> {
    match kind {
        Kind::Response | Kind::SwaggerResponse => Some(json!({"description": ""})),
        Kind::RequestBody => Some(json!({"content": {}})),
        Kind::Header => Some(json!({"schema": {}})),
        Kind::SecurityScheme => Some(json!({"type": "http", "scheme": "bearer"})),
        Kind::Parameter | Kind::SwaggerParameter => None,
        _ => Some(json!({})),
    }
}
