//! Documents without a fault that the defects are seeded into: each of another shape, with the same lines in it.

use generator::{DocumentReader, DocumentText, Unread, UnreadCause};

/// Where the root document lies.
const ROOT: &str = "file:///openapi.yaml";

/// A document.
pub(crate) struct Base {
    pub(crate) name: &'static str,
    /// Its files, by their names; the first is the root document.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// How the document writes what the defects are made of, each in place of the words of 3.1.
    pub(crate) words: &'static [(&'static str, &'static str)],
    /// The kinds of defect that its version does not have.
    pub(crate) without: &'static [&'static str],
}

impl Base {
    /// Returns a part of a defect in the words of this document.
    pub(crate) fn written(&self, text: &str) -> String {
        let words = self.words.iter();
        words.fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    }
}

/// The files of a document with a defect.
pub(crate) struct Files(pub(crate) Vec<(&'static str, String)>);

impl DocumentReader for Files {
    fn root(&self) -> String {
        ROOT.to_owned()
    }

    fn read(&self, uri: &str) -> Result<DocumentText, Unread> {
        let name = uri.strip_prefix("file:///").unwrap_or(uri);
        let found = self.0.iter().find(|(known, _)| *known == name);
        let (name, text) = found.ok_or_else(|| Unread {
            cause: UnreadCause::Missing,
            message: format!("there is no file {name}"),
            help: "write the name of a file".to_owned(),
        })?;
        Ok(DocumentText {
            uri: uri.to_owned(),
            name: (*name).to_owned(),
            text: text.clone(),
        })
    }
}

pub(crate) const BASES: [Base; 5] = [
    Base {
        name: "3.1",
        files: &[("openapi.yaml", SOUND)],
        words: &[],
        without: &[],
    },
    Base {
        name: "3.1 with webhooks, components first",
        files: &[("openapi.yaml", WEBHOOKS)],
        words: &[],
        without: &[],
    },
    Base {
        name: "3.2",
        files: &[("openapi.yaml", V3_2)],
        words: &[],
        without: &[],
    },
    Base {
        name: "several files",
        files: &[("openapi.yaml", SEVERAL), ("shared.yaml", SHARED)],
        words: &[],
        // A file that may be read and is not there has another code; in another document `$recursiveRef` is not
        // supported, and an `$id` that is a fragment is the anchor that it was up to draft 7.
        without: &[
            "external-reference",
            "recursive-reference",
            "id-fragment",
            "duplicate-identifier",
        ],
    },
    Base {
        name: "Swagger 2.0",
        files: &[("openapi.yaml", SWAGGER)],
        words: &[
            ("              schema: {", "          schema: {"),
            ("#/components/schemas/", "#/definitions/"),
            ("#/components/", "#/"),
            ("#components/schemas/", "#definitions/"),
            (", schema: {type: string}}", ", type: string}"),
            (", schema: {type: integer}}", ", type: integer}"),
            ("    Cat: {", "  Cat: {"),
            ("    A: {", "  A: {"),
            ("    B: {", "  B: {"),
        ],
        // A fragment that is no pointer has another code, and so has a parameter without `type`; there are no servers of
        // operations, no numbers in `exclusiveMinimum`, and no identifiers of schemas.
        without: &[
            "unknown-anchor",
            "parameter-without-schema",
            "server-skipped",
            "exclusive-spelling",
            "id-fragment",
            "duplicate-identifier",
        ],
    },
];

/// Each line is the place of some defect.
pub(crate) const SOUND: &str = include_str!("v3_1.yaml");

/// With webhooks, and the components before the paths.
const WEBHOOKS: &str = include_str!("webhooks.yaml");

/// With what 3.2 adds.
const V3_2: &str = include_str!("v3_2.yaml");

/// With a schema and a path item in another file.
const SEVERAL: &str = include_str!("several.yaml");

/// What the document of several files refers to, and refers back from.
const SHARED: &str = include_str!("shared.yaml");

/// In the words of 2.0.
const SWAGGER: &str = include_str!("swagger.yaml");
