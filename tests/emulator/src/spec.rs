//! The document that the emulator keeps to: the published one with its overlays.

use generator::unstable::{Miss, Node, Overlay, read_document};
use generator::{Diagnostics, Sources};
use serde_json::Value;

/// The document as published.
const DOCUMENT: (&str, &str) = ("losant-data.yaml", include_str!("../../../spec/losant-data.yaml"));

/// What mends it, in order.
const OVERLAYS: [(&str, &str); 4] = [
    (
        "common-schemas.overlay.yaml",
        include_str!("../../../spec/common-schemas.overlay.yaml"),
    ),
    (
        "real-operations.overlay.yaml",
        include_str!("../../../spec/real-operations.overlay.yaml"),
    ),
    (
        "safe-queries.overlay.yaml",
        include_str!("../../../spec/safe-queries.overlay.yaml"),
    ),
    (
        "pagination.overlay.yaml",
        include_str!("../../../spec/pagination.overlay.yaml"),
    ),
];

/// Returns the names of the files that [`mended`] is made of: the document, then its overlays.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let overlays = OVERLAYS.iter().map(|(name, _)| *name);
    std::iter::once(DOCUMENT.0).chain(overlays).collect()
}

/// Returns the document with its overlays.
///
/// # Panics
///
/// When one of them is at fault, which `cargo xtask codegen` would have reported.
#[must_use]
pub fn mended() -> Value {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let mut mended = read_document(&mut sources, DOCUMENT.0, DOCUMENT.1, &mut diagnostics);
    for (name, text) in OVERLAYS {
        let node = read_document(&mut sources, name, text, &mut diagnostics);
        let overlay = node.and_then(|node| Overlay::parse(&node, &mut diagnostics));
        if let (Some(overlay), Some(mended)) = (overlay, &mut mended) {
            overlay.apply(mended, Miss::Error, &mut diagnostics);
        }
    }
    let reported = diagnostics.iter().map(|diagnostic| diagnostic.render(&sources));
    assert!(!diagnostics.has_errors(), "{}", reported.collect::<Vec<_>>().join("\n"));
    mended.as_ref().map_or(Value::Null, Node::to_json)
}
