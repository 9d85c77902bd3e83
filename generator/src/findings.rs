//! Completes the diagnostics of a run, after all stages have reported theirs.

use std::collections::BTreeSet;

use crate::diagnostic::{At, Diagnostic, Diagnostics, Severity};
use crate::document::{self, Bundle, Node};
use crate::lower::Degraded;
use crate::mend;
use crate::model::Api;
use crate::options::Strictness;
use crate::source::{Origin, Pointer};

/// Adds what needs the whole document: pointers, and the places of nodes that overlays added. The first `of_texts`
/// diagnostics are of the texts themselves.
pub(crate) fn complete(
    bundle: &Bundle,
    api: Option<&mut Api>,
    degraded: &[Degraded],
    of_texts: usize,
    diagnostics: &mut Diagnostics,
) {
    let document = &bundle.root;
    if let Some(api) = api {
        report_emptiness(document, api, diagnostics);
        fill_pointers(document, api, degraded, diagnostics);
    }
    name_documents(bundle, diagnostics);
    name_overlays(bundle, of_texts, diagnostics);
    mend::explain(document, diagnostics);
}

/// Has the diagnostics name the documents that their places were read in.
fn name_documents(bundle: &Bundle, diagnostics: &mut Diagnostics) {
    let foreign = |diagnostic: &Diagnostic| match diagnostic.at {
        At::Node(origin) => Some(origin).filter(|origin| bundle.is_foreign(*origin)),
        _ => None,
    };
    diagnostics.for_each_mut(|diagnostic| diagnostic.pointer = bundle.places.read_at(&diagnostic.pointer));
    let wanted: BTreeSet<Origin> = diagnostics.iter().filter_map(foreign).collect();
    if wanted.is_empty() {
        return;
    }
    let found = document::pointers(&bundle.root, &wanted);
    diagnostics.for_each_mut(|diagnostic| {
        let read_at = foreign(diagnostic).and_then(|origin| found.get(&origin));
        if let Some(pointer) = read_at.filter(|_| !diagnostic.pointer.is_foreign()) {
            // A stage that moved the object knows where it stands by then.
            diagnostic.pointer.clone_from(pointer);
        }
    });
}

/// Turns origins into the pointers of the document that was read.
fn fill_pointers(document: &Node, api: &mut Api, degraded: &[Degraded], diagnostics: &mut Diagnostics) {
    let mut wanted: BTreeSet<Origin> = degraded.iter().map(|degraded| degraded.origin).collect();
    let docs_of_types = api
        .types
        .iter()
        .flat_map(|named| [&named.docs].into_iter().chain(named.equal.iter()));
    wanted.extend(docs_of_types.filter_map(|docs| *docs.origin));
    wanted.extend(diagnostics.iter().filter_map(|diagnostic| match diagnostic.at {
        At::Node(origin) if diagnostic.pointer == Pointer::root() => Some(origin),
        _ => None,
    }));
    let operations = api.operations();
    wanted.extend(operations.filter_map(|operation| *operation.docs.origin));
    let found = document::pointers(document, &wanted);
    let pointer = |origin: Option<Origin>| origin.and_then(|origin| found.get(&origin)).cloned();
    for named in &mut api.types {
        for docs in [&mut named.docs].into_iter().chain(named.equal.iter_mut()) {
            *docs.pointer = pointer(*docs.origin).unwrap_or_default();
        }
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        *operation.docs.pointer = pointer(*operation.docs.origin).unwrap_or_default();
    }
    diagnostics.for_each_mut(|diagnostic| {
        if let (At::Node(origin), true) = (diagnostic.at, diagnostic.pointer == Pointer::root()) {
            diagnostic.pointer = pointer(Some(origin)).unwrap_or_default();
        }
    });
}

/// A fault of a node that an overlay put in several places stands at the nearest node that the document has of itself;
/// where the overlay has it is said beside. The first `of_texts` diagnostics are of the texts themselves.
fn name_overlays(bundle: &Bundle, of_texts: usize, diagnostics: &mut Diagnostics) {
    let document = &bundle.root;
    let origins = diagnostics
        .iter()
        .skip(of_texts)
        .filter_map(|diagnostic| match diagnostic.at {
            At::Node(origin) if origin.source != document.origin.source && !bundle.is_foreign(origin) => Some(origin),
            _ => None,
        });
    let found = document::node_locations(document, &origins.collect());
    diagnostics.for_each_mut(|diagnostic| {
        let At::Node(origin) = diagnostic.at else { return };
        if let Some(location) = found.get(&origin).filter(|location| location.is_repeated) {
            diagnostic.at = At::Node(location.own);
            diagnostic
                .related
                .push((At::Node(origin), "an overlay puts it there".to_owned()));
            if diagnostic.pointer == Pointer::root() {
                diagnostic.pointer.clone_from(&location.pointer);
            }
        }
    });
}

/// A document whose `paths` give no operation is seldom meant; one without `paths` is there for its components.
fn report_emptiness(document: &Node, api: &Api, diagnostics: &mut Diagnostics) {
    // What a document has at least ([OpenAPI 3.1.1 §4.8.1](https://spec.openapis.org/oas/v3.1.1.html#openapi-object)).
    let has_any = ["paths", "webhooks", "components", "definitions"];
    if !has_any.iter().any(|field| document.get(field).is_some()) {
        let message = "the document has neither `paths` nor `webhooks` nor `components`, so the crate is empty";
        diagnostics.push(
            Diagnostic::warning("no-operations", document.origin, Pointer::root(), message)
                .with_help("list the paths of the API with their operations"),
        );
        return;
    }
    let Some(paths) = document
        .get("paths")
        .filter(|_| api.resources.is_empty() && !diagnostics.has_errors())
    else {
        return;
    };
    let (message, help) = if paths.as_object().is_some_and(document::Object::is_empty) {
        (
            "`paths` is empty, so the crate has no operations",
            "list the paths of the API with their operations; a document without operations omits `paths`, as OpenAPI 3.1 allows",
        )
    } else {
        (
            "no operation is emitted: the crate has only types",
            "the other diagnostics and the ledger say what is skipped, and why",
        )
    };
    diagnostics.push(
        Diagnostic::warning(
            "no-operations",
            paths.origin.key(),
            Pointer::root().child("paths"),
            message,
        )
        .with_help(help),
    );
}

/// Reports what otherwise stands in the ledger alone: a strict run has no output, so it has no ledger.
pub(crate) fn report_degraded(degraded: &[Degraded], diagnostics: &mut Diagnostics) {
    for degraded in degraded
        .iter()
        .filter(|degraded| !degraded.is_reported && !degraded.is_ignored)
    {
        let message = format!("`{}` is not fully supported: {}", degraded.keyword, degraded.reason);
        diagnostics.push(
            Diagnostic::degraded("not-supported", degraded.place, Pointer::root(), message)
                .with_help("without --strict this is not an error, but a line in the ledger"),
        );
    }
}

pub(crate) fn apply_strictness(strictness: Strictness, diagnostics: &mut Diagnostics) {
    diagnostics.for_each_mut(|diagnostic| match (strictness, diagnostic.severity) {
        (Strictness::Lenient, Severity::Error) if diagnostic.has_safe_reading => {
            diagnostic.severity = Severity::Degraded;
        }
        (Strictness::Strict, Severity::Warning | Severity::Degraded) => diagnostic.severity = Severity::Error,
        _ => {}
    });
}
