//! Parameters with a media type, and those that may stand without a value.

use apicrate_runtime::{Json, Maybe, RequestDefaults, Validation, from_str};
use tests::capture::percent_decoded;

use crate::{client, one, send, server};

#[tokio::test]
async fn json_is_one_text_wherever_it_stands() {
    use case_parameters_with_content::operations::content;
    use case_parameters_with_content::schemas::{Point, PointRequired};

    let point = |lat, long| Point::new(PointRequired { lat, long });

    let server = server();
    let client = client!(case_parameters_with_content, server);
    let place = point(1.5, -2.0).name("é/😀");
    let any: Json = from_str(r#"[null,{"a":"b&c"}]"#).unwrap();
    let request = content::json(place.clone())
        .coordinates(place.clone())
        .x_point(place.clone())
        .cookie_point(place)
        .or_null(Maybe::Null)
        .any(any);
    send!(request, &client).unwrap();
    let request = one(&server);
    let text = r#"{"lat":1.5,"long":-2,"name":"é/😀"}"#;
    let encoded = "%7B%22lat%22%3A1.5%2C%22long%22%3A-2%2C%22name%22%3A%22%C3%A9%2F%F0%9F%98%80%22%7D";
    assert_eq!(percent_decoded(encoded), text);
    assert_eq!(request.path, format!("/json/{encoded}"));
    assert_eq!(
        request.query,
        Some(format!(
            "coordinates={encoded}&or%20null=null&any=%5Bnull%2C%7B%22a%22%3A%22b%26c%22%7D%5D"
        ))
    );
    // Escapes of JSON keep a header to ASCII.
    let ascii = r#"{"lat":1.5,"long":-2,"name":"\u00e9/\ud83d\ude00"}"#;
    assert_eq!(request.header("x-point"), [ascii]);
    assert_eq!(request.header("cookie"), [format!("point={encoded}")]);

    // Absent is not `null`; and a list without elements has JSON text.
    let request = content::json(point(0.5, 0.5))
        .or_null(7)
        .any(from_str::<Json>("[]").unwrap());
    send!(request, &client).unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("or%20null=7&any=%5B%5D"));
    send!(content::json(point(0.5, 0.5)), &client).unwrap();
    assert_eq!(one(&server).query, None);
}

#[tokio::test]
async fn content_is_validated() {
    use case_parameters_with_content::operations::content;
    use case_parameters_with_content::runtime::Call as _;
    use case_parameters_with_content::schemas::{Point, PointRequired};

    let point = |lat, long| Point::new(PointRequired { lat, long });

    let base = RequestDefaults::new("http://localhost").unwrap();
    let refused = content::json(point(1.0, 2.0))
        .coordinates(point(91.0, 0.0))
        .into_http(&base);
    let refused = refused.unwrap_err();
    let [fault] = refused.faults.as_slice() else {
        panic!("{refused}")
    };
    assert_eq!(
        (fault.place.as_str(), fault.pointer.as_str()),
        ("query parameter \"coordinates\"", "/lat")
    );
    let refused = content::text("longer than twelve").into_http(&base).unwrap_err();
    assert_eq!(refused.faults[0].place, "path parameter \"text\"");
    assert!(content::text("").into_http(&base).is_err());
    assert!(
        content::text("longer than twelve")
            .http_request(&base, Validation::Off)
            .is_ok()
    );
}

#[tokio::test]
async fn text_is_as_it_is() {
    use case_parameters_with_content::operations::content;

    let server = server();
    let client = client!(case_parameters_with_content, server);
    let request = content::text("a/b \"é\"")
        .query_text("a&b=c")
        .x_text("a; q=\"b\"")
        .cookie_text("\"a,b\" c")
        .number(1.5)
        .bare("");
    send!(request, &client).unwrap();
    let request = one(&server);
    assert_eq!(request.path, "/text/a%2Fb%20%22%C3%A9%22");
    assert_eq!(request.query.as_deref(), Some("text=a%26b%3Dc&number=1.5&bare="));
    assert_eq!(request.header("x-text"), ["a; q=\"b\""]);
    assert_eq!(request.header("cookie"), ["text=\"a,b\" c"]);
    // It must not become two cookies, nor another header.
    for text in ["a;b=c", "a\r\nb: c", "é", "a "] {
        let refused = send!(content::text("t").cookie_text(text), &client).unwrap_err();
        assert!(refused.contains("cookie parameter \"text\""), "{refused}");
    }
    assert!(server.take().is_empty());
}

/// `allowEmptyValue` lets the parameter stand without a value, whatever its schema.
#[tokio::test]
async fn an_empty_value_is_sent_where_it_is_allowed() {
    use case_empty_query_values::operations::search::{self, GetFlagRequired, SearchOrder};

    let server = server();
    let client = client!(case_empty_query_values, server);
    // `Maybe` for a type without an empty value of its own, else that value.
    let request = search::search()
        .limit(Maybe::Null)
        .word("")
        .tags(vec![])
        .order(Maybe::Null);
    send!(request, &client).unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("limit=&word=&tags=&order="));
    let request = search::search()
        .limit(5)
        .word("abc")
        .tags(vec!["d".to_owned()])
        .order(SearchOrder::Up);
    send!(request, &client).unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("limit=5&word=abc&tags=d&order=up"));
    send!(search::search(), &client).unwrap();
    assert_eq!(one(&server).query, None);
    // Any other value is validated, and so is the empty one of another parameter.
    assert!(send!(search::search().limit(0), &client).is_err());
    assert!(send!(search::search().word("ab"), &client).is_err());
    assert!(send!(search::search().strict(""), &client).is_err());
    // A style without a form for an empty value ignores the flag; `null` has no form in any.
    send!(search::search().words(vec![]).maybe(1), &client).unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("maybe=1"));

    // One that a request has to have may be empty where that is allowed, and not be omitted where it is not.
    send!(
        search::get_flag(GetFlagRequired {
            flag: None,
            ids: vec![1]
        }),
        &client
    )
    .unwrap();
    assert_eq!(one(&server).query.as_deref(), Some("flag=&ids=1"));
    let refused = send!(
        search::get_flag(GetFlagRequired {
            flag: Some(true),
            ids: vec![]
        }),
        &client
    )
    .unwrap_err();
    assert!(
        refused.contains("query parameter \"ids\": an array without elements is written as nothing"),
        "{refused}"
    );
}
