//! Lists that are asked for page by page.

use apicrate_runtime::codegen::Paging;
use case_pagination::operations::lists;
use case_pagination::runtime::Call as _;
use case_pagination::{Client, Error};
use futures_core::Stream;
use tests::capture::{Answer, Captured, Server};

use crate::{base, response};

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

/// Returns the queries that came since the last time.
fn queries(server: &Server) -> Vec<String> {
    let requests = server.take().into_iter();
    requests.map(|request| request.query.unwrap_or_default()).collect()
}

fn parameter(request: &Captured, name: &str) -> Option<usize> {
    let pairs = request.query_pairs();
    let pair = pairs.iter().find(|(known, _)| known == name);
    pair.map(|(_, value)| value.parse().unwrap())
}

/// Seven tasks, of which a page has two, whatever it is asked for.
fn tasks(request: &Captured) -> (u16, String, String) {
    let start = parameter(request, "offset").unwrap_or(0);
    let tasks: Vec<String> = (start..7).take(2).map(|id| format!(r#"{{"id": {id}}}"#)).collect();
    let body = format!(r#"{{"items": [{}], "totalCount": 7}}"#, tasks.join(","));
    (200, String::new(), body)
}

/// Asserts that a stream can be moved to another task.
fn is_stream<S: Stream + Send + Unpin + 'static>(stream: S) -> S {
    stream
}

#[tokio::test]
async fn pagination_by_offset() {
    let server = Server::start(Answer::Script(tasks));
    let client = client(&server);
    // The server gives fewer than it is asked for, and no item is lost for it.
    let mut tasks = is_stream(lists::list_tasks().limit("5").items(&client));
    let mut ids = Vec::new();
    while let Some(task) = tasks.next().await {
        ids.push(task.unwrap().id);
    }
    assert_eq!(ids, [0, 1, 2, 3, 4, 5, 6]);
    let expected = ["limit=5", "limit=5&offset=2", "limit=5&offset=4", "limit=5&offset=6"];
    assert_eq!(queries(&server), expected);
    // What is not asked for is not sent for.
    let mut tasks = lists::list_tasks().offset("3").items(&client);
    assert_eq!(tasks.next().await.unwrap().unwrap().id, 3);
    assert_eq!(tasks.next().await.unwrap().unwrap().id, 4);
    assert_eq!(queries(&server), ["offset=3"]);
    // Pages keep what came with them.
    let mut pages = is_stream(lists::list_tasks().offset("6").pages(&client));
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!((page.status().as_u16(), page.total_count), (200, Some(7)));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pagination_keeps_an_error_and_goes_on() {
    let server = Server::start(Answer::Script(tasks));
    let mut tasks = lists::list_tasks().items(&client(&server));
    let mut next = async || tasks.next().await;
    assert_eq!(next().await.unwrap().unwrap().id, 0);
    assert_eq!(next().await.unwrap().unwrap().id, 1);
    server.answer(Answer::Json(501, "out of order".to_owned()));
    let error = next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 501);
    assert_eq!(error.response().unwrap().body, "out of order");
    assert!(next().await.is_none());
    assert!(next().await.is_none());
    assert_eq!(queries(&server), ["", "offset=2"]);
    server.answer(Answer::Script(self::tasks));
    tasks.resume();
    let mut ids = Vec::new();
    while let Some(task) = tasks.next().await {
        ids.push(task.unwrap().id);
    }
    assert_eq!((ids, queries(&server).len()), (vec![2, 3, 4, 5, 6], 3));
}

#[tokio::test]
async fn pagination_by_number() {
    // Three notes on a page, of five.
    let server = Server::start(Answer::Script(|request| {
        assert_eq!(request.path, "/notes/a%20b");
        let start = (parameter(request, "page").unwrap() - 1) * 3;
        let notes: Vec<String> = (start..5).take(3).map(|note| format!("\"{note}\"")).collect();
        let body = format!(r#"{{"value": {{"notes": [{}], "count": 5}}}}"#, notes.join(","));
        (200, String::new(), body)
    }));
    let client = client(&server);
    let mut notes = lists::list_notes("a b", 1).query_items(3).items(&client);
    let mut texts = Vec::new();
    while let Some(note) = notes.next().await {
        texts.push(note.unwrap());
    }
    assert_eq!(texts, ["0", "1", "2", "3", "4"]);
    assert_eq!(queries(&server), ["page=1&items=3", "page=2&items=3"]);
    // Without a total, a page without items is the last; it may be the first one.
    server.answer(Answer::Script(|request| {
        let page = parameter(request, "page").unwrap_or(0);
        let body = if page < 2 { page.to_string() } else { String::new() };
        (200, String::new(), format!(r#"{{"raw": [{body}]}}"#))
    }));
    let mut numbers = lists::list_numbered().items(&client);
    let mut values = Vec::new();
    while let Some(number) = numbers.next().await {
        values.push(number.unwrap());
    }
    assert_eq!(
        (values, queries(&server)),
        (vec![0, 1], ["", "page=1", "page=2"].map(str::to_owned).to_vec())
    );
    assert!(lists::list_numbered().page(2).items(&client).next().await.is_none());
}

#[test]
fn pagination_without_a_client() {
    let mut paging = Paging::new(lists::list_notes("f", i32::MAX), base());
    let request = paging.request().unwrap().unwrap().clone().into_http(&base()).unwrap();
    assert_eq!(request.uri().query(), Some("page=2147483647"));
    let page = lists::ListNotes::decode(response(200, r#"{"value": {"notes": ["a"], "count": 9999999999999}}"#));
    // The page is good, and there is no number for the one behind it.
    paging.take(page).unwrap();
    let error = paging.request().unwrap().unwrap_err();
    assert!(format!("{error:#}").contains("found `2147483648`"), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert!(paging.request().is_none());
    // A page that holds what the one before it held is an error in its place.
    let mut paging = Paging::new(lists::list_numbered(), base());
    let page = || lists::ListNumbered::decode(response(200, r#"{"raw": [1, 2]}"#));
    paging.take(page()).unwrap();
    assert!(matches!(paging.take(page()), Err(Error::Decode(_))));
    assert!(paging.request().is_none());
}

#[tokio::test]
async fn pagination_by_cursor() {
    let server = Server::start(Answer::Script(|request| {
        assert_eq!(
            (request.method.as_str(), request.body.as_slice()),
            ("POST", &br#"{"kind":"a"}"#[..])
        );
        let body = match request.query.as_deref() {
            None => r#"{"data": ["a", "b"], "hasMore": true, "meta": {"nextCursor": "x1"}}"#,
            Some("after=x1") => r#"{"data": [], "hasMore": true, "meta": {"nextCursor": "x2"}}"#,
            Some("after=x2") => r#"{"data": ["c"], "hasMore": false, "meta": {"nextCursor": "x3"}}"#,
            Some("after=y") => r#"{"data": ["d"], "hasMore": true, "meta": {"nextCursor": "y"}}"#,
            _ => r#"{"reason": "no such cursor"}"#,
        };
        let is_known = !body.contains("reason");
        (if is_known { 200 } else { 404 }, String::new(), body.to_owned())
    }));
    let client = client(&server);
    let search = || lists::search_events([("kind".to_owned(), "a".to_owned())].into_iter().collect());
    let cursor = |text: &str| -> case_pagination::schemas::Cursor { text.parse().unwrap() };
    let mut events = search().items(&client);
    let mut texts = Vec::new();
    while let Some(event) = events.next().await {
        texts.push(event.unwrap());
    }
    assert_eq!(
        (texts, queries(&server)),
        (
            vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
            ["", "after=x1", "after=x2"].map(str::to_owned).to_vec()
        )
    );
    let mut stuck = search().after(cursor("y")).items(&client);
    assert_eq!(stuck.next().await.unwrap().unwrap(), "d");
    let error = stuck.next().await.unwrap().unwrap_err();
    assert!(
        format!("{error:#}").contains("a page that was not requested before, found `y`"),
        "{error}"
    );
    assert!(stuck.next().await.is_none());
    let mut lost = search().after(cursor("z")).pages(&client);
    let Error::Status(status) = lost.next().await.unwrap().unwrap_err() else {
        panic!()
    };
    let lists::SearchEventsError::Other(failure) = status.error else {
        panic!()
    };
    assert_eq!(failure.reason.as_deref(), Some("no such cursor"));
}

#[tokio::test]
async fn pagination_by_link() {
    let server = Server::start(Answer::Script(|request| {
        let (link, body) = match request.query.as_deref() {
            Some("labels=a&labels=b") => (
                r#"<?page=9>; rel="last", </issues?labels=a&labels=b&after=Q%2F%3D>; rel="next""#,
                r#"["1", "2"]"#,
            ),
            Some("labels=a&labels=b&after=Q%2F%3D") => (r#"</issues?page=1>; rel="first""#, r#"["3"]"#),
            _ => (r"<https://elsewhere.example/issues?page=2>; rel=next", "[]"),
        };
        (200, link.to_owned(), body.to_owned())
    }));
    let client = client(&server);
    let mut issues = lists::list_issues()
        .labels(vec!["a".to_owned(), "b".to_owned()])
        .items(&client);
    let mut texts = Vec::new();
    while let Some(issue) = issues.next().await {
        texts.push(issue.unwrap());
    }
    assert_eq!(texts, ["1", "2", "3"]);
    assert_eq!(
        queries(&server),
        ["labels=a&labels=b", "labels=a&labels=b&after=Q%2F%3D"]
    );
    let mut pages = lists::list_issues().pages(&client);
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(format!("{error:#}").contains("elsewhere.example"), "{error}");
    assert_eq!(queries(&server).len(), 1);
}

#[tokio::test]
async fn pagination_by_the_last_item() {
    let server = Server::start(Answer::Script(|request| {
        let body = match (request.path.as_str(), request.query.as_deref()) {
            ("/charges", Some("limit=2")) => r#"{"data": [{"id": "a"}, {"id": "b"}], "has_more": true}"#,
            ("/charges", Some("starting_after=b&limit=2")) => r#"{"data": [{"id": "c"}], "has_more": false}"#,
            ("/charges", None) => r#"{"data": [], "has_more": true}"#,
            ("/names", None) => r#"["x", "y"]"#,
            ("/names", Some("after=y")) => r#"["z"]"#,
            ("/names", Some("after=z")) => "[]",
            ("/messages", None) => r#"{"messages": [{"meta": {"number": 7}}]}"#,
            ("/messages", Some("after=7")) => r#"{"messages": [{"meta": {}}]}"#,
            other => panic!("{other:?}"),
        };
        (200, String::new(), body.to_owned())
    }));
    let client = client(&server);
    let mut charges = is_stream(lists::list_charges().limit(2).items(&client));
    let mut ids = Vec::new();
    while let Some(charge) = charges.next().await {
        ids.push(charge.unwrap().id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(queries(&server), ["limit=2", "starting_after=b&limit=2"]);
    // More items are said to be there, but there is none to go on from.
    let mut pages = lists::list_charges().pages(&client);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(queries(&server), [""]);
    // Without a flag, a page without items is the last.
    let mut names = lists::list_names().items(&client);
    let mut texts = Vec::new();
    while let Some(name) = names.next().await {
        texts.push(name.unwrap());
    }
    assert_eq!(
        (texts.join(""), queries(&server)),
        (
            "xyz".to_owned(),
            vec![String::new(), "after=y".to_owned(), "after=z".to_owned()]
        )
    );
    // An item without an id does not end the list in silence.
    let mut messages = lists::list_messages().pages(&client);
    assert!(messages.next().await.unwrap().is_ok());
    assert!(messages.next().await.unwrap().is_ok());
    let error = messages.next().await.unwrap().unwrap_err();
    assert!(format!("{error:#}").contains("a cursor"), "{error:#}");
}

#[tokio::test]
async fn pagination_by_a_url_in_the_body() {
    let server = Server::start(Answer::Script(|request| {
        let body = match request.query.as_deref() {
            Some("To=1") => r#"{"calls": ["a"], "next_page_uri": "/calls?To=1&Page=1&PageToken=x%2B"}"#,
            Some("To=1&Page=1&PageToken=x%2B") => r#"{"calls": ["b"], "next_page_uri": ""}"#,
            _ => r#"{"next_page_uri": "https://elsewhere.example/calls?Page=1"}"#,
        };
        (200, String::new(), body.to_owned())
    }));
    let client = client(&server);
    let mut calls = is_stream(lists::list_calls().to("1").items(&client));
    let mut texts = Vec::new();
    while let Some(call) = calls.next().await {
        texts.push(call.unwrap());
    }
    assert_eq!(texts, ["a", "b"]);
    assert_eq!(queries(&server), ["To=1", "To=1&Page=1&PageToken=x%2B"]);
    let mut pages = lists::list_calls().pages(&client);
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(format!("{error:#}").contains("elsewhere.example"), "{error:#}");
    assert_eq!(queries(&server), [""]);
}

#[tokio::test]
async fn pagination_as_dropshot_declares_it() {
    let server = Server::start(Answer::Script(|request| {
        let body = match request.query.as_deref() {
            Some("limit=1") => r#"{"items": ["a"], "next_page": "t"}"#,
            Some("limit=1&page_token=t") => r#"{"items": ["b"]}"#,
            other => panic!("{other:?}"),
        };
        (200, String::new(), body.to_owned())
    }));
    let mut racks = is_stream(lists::list_racks().limit(1).items(&client(&server)));
    let mut names = Vec::new();
    while let Some(rack) = racks.next().await {
        names.push(rack.unwrap());
    }
    assert_eq!((names.concat(), queries(&server).len()), ("ab".to_owned(), 2));
}

#[test]
fn pagination_of_nullables() {
    use case_pagination_of_nullables::operations::lists::{self, ListNotes, ListTasks};
    use case_pagination_of_nullables::runtime::Call as _;

    for text in [
        r#"{"total": 5, "page": null}"#,
        r#"{"total": null, "page": {}}"#,
        r#"{"total": 5, "page": {"items": null}}"#,
        r#"{"total": 1, "page": {"items": ["a"]}}"#,
    ] {
        let mut paging = Paging::new(lists::list_tasks(), base());
        paging.take(ListTasks::decode(response(200, text))).unwrap();
        assert!(paging.request().is_none(), "{text}");
    }
    let mut paging = Paging::new(lists::list_tasks(), base());
    let page = ListTasks::decode(response(200, r#"{"total": null, "page": {"items": ["a", "b"]}}"#));
    paging.take(page).unwrap();
    let next = paging.request().unwrap().unwrap().clone().into_http(&base()).unwrap();
    assert_eq!(crate::header(&next, "skip"), "2");
    for (text, is_followed) in [
        ("null", false),
        (r#"{"page": null}"#, false),
        (r#"{"page": {"next": null, "items": null}}"#, false),
        (r#"{"page": {"next": 7, "more": false, "items": ["a"]}}"#, false),
        (r#"{"page": {"next": 7, "more": null, "items": ["a"]}}"#, true),
        (r#"{"page": {"next": 7, "items": null}}"#, true),
    ] {
        let mut paging = Paging::new(lists::list_notes(), base());
        paging.take(ListNotes::decode(response(200, text))).unwrap();
        assert_eq!(paging.request().is_some(), is_followed, "{text}");
    }
}
