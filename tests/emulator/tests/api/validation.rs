//! What the document forbids, and what nobody but the right caller may do.

use emulator::{APPLICATION, Emulator, Options, Unauthorized};
use serde_json::{Value, json};

use crate::support::Api;

#[test]
fn parameters_are_validated() {
    let api = Api::start();
    let table = api.table(&["a string optional"]);
    for (target, message) in [
        (
            "/data-tables?none=1".to_owned(),
            r#"there is no query parameter "none""#,
        ),
        (
            "/data-tables?page=1&page=2".to_owned(),
            r#"the parameter "page" is given more than once"#,
        ),
        (
            "/data-tables?sortField=age".to_owned(),
            r#"the parameter "sortField": "#,
        ),
        (
            "/data-tables?sortDirection=ASC".to_owned(),
            r#"the parameter "sortDirection": "#,
        ),
        (
            "/data-tables?filterField=".to_owned(),
            r#"the parameter "filterField": "#,
        ),
        ("/data-tables?_links=yes".to_owned(), r#"the parameter "_links": "#),
        ("/data-tables/5".to_owned(), r#"the parameter "dataTableId": "#),
        (format!("{table}/rows/truncat"), r#"the parameter "rowId": "#),
    ] {
        let reported = api.forbidden("GET", &target, &Value::Null);
        assert!(reported.starts_with(message), "{reported}");
    }
    let reported = api.forbidden("DELETE", &format!("{table}/column"), &Value::Null);
    assert_eq!(reported, r#"the parameter "columnName" is missing"#);
    api.forbidden("DELETE", &format!("{table}/column?columnName=a%20b"), &Value::Null);
    let all = format!("{table}?_actions=false&_links=true&_embedded=true");
    assert_eq!(api.send("GET", &all, None).0, 200);
}

#[test]
fn bodies_are_validated() {
    let api = Api::start();
    let table = api.table(&["a string optional"]);
    let (rows, column) = (format!("{table}/rows"), format!("{table}/column"));
    for (path, body) in [
        ("/data-tables", json!({})),
        ("/data-tables", json!({"name": ""})),
        ("/data-tables", json!({"name": "x", "none": 1})),
        ("/data-tables", json!([])),
        (
            &column,
            json!({"name": "a b", "dataType": "string", "constraint": "optional"}),
        ),
        (
            &column,
            json!({"name": "b", "dataType": "text", "constraint": "optional"}),
        ),
        (&column, json!({"name": "b", "dataType": "string"})),
        (&rows, json!({"a": [1]})),
        (&rows, json!({"a b": 1})),
        (&rows, json!("a")),
        (&rows, json!([{"a": {}}])),
        (&format!("{rows}/query"), json!({"a": {"$regex": "x"}})),
        (&format!("{rows}/query"), json!({"$or": {}})),
        (&format!("{rows}/query"), json!({"a": {"$in": [null]}})),
        (&format!("{rows}/delete"), json!({"a": {"$startsWith": ""}})),
        (&format!("{rows}/export"), json!({"email": "nobody"})),
        ("/data/export", json!({"callbackUrl": "not a url"})),
        ("/data/time-series-query", json!({"aggregation": "AVERAGE"})),
        ("/data/last-value-query", json!({"attribute": "a b"})),
    ] {
        let reported = api.forbidden("POST", path, &body);
        assert!(reported.starts_with("the body at "), "{reported}");
    }
    for path in ["/data-tables", &rows, &format!("{rows}/export"), "/data/export"] {
        assert_eq!(api.forbidden("POST", path, &Value::Null), "the body is missing");
    }
    assert_eq!(
        api.forbidden("POST", &format!("{rows}/truncate"), &json!({"a": 1})),
        "the operation takes no body"
    );
    assert_eq!(api.get(&rows)["totalCount"], 0);
    // Losant's JavaScript client sends an empty object where there is nothing to send.
    api.ok("POST", &format!("{rows}/truncate"), &json!({}));
    api.ok("DELETE", &table, &json!({}));
}

#[test]
fn a_body_is_json_and_says_so() {
    let api = Api::start();
    let token = format!("Bearer {}", api.emulator.token());
    let send = |content_type: &str, body: &str| {
        let headers = [("Authorization", token.as_str()), ("Content-Type", content_type)];
        api.raw(
            "POST",
            &format!("/applications/{APPLICATION}/data-tables"),
            &headers,
            body,
        )
    };
    assert_eq!(send("application/json; charset=utf-8", r#"{"name": "a"}"#).status, 201);
    assert_eq!(send("Application/JSON", r#"{"name": "a"}"#).status, 201);
    for (content_type, body) in [
        ("text/plain", r#"{"name": "a"}"#),
        ("application/x-www-form-urlencoded", "name=a"),
        ("application/json", r#"{"name": "a""#),
        ("application/json", "{\"name\": \"a\"} x"),
    ] {
        let response = send(content_type, body);
        assert_eq!(response.status, 400, "{content_type} {body}");
        assert!(response.text.contains(r#""type":"Validation""#), "{}", response.text);
    }
    api.expect_forbidden(4);
    assert_eq!(api.emulator.refused()[0].operation, "dataTables.post");
}

#[test]
fn nothing_is_done_without_the_token() {
    let api = Api::with(Options {
        token: "secret".to_owned(),
        ..Options::default()
    });
    let target = format!("/applications/{APPLICATION}/data-tables");
    for header in ["", "Bearer", "Bearer other", "Bearer secret ", "Basic secret", "secret"] {
        let headers = [("Authorization", header)];
        let headers = if header.is_empty() { &headers[..0] } else { &headers };
        let response = api.raw("GET", &target, headers, "");
        // An HTTP library takes the space at the end away.
        let expected = if header == "Bearer secret " { 200 } else { 401 };
        assert_eq!(response.status, expected, "{header:?}");
        if expected == 401 {
            let error: Value = serde_json::from_str(&response.text).unwrap();
            assert_eq!(error["type"], "Unauthorized");
            assert!(error["message"].is_string());
        }
    }
    assert_eq!(api.raw("GET", "/nowhere", &[], "").status, 401);
    assert_eq!(
        api.raw("GET", &target, &[("Authorization", "bearer secret")], "")
            .status,
        200
    );
}

#[test]
fn a_response_without_the_token_may_be_anything() {
    let options = |content_type: &str, body: &str| Options {
        unauthorized: Unauthorized::Body {
            content_type: content_type.to_owned(),
            body: body.to_owned(),
        },
        ..Options::default()
    };
    for (content_type, body) in [("", ""), ("text/html", "<h1>Who are you?</h1>")] {
        let api = Api::with(options(content_type, body));
        let response = api.raw("GET", &format!("/applications/{APPLICATION}/data-tables"), &[], "");
        assert_eq!(
            (response.status, response.content_type.as_str(), response.text.as_str()),
            (401, content_type, body)
        );
    }
}

#[test]
fn what_the_document_does_not_have_is_not_found() {
    let api = Api::start();
    let table = api.table(&[]);
    let nothing = (404, json!({"type": "NotFound", "message": "Operation was not found"}));
    for (method, path) in [
        ("GET", "/data".to_owned()),
        ("POST", "/data".to_owned()),
        ("PUT", table.clone()),
        ("POST", table.clone()),
        ("GET", format!("{table}/rows/")),
        ("GET", format!("{table}/")),
        ("HEADS", table.clone()),
        ("DELETE", format!("{table}/rows")),
    ] {
        assert_eq!(api.send(method, &path, None), nothing, "{method} {path}");
    }
    assert_eq!(api.emulator.requests(), [("dataTables.post".to_owned(), 1)].into());
}

#[test]
fn requests_are_written_down() {
    let api = Api::with(Options {
        log: 2,
        ..Options::default()
    });
    let table = api.table(&["a string optional"]);
    api.forbidden(
        "GET",
        &format!("{table}/rows/%C3%A9%2F%25?x=a+b%2B%F0%9F%99%82&x="),
        &Value::Null,
    );
    api.ok("POST", &format!("{table}/rows"), &json!({"a": "é"}));
    let log = api.emulator.log();
    let [first, second] = log.as_slice() else {
        panic!("{log:#?}")
    };
    let id = table.rsplit('/').next().unwrap();
    assert_eq!(first.operation.as_deref(), Some("dataTableRow.get"));
    assert_eq!((first.method.as_str(), first.status), ("GET", 400));
    assert!(
        first.target.ends_with("/rows/%C3%A9%2F%25?x=a+b%2B%F0%9F%99%82&x="),
        "{}",
        first.target
    );
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        first.path,
        [
            pair("applicationId", APPLICATION),
            pair("dataTableId", id),
            pair("rowId", "é/%")
        ]
    );
    assert_eq!(first.query, [pair("x", "a b+🙂"), pair("x", "")]);
    assert_eq!((second.method.as_str(), second.status), ("POST", 201));
    assert_eq!(second.body, r#"{"a":"é"}"#.as_bytes());
    assert!(second.headers.contains(&pair("content-type", "application/json")));
    let refused = api.emulator.refused();
    assert_eq!((refused.len(), refused[0].target.as_str()), (1, first.target.as_str()));
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let api = Api::start();
    let port = api.emulator.url().rsplit(':').next().unwrap().parse().unwrap();
    let other = Emulator::start(Options {
        port,
        ..Options::default()
    });
    assert_eq!(other.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}

#[test]
fn the_document_is_the_one_that_the_client_is_made_from() {
    // Cargo runs tests in the folder of their package.
    let config: toml::Table = std::fs::read_to_string("../../spec/codegen.toml")
        .unwrap()
        .parse()
        .unwrap();
    let overlays = config["overlays"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap());
    let names: Vec<&str> = std::iter::once(config["document"].as_str().unwrap())
        .chain(overlays)
        .collect();
    assert_eq!(emulator::spec::names(), names);
    let paths = emulator::spec::mended()["paths"].as_object().unwrap().clone();
    let items = paths.values().flat_map(|item| item.as_object().unwrap().keys());
    assert_eq!(items.filter(|name| *name != "parameters").count(), 19);
}
