//! The style tables: every cell that says what is sent.
//!
//! One document per location has an operation for each style and type; the crates that the two versions of OpenAPI
//! give are the same, which a test holds, so both tables are sent through one.

use apicrate_runtime::{RequestDefaults, Validation};
use tests::capture::Captured;
use tests::cases::{self, Kind};

use crate::rows::{self, Row};
use crate::{Outcome, client, one, send, server};

/// Returns the cells of a location that say what is sent.
fn applicable(location: &str) -> Vec<Row> {
    let mut rows = rows::table();
    rows.retain(|row| row.location == location && !row.na);
    rows
}

/// Sends the request of a cell in the query.
async fn query(row: &Row, client: &case_styles_in_query::Client) -> Outcome {
    use case_styles_in_query::operations::styles as operations;
    use case_styles_in_query::schemas::Rgb;

    macro_rules! cell {
        ($operation:ident, $type:ty) => {
            send!(operations::$operation().color(row.value::<$type>()), client)
        };
    }
    match (row.style.as_str(), row.explode, row.shape.as_str()) {
        ("form", false, "string" | "empty") => cell!(form_string, String),
        ("form", false, "array") => cell!(form_array, Vec<String>),
        ("form", false, "object") => cell!(form_object, Rgb),
        ("form", true, "string" | "empty") => cell!(form_string_exploded, String),
        ("form", true, "array") => cell!(form_array_exploded, Vec<String>),
        ("form", true, "object") => cell!(form_object_exploded, Rgb),
        ("spaceDelimited", false, "array") => cell!(space_delimited_array, Vec<String>),
        ("spaceDelimited", false, "object") => cell!(space_delimited_object, Rgb),
        ("pipeDelimited", false, "array") => cell!(pipe_delimited_array, Vec<String>),
        ("pipeDelimited", false, "object") => cell!(pipe_delimited_object, Rgb),
        ("deepObject", true, "object") => cell!(deep_object_object_exploded, Rgb),
        _ => panic!("{}", row.name()),
    }
}

/// Sends the request of a cell in a header.
async fn header(row: &Row, client: &case_styles_in_header::Client) -> Outcome {
    use case_styles_in_header::operations::styles as operations;
    use case_styles_in_header::schemas::Rgb;

    macro_rules! cell {
        ($operation:ident, $type:ty) => {
            send!(operations::$operation().color(row.value::<$type>()), client)
        };
    }
    match (row.explode, row.shape.as_str()) {
        (false, "string" | "empty") => cell!(simple_string, String),
        (false, "array") => cell!(simple_array, Vec<String>),
        (false, "object") => cell!(simple_object, Rgb),
        (true, "string" | "empty") => cell!(simple_string_exploded, String),
        (true, "array") => cell!(simple_array_exploded, Vec<String>),
        (true, "object") => cell!(simple_object_exploded, Rgb),
        _ => panic!("{}", row.name()),
    }
}

/// Sends the request of a cell in a cookie.
async fn cookie(row: &Row, client: &case_styles_in_cookie::Client) -> Outcome {
    use case_styles_in_cookie::operations::styles as operations;
    use case_styles_in_cookie::schemas::Rgb;

    macro_rules! cell {
        ($operation:ident, $type:ty) => {
            send!(operations::$operation().color(row.value::<$type>()), client)
        };
    }
    match (row.explode, row.shape.as_str()) {
        (false, "string" | "empty") => cell!(form_string, String),
        (false, "array") => cell!(form_array, Vec<String>),
        (false, "object") => cell!(form_object, Rgb),
        (true, "string" | "empty") => cell!(form_string_exploded, String),
        (true, "array") => cell!(form_array_exploded, Vec<String>),
        (true, "object") => cell!(form_object_exploded, Rgb),
        _ => panic!("{}", row.name()),
    }
}

