//! What operations are combined of: each axis with its values, as the text of what stands in a document.

/// A choice that an operation is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    /// What is chosen.
    pub name: &'static str,
    /// The values, each with its name and what it writes into the document.
    pub values: &'static [(&'static str, &'static str)],
}

/// The places of the axes in [`AXES`].
pub(super) const METHOD: usize = 0;
pub(super) const REQUEST: usize = 1;
pub(super) const SUCCESS: usize = 2;
pub(super) const FAILURE: usize = 3;
pub(super) const PARAMETERS: usize = 4;
pub(super) const SECURITY: usize = 5;
pub(super) const PAGINATION: usize = 6;
pub(super) const DOCS: usize = 7;
pub(super) const KIND: usize = 8;

/// How many axes there are.
pub(super) const COUNT: usize = 9;

/// The axes.
pub const AXES: [Axis; COUNT] = [
    Axis {
        name: "method",
        values: &[
            ("GET", "get"),
            ("PUT", "put"),
            ("POST", "post"),
            ("PATCH", "patch"),
            ("DELETE", "delete"),
            ("HEAD", "head"),
            ("OPTIONS", "options"),
            ("TRACE", "trace"),
        ],
    },
    Axis {
        name: "request",
        values: REQUESTS,
    },
    Axis {
        name: "success",
        values: SUCCESSES,
    },
    Axis {
        name: "failure",
        values: FAILURES,
    },
    Axis {
        name: "parameters",
        values: PARAMETER_LISTS,
    },
    Axis {
        name: "security",
        values: REQUIREMENTS,
    },
    Axis {
        name: "pagination",
        values: PAGINATIONS,
    },
    Axis {
        name: "docs",
        values: &[
            ("none", r"{}"),
            (
                "summary",
                r#"{"summary": "Calls it.", "description": "See [this](https://example.com).\n\n- a\n- b"}"#,
            ),
            (
                "deprecated",
                r#"{"deprecated": true, "description": "Use another one."}"#,
            ),
            ("safe", r#"{"x-safe": true}"#),
        ],
    },
    // Of a whole crate: the version of the document, and the features.
    Axis {
        name: "crate",
        values: &[
            ("3.1, default features", "3.1.0 "),
            ("3.0, no features", "3.0.3 --no-default-features"),
            ("3.1, blocking alone", "3.1.0 --no-default-features --features blocking"),
            ("3.0, all features", "3.0.3 --all-features"),
        ],
    },
];

const REQUESTS: &[(&str, &str)] = &[
    ("none", ""),
    (
        "JSON",
        r##"{"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "optional JSON",
        r#"{"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "array", "items": {"type": "integer"}}}}}}}"#,
    ),
    (
        "JSON that may be null",
        r##"{"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nullable"}}}}"##,
    ),
    (
        "JSON of a union",
        r##"{"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}}"##,
    ),
    (
        "text",
        r#"{"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}}"#,
    ),
    (
        "optional bytes",
        r#"{"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}"#,
    ),
    (
        "a range of bytes",
        r#"{"required": true, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}"#,
    ),
    (
        "form",
        r#"{"required": true, "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "array", "items": {"type": "string"}}, "c": {"type": "object"}}}, "encoding": {"b": {"style": "form", "explode": false}, "c": {"style": "deepObject", "explode": true}}}}}"#,
    ),
    (
        "parts of values",
        r#"{"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}}}}"#,
    ),
    (
        "parts with files",
        r#"{"required": true, "content": {"multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}, "files": {"type": "array", "items": {"type": "string", "format": "binary"}}, "a": {"type": "object"}}}, "encoding": {"a": {"contentType": "application/json", "headers": {"X-Part": {"schema": {"type": "integer"}}}}}}}}"#,
    ),
    (
        "JSON and text",
        r##"{"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/plain": {"schema": {"type": "string"}}}}"##,
    ),
    (
        "two of JSON",
        r##"{"required": true, "content": {"application/merge-patch+json": {"schema": {"type": "object"}}, "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "JSON and XML",
        r##"{"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "application/xml": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "every kind",
        r##"{"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "application/json-patch+json": {"schema": {"type": "array", "items": {"type": "object"}}}, "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"f": {"type": "integer"}}}}, "multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}, "text/plain": {"schema": {"type": "string"}}, "image/*": {"schema": {"type": "string", "format": "binary"}}}}"##,
    ),
    (
        "every kind, optional",
        r##"{"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}, "multipart/mixed": {"schema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}}, "text/csv": {"schema": {"type": "string"}}, "application/zip": {}}}"##,
    ),
];

/// Those that can be paged through have a name that starts with `list`.
const SUCCESSES: &[(&str, &str)] = &[
    ("none", ""),
    (
        "default alone",
        r##""default": {"description": "All.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    ("no content", r#""204": {"description": "Done."}"#),
    (
        "no content with a schema",
        r##""205": {"description": "Done.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "JSON",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "JSON inline",
        r#""201": {"description": "It.", "content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "number"}}}}}}}}"#,
    ),
    (
        "JSON of a union",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"oneOf": [{"$ref": "#/components/schemas/Shape"}, {"type": "string"}]}}}}"##,
    ),
    (
        "JSON that may be null",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nullable"}}}}"##,
    ),
    (
        "text",
        r#""200": {"description": "It.", "content": {"text/plain": {"schema": {"type": "string"}}}}"#,
    ),
    (
        "bytes",
        r#""200": {"description": "It.", "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}"#,
    ),
    ("a range", r#""200": {"description": "It.", "content": {"*/*": {}}}"#),
    (
        "lines",
        r##""200": {"description": "Them.", "content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "events",
        r##""200": {"description": "Them.", "content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Thing"}, "x-event-end": "[DONE]"}}}"##,
    ),
    (
        "JSON, lines and events",
        r##""200": {"description": "Them.", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}, "application/jsonl": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/event-stream": {"schema": {"type": "string"}}}}"##,
    ),
    (
        "JSON and text",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/csv": {"schema": {"type": "string"}}, "application/pdf": {"schema": {"type": "string", "format": "binary"}}}}"##,
    ),
    (
        "two of JSON",
        r##""200": {"description": "It.", "content": {"application/vnd.b+json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "application/vnd.a+json": {"schema": {"type": "object", "properties": {"old": {"type": "string"}}}}}}"##,
    ),
    (
        "JSON by a parameter",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "application/json; version=1": {"schema": {"type": "array", "items": {"type": "string"}}}, "application/json; charset=utf-8": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "two of text",
        r#""200": {"description": "It.", "content": {"text/plain": {"schema": {"type": "string"}}, "text/csv": {"schema": {"type": "string"}}, "image/*": {}, "image/png": {}}}"#,
    ),
    (
        "several of one type",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}, "201": {"description": "New.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}"##,
    ),
    (
        "several",
        r##""200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/csv": {}}}, "202": {"description": "Later."}, "203": {"description": "Text.", "content": {"text/csv": {"schema": {"type": "string"}}}}, "206": {"description": "Part.", "content": {"application/octet-stream": {}}}"##,
    ),
    (
        "a range of statuses",
        r##""2XX": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}, "text/csv": {}}}, "204": {"description": "None."}"##,
    ),
    (
        "form",
        r#""200": {"description": "It.", "content": {"multipart/mixed": {"schema": {"type": "object"}}}}"#,
    ),
    (
        "list",
        r##""200": {"description": "Them.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}}"##,
    ),
    (
        "list and text",
        r#""200": {"description": "Them.", "content": {"application/json": {"schema": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": {"type": "string"}}, "total": {"type": "integer"}, "next": {"type": "string"}, "more": {"type": "boolean"}}}}, "text/csv": {"schema": {"type": "string"}}, "application/x-ndjson": {"schema": {"type": "string"}}}}"#,
    ),
];

