//! The document as a validator of requests and responses.

mod body;
mod parameter;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use schema_oracle::{Oracle, translate};
use serde_json::Value;

use self::body::Body;
use self::parameter::{Location, Parameter};
use crate::call::{Call, Raw};
use crate::response::EmulatorResponse;
use crate::spec;

/// The document, read once: making its oracles takes longer than most tests.
pub(crate) static DOCUMENT: LazyLock<Document> = LazyLock::new(|| Document::read(&spec::mended()));

/// The methods that an operation of a path may have.
const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The operations of the document.
#[derive(Debug)]
pub(crate) struct Document {
    /// The operations.
    pub(crate) operations: Vec<Operation>,
    /// The schema `error`, for the statuses that the document does not mention.
    error: Arc<Oracle>,
}

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: String,
    /// The method, in capitals.
    pub(crate) method: String,
    /// The path template.
    pub(crate) path: String,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    responses: BTreeMap<u16, Arc<Oracle>>,
}

/// The oracles that were made so far, by the text of the schema, since most responses share a few.
struct Oracles<'d> {
    document: &'d Value,
    made: BTreeMap<String, Arc<Oracle>>,
}

impl Oracles<'_> {
    fn at(&mut self, pointer: &str) -> Arc<Oracle> {
        let schema = translate::follow(self.document, pointer);
        let key = schema.map(Value::to_string).unwrap_or_default();
        let oracle = self.made.entry(key);
        Arc::clone(oracle.or_insert_with(|| Arc::new(Oracle::new(self.document, pointer))))
    }

    fn has(&self, pointer: &str) -> bool {
        translate::follow(self.document, pointer).is_some()
    }
}

impl Document {
    fn read(document: &Value) -> Self {
        let mut oracles = Oracles {
            document,
            made: BTreeMap::new(),
        };
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                if item.get(method).is_some() {
                    operations.push(Operation::read(&mut oracles, path, method));
                }
            }
        }
        Self {
            operations,
            error: oracles.at("/components/schemas/error"),
        }
    }

    /// Returns the operation of a method and a path template.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let mut operations = self.operations.iter();
        operations.find(|operation| operation.method == method && operation.path == path)
    }

    /// Returns what is wrong with a response to an operation, or to something that is none.
    pub(crate) fn objections(&self, operation: Option<&Operation>, response: &EmulatorResponse) -> Vec<String> {
        let documented = operation.and_then(|operation| operation.responses.get(&response.status));
        let oracle = match (documented, response.status) {
            (Some(oracle), _) => oracle,
            // Losant's own clients take these from any operation, though the document does not mention them.
            (None, 401 | 413) => &self.error,
            (None, 404) if operation.is_none() => &self.error,
            (None, status) => return vec![format!("the document has no response {status}")],
        };
        reported(oracle, &response.body)
    }
}

impl Operation {
    fn read(oracles: &mut Oracles<'_>, path: &str, method: &str) -> Self {
        let item = format!("/paths/{}", escaped(path));
        let place = format!("{item}/{method}");
        let operation = translate::follow(oracles.document, &place).unwrap_or(&Value::Null);
        let mut parameters = Vec::new();
        for list in [format!("{item}/parameters"), format!("{place}/parameters")] {
            let count = translate::follow(oracles.document, &list).and_then(Value::as_array);
            let count = count.map_or(0, Vec::len);
            parameters.extend((0..count).map(|index| Parameter::read(oracles, &format!("{list}/{index}"))));
        }
        let mut responses = BTreeMap::new();
        for status in operation["responses"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(status, _)| status)
        {
            let schema = format!("{place}/responses/{status}/content/application~1json/schema");
            if let Ok(status) = status.parse() {
                responses.insert(status, oracles.at(&schema));
            }
        }
        Self {
            id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters,
            body: Body::read(oracles, &format!("{place}/requestBody")),
            responses,
        }
    }

    /// Validates a request.
    ///
    /// # Errors
    ///
    /// When it does not conform to the document: all of them that it breaks.
    pub(crate) fn call(&self, raw: &Raw) -> Result<Call, Vec<String>> {
        let mut faults = Vec::new();
        let mut call = Call {
            operation: self.id.clone(),
            ..Call::default()
        };
        let pairs = raw.query.iter().map(|(name, _)| name);
        let unknown = pairs.filter(|name| !self.has(Location::Query, name));
        faults.extend(unknown.map(|name| format!("there is no query parameter {name:?}")));
        for parameter in &self.parameters {
            match parameter.value(raw) {
                Ok(Some(value)) => {
                    call.parameters.insert(parameter.name.clone(), value);
                }
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        match body::value(self.body.as_ref(), raw) {
            Ok(body) => call.body = body,
            Err(fault) => faults.extend(fault),
        }
        if let Some(accept) = raw.header("accept")
            && !["application/json", "application/*", "*/*"]
                .iter()
                .any(|known| accept.contains(known))
        {
            faults.push(format!("the caller does not accept JSON, but {accept:?}"));
        }
        if faults.is_empty() { Ok(call) } else { Err(faults) }
    }

    fn has(&self, location: Location, name: &str) -> bool {
        let mut parameters = self.parameters.iter();
        parameters.any(|parameter| parameter.location == location && parameter.name == name)
    }
}

/// Returns what the oracle has against a value, each with its place.
fn reported(oracle: &Oracle, value: &Value) -> Vec<String> {
    let objections = oracle.objections(value);
    let objections = objections.iter();
    objections
        .map(|objection| format!("{:?}: {}", objection.pointer, objection.message))
        .collect()
}

/// Returns `name` as a step of a JSON Pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::DOCUMENT;
    use crate::response::EmulatorResponse;

    /// Returns what is wrong with a response to an operation; to nothing that the document has, where the id is empty.
    fn objections(id: &str, status: u16, body: Value) -> Vec<String> {
        let mut operations = DOCUMENT.operations.iter();
        let operation = operations.find(|operation| operation.id == id);
        assert!(operation.is_some() || id.is_empty());
        DOCUMENT.objections(operation, &EmulatorResponse { status, body })
    }

    #[test]
    fn a_response_that_breaks_the_document_is_found() {
        for (id, status, body) in [
            ("dataTable.get", 200, json!({"id": "5"})),
            ("dataTable.get", 200, json!([])),
            ("dataTable.get", 201, json!({})),
            ("dataTable.get", 404, json!({"message": 5})),
            ("dataTable.get", 500, json!({})),
            ("dataTables.post", 200, json!({})),
            ("dataTableRow.get", 200, json!({"createdAt": "yesterday"})),
            // It might be a row as well.
            ("dataTableRows.post", 201, json!({"count": 1})),
            (
                "dataTableRows.export",
                202,
                json!({"jobId": "an id that is much too long"}),
            ),
            ("", 200, json!({})),
            ("", 404, json!({"type": null})),
        ] {
            assert_ne!(
                objections(id, status, body.clone()),
                Vec::<String>::new(),
                "{id} {status} {body}"
            );
        }
    }

    #[test]
    fn a_response_that_keeps_to_the_document_is_fine() {
        let error = json!({"type": "Any", "message": "at all"});
        for (id, status, body) in [
            ("dataTable.get", 200, json!({"name": "x", "summary": {"count": 1}})),
            ("dataTable.get", 404, error.clone()),
            ("dataTable.get", 401, error.clone()),
            ("dataTableRows.post", 201, json!({"count": 1, "rowIds": []})),
            ("", 404, error),
        ] {
            assert_eq!(objections(id, status, body), Vec::<String>::new(), "{id} {status}");
        }
    }
}