/// Sends the request of a cell in the path.
async fn path(row: &Row, client: &case_styles_in_path::Client) -> Outcome {
    use case_styles_in_path::operations::styles as operations;
    use case_styles_in_path::schemas::Rgb;

    macro_rules! cell {
        ($operation:ident, $type:ty) => {
            send!(operations::$operation(row.value::<$type>()), client)
        };
    }
    match (row.style.as_str(), row.explode, row.shape.as_str()) {
        ("matrix", false, "string" | "empty") => cell!(matrix_string, String),
        ("matrix", false, "array") => cell!(matrix_array, Vec<String>),
        ("matrix", false, "object") => cell!(matrix_object, Rgb),
        ("matrix", true, "string" | "empty") => cell!(matrix_string_exploded, String),
        ("matrix", true, "array") => cell!(matrix_array_exploded, Vec<String>),
        ("matrix", true, "object") => cell!(matrix_object_exploded, Rgb),
        ("label", false, "string" | "empty") => cell!(label_string, String),
        ("label", false, "array") => cell!(label_array, Vec<String>),
        ("label", false, "object") => cell!(label_object, Rgb),
        ("label", true, "string" | "empty") => cell!(label_string_exploded, String),
        ("label", true, "array") => cell!(label_array_exploded, Vec<String>),
        ("label", true, "object") => cell!(label_object_exploded, Rgb),
        ("simple", false, "string" | "empty") => cell!(simple_string, String),
        ("simple", false, "array") => cell!(simple_array, Vec<String>),
        ("simple", false, "object") => cell!(simple_object, Rgb),
        ("simple", true, "string" | "empty") => cell!(simple_string_exploded, String),
        ("simple", true, "array") => cell!(simple_array_exploded, Vec<String>),
        ("simple", true, "object") => cell!(simple_object_exploded, Rgb),
        _ => panic!("{}", row.name()),
    }
}

/// Asserts what a request has at a location; it has nothing at another.
fn has(request: &Captured, location: &str, bytes: Option<&str>, name: &str) {
    let at = |here: &str| bytes.filter(|_| location == here);
    assert_eq!(request.query.as_deref(), at("query"), "{name}");
    assert_eq!(request.header("color").first().copied(), at("header"), "{name}");
    assert_eq!(request.header("cookie").first().copied(), at("cookie"), "{name}");
}

#[tokio::test]
async fn cells_of_queries() {
    let (server, rows) = (server(), applicable("query"));
    let client = client!(case_styles_in_query, server);
    for row in &rows {
        query(row, &client).await.unwrap();
        has(&one(&server), "query", Some(&row.bytes()), &row.name());
    }
    assert_eq!(rows.len(), 2 * 13);
}

#[tokio::test]
async fn cells_of_headers() {
    let (server, rows) = (server(), applicable("header"));
    let client = client!(case_styles_in_header, server);
    for row in &rows {
        header(row, &client).await.unwrap();
        has(&one(&server), "header", Some(&row.bytes()), &row.name());
    }
    assert_eq!(rows.len(), 2 * 8);
}

#[tokio::test]
async fn cells_of_cookies() {
    let (server, rows) = (server(), applicable("cookie"));
    let client = client!(case_styles_in_cookie, server);
    for row in &rows {
        cookie(row, &client).await.unwrap();
        has(&one(&server), "cookie", Some(&row.bytes()), &row.name());
    }
    assert_eq!(rows.len(), 2 * 8);
}

#[tokio::test]
async fn cells_of_paths() {
    let (server, rows) = (server(), applicable("path"));
    let client = client!(case_styles_in_path, server);
    let mut refused = 0;
    for row in &rows {
        let outcome = path(row, &client).await;
        if (row.style.as_str(), row.shape.as_str()) == ("simple", "empty") {
            // Nothing is left of the argument; nobody sends that by accident.
            assert!(outcome.unwrap_err().contains("empty argument"), "{}", row.name());
            assert!(server.take().is_empty());
            refused += 1;
        } else {
            outcome.unwrap();
            let request = one(&server);
            // In the documents each argument follows an `x`, so that a lone dot is no segment.
            let (_, sent) = request.path.rsplit_once("/x").unwrap();
            assert_eq!(sent, row.bytes(), "{}", row.name());
            has(&request, "path", None, &row.name());
        }
    }
    assert_eq!((rows.len(), refused), (2 * 24, 2 * 2));
}

/// Beside other text an empty argument is harmless, and a request that is not validated may have it.
#[test]
fn an_empty_argument_of_a_path_is_nothing_where_nothing_is_validated() {
    use case_styles_in_path::operations::styles;
    use case_styles_in_path::runtime::Call as _;

    let base = RequestDefaults::new("http://localhost").unwrap();
    let requests = [
        styles::simple_string("").http_request(&base, Validation::Off),
        styles::simple_string_exploded("").http_request(&base, Validation::Off),
    ];
    let paths = requests.map(|request| request.unwrap().uri().path().to_owned());
    assert_eq!(paths, ["/simple-string/x", "/simple-string-exploded/x"]);
}