const FAILURES: &[(&str, &str)] = &[
    ("none", ""),
    (
        "JSON",
        r##""404": {"description": "None.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Reason"}}}}"##,
    ),
    (
        "text and no body",
        r#""404": {"description": "None.", "content": {"text/plain": {}}}, "410": {"description": "Gone."}"#,
    ),
    (
        "two of JSON",
        r##""409": {"description": "Busy.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Reason"}}, "application/problem+json": {"schema": {"type": "object", "properties": {"title": {"type": "string"}}}}}}"##,
    ),
    (
        "bytes",
        r#""500": {"description": "Broken.", "content": {"application/octet-stream": {}, "image/png": {}}}"#,
    ),
    (
        "not modified",
        r##""304": {"description": "As it was.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}, "302": {"description": "Elsewhere."}"##,
    ),
    (
        "ranges",
        r##""400": {"description": "Bad.", "content": {"application/json": {"schema": {"type": "string"}}}}, "4XX": {"description": "Bad.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Reason"}}}}, "5XX": {"description": "Broken."}"##,
    ),
];

const PARAMETER_LISTS: &[(&str, &str)] = &[
    ("none", "[]"),
    (
        "path",
        r##"[{"name": "key", "in": "path", "required": true, "schema": {"type": "string"}}, {"name": "id", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/Id"}}]"##,
    ),
    (
        "styles of a path",
        r#"[{"name": "m", "in": "path", "required": true, "style": "matrix", "schema": {"type": "array", "items": {"type": "integer"}}}, {"name": "l", "in": "path", "required": true, "style": "label", "explode": true, "schema": {"type": "object", "properties": {"a": {"type": "string"}}}}]"#,
    ),
    (
        "required query",
        r#"[{"name": "q", "in": "query", "required": true, "description": "What for.", "schema": {"type": "string", "minLength": 1}}]"#,
    ),
    (
        "several required",
        r##"[{"name": "first", "in": "query", "required": true, "schema": {"type": "string"}}, {"name": "last", "in": "query", "required": true, "schema": {"type": "string"}}, {"name": "X-Word", "in": "header", "required": true, "schema": {"$ref": "#/components/schemas/Word"}}, {"name": "at", "in": "query", "required": true, "schema": {"type": "string", "format": "date-time"}}]"##,
    ),
    (
        "optional query",
        r##"[{"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}, {"name": "word", "in": "query", "schema": {"$ref": "#/components/schemas/Word"}, "deprecated": true}, {"name": "count", "in": "query", "schema": {"type": "integer", "default": 3}}]"##,
    ),
    (
        "styles of a query",
        r#"[{"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": {"type": "object", "properties": {"a": {"type": "string"}}}}, {"name": "p", "in": "query", "style": "pipeDelimited", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}}, {"name": "r", "in": "query", "allowReserved": true, "schema": {"type": "string"}}]"#,
    ),
    (
        "headers and cookies",
        r#"[{"name": "X-Trace", "in": "header", "schema": {"type": "string"}}, {"name": "session", "in": "cookie", "schema": {"type": "integer"}}, {"name": "X-List", "in": "header", "required": true, "schema": {"type": "array", "items": {"type": "integer"}}}]"#,
    ),
    (
        "content",
        r##"[{"name": "where", "in": "query", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}, {"name": "note", "in": "header", "content": {"text/plain": {"schema": {"type": "string"}}}}]"##,
    ),
    (
        "empty and null",
        r##"[{"name": "flag", "in": "query", "allowEmptyValue": true, "schema": {"type": "integer"}}, {"name": "maybe", "in": "query", "schema": {"$ref": "#/components/schemas/Nullable"}}, {"name": "json", "in": "query", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Nullable"}}}}]"##,
    ),
    ("without schema", r#"[{"name": "any", "in": "query"}]"#),
    (
        "names of methods",
        r#"[{"name": "send", "in": "query", "schema": {"type": "string"}}, {"name": "body", "in": "query", "schema": {"type": "string"}}, {"name": "stream", "in": "query", "schema": {"type": "string"}}, {"name": "pages", "in": "query", "schema": {"type": "string"}}, {"name": "as_csv", "in": "query", "schema": {"type": "string"}}, {"name": "type", "in": "query", "schema": {"type": "string"}}, {"name": "decode", "in": "header", "required": true, "schema": {"type": "string"}}]"#,
    ),
];

const REQUIREMENTS: &[(&str, &str)] = &[
    ("unsaid", ""),
    ("none", "[]"),
    ("bearer", r#"[{"bearer": []}]"#),
    ("basic", r#"[{"basic": []}]"#),
    ("key in a header", r#"[{"header": []}]"#),
    ("key in a query", r#"[{"query": []}]"#),
    ("key in a cookie", r#"[{"cookie": []}]"#),
    ("OAuth 2.0 by client credentials", r#"[{"machine": ["read"]}]"#),
    ("OAuth 2.0 by a refresh token", r#"[{"person": ["read"]}]"#),
    ("alternatives", r#"[{"bearer": []}, {"header": []}, {"basic": []}]"#),
    ("a combination", r#"[{"header": [], "cookie": [], "query": []}]"#),
    ("optional", r#"[{"bearer": []}, {}]"#),
    (
        "optional combination",
        r#"[{"query": [], "machine": []}, {"cookie": []}, {}]"#,
    ),
];

const PAGINATIONS: &[(&str, &str)] = &[
    ("none", ""),
    (
        "offset",
        r#"{"style": "offset", "offset": "pageOffset", "limit": "pageLimit", "items": "/items", "total": "/total"}"#,
    ),
    ("page", r#"{"style": "page", "page": "pageOffset", "items": "/items"}"#),
    (
        "cursor",
        r#"{"style": "cursor", "cursor": "pageCursor", "limit": "pageLimit", "next": "/next", "items": "/items", "more": "/more"}"#,
    ),
    (
        "last item",
        r#"{"style": "lastItem", "cursor": "pageCursor", "id": "", "items": "/items"}"#,
    ),
    ("link", r#"{"style": "link", "items": "/items"}"#),
    ("URL", r#"{"style": "link", "next": "/next", "items": "/items"}"#),
];
