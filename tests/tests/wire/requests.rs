//! Requests of the emitted crate beside those of the official clients.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::capture::{Captured, Server};
use tests::product::Product;

use crate::recording::{HEADERS, Recording};
use crate::{calls, client, json};

/// What the HTTP library adds to a request by itself.
const LIBRARY: [&str; 3] = ["Host", "User-Agent", "Content-Length"];

#[tokio::test]
async fn requests_are_those_of_the_official_clients() {
    let recordings = Recording::all();
    let server = Server::start(json(200, "{}"));
    let client = client(&server);
    let mut operations = BTreeSet::new();
    let mut faults = Vec::new();
    let mut compared = 0;
    for recording in &recordings {
        match exchange(&server, &client, recording).await {
            Ok(request) => {
                let differences = compare(recording, &request);
                faults.extend(
                    differences
                        .into_iter()
                        .map(|fault| format!("{}: {fault}", recording.file)),
                );
            }
            Err(fault) => faults.push(format!("{}: {fault}", recording.file)),
        }
        operations.insert(recording.operation.as_str());
        compared += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(compared, 76, "recordings");
    assert_eq!(operations.len(), 19, "operations: {operations:?}");
}

#[tokio::test]
async fn integers_beyond_64_bit_floats_keep_their_digits() {
    let name = "py.dataTableRow.patch.all.json";
    let recording = Recording::all()
        .into_iter()
        .find(|recording| recording.file == name)
        .unwrap();
    let server = Server::start(json(200, "{}"));
    let request = exchange(&server, &client(&server), &recording).await.unwrap();
    let body = String::from_utf8(request.body).unwrap();
    assert!(body.contains(r#""i":12345678901234567890,"#), "{body}");
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let server = Server::start(json(200, "{}"));
    let client = client(&server);
    let package = Product::read().options.package;
    let user_agent = format!("{}/{}", package.name, package.version);
    let mut operations = BTreeSet::new();
    for recording in Recording::all().iter().filter(|recording| recording.is_minimal()) {
        let recording = recording.without_globals();
        let request = exchange(&server, &client, &recording).await.unwrap();
        // The one operation with a required parameter in the query.
        let query = (recording.operation == "dataTable.removeColumn").then(|| "columnName=myColumnName".to_owned());
        assert_eq!(request.query, query, "{}", recording.file);
        let sent: BTreeSet<String> = request.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
        let allowed: BTreeSet<String> = HEADERS.iter().chain(&LIBRARY).map(|name| name.to_lowercase()).collect();
        assert!(sent.is_subset(&allowed), "{}: {:?}", recording.file, request.headers);
        assert!(request.header("losantdomain").is_empty(), "{}", recording.file);
        assert_eq!(
            request.header("User-Agent"),
            [user_agent.as_str()],
            "{}",
            recording.file
        );
        operations.insert(recording.operation);
    }
    assert_eq!(operations.len(), 19, "operations: {operations:?}");
}

/// Makes the call of a recording; returns the one request that it made.
async fn exchange(server: &Server, client: &losant_data::Client, recording: &Recording) -> Result<Captured, String> {
    let (status, body) = calls::response(&recording.operation);
    server.answer(json(status, body));
    let outcome = calls::send(client, recording).await;
    let requests = server.take();
    if outcome.as_ref() != Ok(&status) {
        return Err(format!(
            "the call came to {outcome:?}, after {} requests",
            requests.len()
        ));
    }
    <[Captured; 1]>::try_from(requests)
        .map(|[request]| request)
        .map_err(|requests| format!("{} requests", requests.len()))
}

/// Returns where `request` is not what was recorded.
fn compare(recording: &Recording, request: &Captured) -> Vec<String> {
    let mut faults = Vec::new();
    let mut hold = |what: &str, expected: String, found: String| {
        if expected != found {
            faults.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    hold("method", recording.method().to_owned(), request.method.clone());
    hold("path", recording.path().to_owned(), request.path.clone());
    hold(
        "query",
        format!("{:?}", recording.query_pairs()),
        format!("{:?}", request.query_pairs()),
    );
    for name in HEADERS {
        hold(
            name,
            format!("{:?}", recording.header(name)),
            format!("{:?}", request.header(name)),
        );
    }
    let found = (!request.body.is_empty()).then(|| serde_json::from_slice::<Value>(&request.body));
    match (recording.body(), found) {
        (None, None) => {}
        (Some(expected), Some(Ok(found))) if same(&expected, &found) => {}
        (expected, _) => hold(
            "body",
            format!("{expected:?}"),
            String::from_utf8_lossy(&request.body).into_owned(),
        ),
    }
    faults
}

/// Returns whether two values are equal; integers to the last digit, others as `f64`.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right
                || ((left.is_f64() || right.is_f64())
                    && left.as_f64().map(f64::to_bits) == right.as_f64().map(f64::to_bits))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, value)| right.get(name).is_some_and(|other| same(value, other)))
        }
        _ => left == right,
    }
}