/// `null`, `[]` and `{}` are undefined in RFC 6570: there is nothing to send, and no path without its argument.
#[tokio::test]
async fn undefined_values_are_omitted() {
    let server = server();
    {
        use case_styles_in_query::operations::styles;
        use case_styles_in_query::schemas::Rgb;
        let client = client!(case_styles_in_query, server);
        let sent = [
            send!(styles::form_array(), &client),
            send!(styles::form_array().color(vec![]), &client),
            send!(styles::form_array_exploded().color(vec![]), &client),
            send!(styles::form_object().color(Rgb::new()), &client),
            send!(styles::form_object_exploded().color(Rgb::new()), &client),
            send!(styles::space_delimited_array().color(vec![]), &client),
            send!(styles::pipe_delimited_object().color(Rgb::new()), &client),
            send!(styles::deep_object_object_exploded().color(Rgb::new()), &client),
        ];
        assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    }
    {
        use case_styles_in_header::operations::styles;
        let client = client!(case_styles_in_header, server);
        send!(styles::simple_array().color(vec![]), &client).unwrap();
    }
    {
        use case_styles_in_cookie::operations::styles;
        use case_styles_in_cookie::schemas::Rgb;
        let client = client!(case_styles_in_cookie, server);
        send!(styles::form_array().color(vec![]), &client).unwrap();
        send!(styles::form_object_exploded().color(Rgb::new()), &client).unwrap();
    }
    let requests = server.take();
    assert_eq!(requests.len(), 11);
    for request in &requests {
        has(request, "none", None, &request.path);
    }
    {
        use case_styles_in_path::operations::styles;
        use case_styles_in_path::schemas::Rgb;
        let client = client!(case_styles_in_path, server);
        let refused = [
            send!(styles::simple_array(vec![]), &client),
            send!(styles::label_object(Rgb::new()), &client),
            send!(styles::matrix_object_exploded(Rgb::new()), &client),
        ];
        for outcome in refused {
            assert!(outcome.unwrap_err().contains("is written as nothing"));
        }
    }
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn examples_of_appendix_c() {
    use case_styles_in_query::operations::styles;

    let server = server();
    let client = client!(case_styles_in_query, server);
    let examples = rows::appendix();
    assert_eq!(examples.len(), 5);
    for example in &examples {
        let value = |name: &str| {
            let found = example.params.iter().find(|param| param.name == name)?;
            Some(found.value.to_string())
        };
        // Those that allow reserved characters, or that have spaces between words.
        let sent = if example.expected.contains("%20") {
            let mut request = styles::appendix_c_reserved();
            if let Some(text) = value("formulas") {
                request = request.formulas(apicrate_runtime::from_str(&text).unwrap());
            }
            if let Some(text) = value("words") {
                request = request.words(apicrate_runtime::from_str(&text).unwrap());
            }
            send!(request, &client)
        } else {
            let mut request = styles::appendix_c();
            if let Some(text) = value("formulas") {
                request = request.formulas(apicrate_runtime::from_str(&text).unwrap());
            }
            if let Some(text) = value("words") {
                request = request.words(apicrate_runtime::from_str(&text).unwrap());
            }
            if let Some(text) = value("❤️") {
                request = request.heart(apicrate_runtime::from_str::<String>(&text).unwrap());
            }
            send!(request, &client)
        };
        sent.unwrap();
        assert_eq!(one(&server).query.as_deref(), example.expected.strip_prefix('?'));
    }
}

/// The default of `explode` is `false` in words, with which nothing is defined for `deepObject`.
#[tokio::test]
async fn a_deep_object_explodes_by_default() {
    use case_styles_in_query::operations::styles;
    use case_styles_in_query::schemas::Rgb;

    let server = server();
    let client = client!(case_styles_in_query, server);
    send!(styles::deep_object_default().color(Rgb::new().r(1)), &client).unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("color%5BR%5D=1"));
}

/// So that one crate stands for both versions.
#[test]
fn both_versions_give_the_same_crate() {
    let all = cases::find(Kind::Ok).unwrap();
    for name in ["path", "query", "header", "cookie"] {
        let case = all
            .iter()
            .find(|case| case.name == format!("styles_in_{name}"))
            .unwrap();
        let text = std::fs::read_to_string(case.folder.join("openapi.yaml")).unwrap();
        let [first, other] = ["3.1.1", "3.0.4"].map(|version| {
            let document = text.replacen("3.1.1", version, 1);
            assert!(document.starts_with(&format!("openapi: {version}\n")));
            let input = generator::Input {
                name: "openapi.yaml",
                text: &document,
                overlays: &[],
            };
            let run = generator::generate(&input, &generator::Options::new("styles"));
            assert!(run.diagnostics.is_empty());
            run.output.unwrap().files
        });
        assert!(first == other, "{name}");
    }
}
