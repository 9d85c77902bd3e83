//! Why a reference has no target, in the words of a diagnostic.

use crate::diagnostic::Diagnostic;
use crate::document::bundle::Unresolved;
use crate::document::{Kind, Node};
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
    /// Returns the error; where nothing of the crate depends on the reference it is a warning, and where it leads to
    /// something else, the piece alone is lost.
    pub(super) fn diagnostic(self, document: &Node, reference: &Node, place: Pointer, cost: Cost) -> Diagnostic {
        let (code, message, help) = self.words(document, reference);
        let is_other_kind = matches!(self, Self::OtherKind { .. });
        if cost == Cost::Piece || (cost == Cost::Request && is_other_kind) {
            Diagnostic::degraded(code, reference.origin, place, message).with_help(help)
        } else if cost == Cost::Request {
            Diagnostic::error(code, reference.origin, place, message)
                .with_help(help)
                .with_safe_reading()
        } else {
            let message = format!("{message}; the client does not depend on it");
            Diagnostic::warning(code, reference.origin, place, message).with_help(help)
        }
    }

    fn words(&self, document: &Node, reference: &Node) -> (&'static str, String, String) {
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
                "a reference within the document is `#` and a JSON Pointer, such as '#/components/schemas/name'".to_owned(),
            ),
            Self::NoAnchor(name) => (
                "unknown-anchor",
                format!("dangling reference: no schema in scope has `$anchor: {name}`"),
                "add the anchor to the intended schema, or refer to it by a JSON Pointer, such as '#/components/schemas/name'"
                    .to_owned(),
            ),
            Self::Dangling(target) => (
                "dangling-reference",
                format!("dangling reference: there is nothing at {target}"),
                match target.in_document().0 {
                    // An overlay changes the root document alone.
                    Some(name) => format!("correct the name, or add what is missing to {name}"),
                    None => overlay_help(document, target),
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

/// An overlay action that makes more levels than this helps nobody.
const MOST_STEPS: usize = 12;

/// Returns the overlay action that would put something at `target`: an update of
/// what stands nearest to it.
fn overlay_help(document: &Node, target: &Pointer) -> String {
    let segments: Vec<String> = target.segments().collect();
    let mut nearest = document;
    let mut known = 0;
    while let Some(next) = segments
        .get(known)
        .and_then(|segment| Pointer::of([segment]).follow(nearest))
    {
        nearest = next;
        known += 1;
    }
    if segments.len() - known > MOST_STEPS {
        return "correct the name".to_owned();
    }
    let path: String = segments[..known].iter().map(|segment| step(segment)).collect();
    let update = segments[known..].iter().rev().fold("{…}".to_owned(), |inner, segment| {
        let is_plain = segment.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        let name = if is_plain { segment.clone() } else { quoted(segment) };
        format!("{{{name}: {inner}}}")
    });
    format!("correct the name, or add what is missing with an overlay action:\n- target: ${path}\n  update: {update}")
}

/// Returns a step of a JSONPath ([RFC 9535 §2.5.1](https://www.rfc-editor.org/rfc/rfc9535#section-2.5.1)).
fn step(name: &str) -> String {
    let is_short = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    if is_short {
        format!(".{name}")
    } else {
        format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::overlay_help;
    use crate::diagnostic::Diagnostics;
    use crate::document::read;
    use crate::source::{Pointer, Sources};

    #[test]
    fn the_help_starts_at_what_stands_nearest() {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let document = read(&mut sources, "a.yaml", "a: {b: [{c: 1}]}", &mut diagnostics).unwrap();
        let help = |pointer: &str| overlay_help(&document, &Pointer::parse(pointer).unwrap());
        assert!(help("/a/b/0/d/e").ends_with("- target: $.a.b['0']\n  update: {d: {e: {…}}}"));
        assert!(help("/x").ends_with("- target: $\n  update: {x: {…}}"));
        // To look at every beginning of a long pointer from its start takes longer than anybody waits.
        assert_eq!(help(&"/x".repeat(100_000)), "correct the name");
    }
}
