//! Parameters: where they go, and how they are written there.

use apicrate_runtime::Map;

use crate::{base, body, header, line};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn path_item_parameters_merged() {
    use case_path_item_parameters_merged::operations::files;
    use case_path_item_parameters_merged::runtime::Call as _;

    // The arguments are in the order of the template; the operation's `version` wins, and is required.
    let get = files::get_file(7, "a/b", 2)
        .header_version("old")
        .x_trace("t")
        .into_http(&base())
        .unwrap();
    assert_eq!(line(&get), "GET http://localhost/folders/7/files/a%2Fb?version=2");
    assert_eq!((header(&get, "version"), header(&get, "x-trace")), ("old", "t"));
    let delete = files::delete_file(7, "é").version("1").into_http(&base()).unwrap();
    assert_eq!(
        line(&delete),
        "DELETE http://localhost/folders/7/files/%C3%A9?version=1"
    );
    assert!(
        files::delete_file(7, "a")
            .x_trace("longer than 8")
            .into_http(&base())
            .is_err()
    );
}

#[test]
fn path_parameter_ids() {
    use case_path_parameter_ids::ids::{RowId, TableId2};
    use case_path_parameter_ids::operations::rows::{self, GetRow};
    use case_path_parameter_ids::operations::tables;
    use case_path_parameter_ids::runtime::Call as _;

    let table: TableId2 = "abc123".parse().unwrap();
    let row: RowId = "0a1b2c".parse().unwrap();
    assert!("ABC123".parse::<RowId>().is_err());
    let request = rows::get_row(&table, row).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/tables/abc123/rows/0a1b2c");
    // An id of a response goes into further requests; sending checks it again.
    let strange = GetRow::decode(crate::response(200, r#"{"id": "new-style"}"#)).unwrap();
    let refused = rows::get_row(table, &strange.id).into_http(&base()).unwrap_err();
    assert_eq!(refused.faults[0].place, "path parameter \"rowId\"");
    let known = GetRow::decode(crate::response(200, r#"{"id": "0a1b2c"}"#))
        .unwrap()
        .into_inner();
    let request = tables::get_table(&known.id).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/tables/0a1b2c");
    // Another pattern is another type.
    let request = tables::get_old("t1".parse::<case_path_parameter_ids::ids::TableId>().unwrap(), known.id);
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        "GET http://localhost/old/t1/0a1b2c"
    );
}

#[test]
fn path_styles() {
    use case_path_styles::operations::styles::{self, SimpleSuffix};
    use case_path_styles::runtime::Call as _;
    use case_path_styles::schemas::{Size, SizeRequired};

    let simple = styles::simple(texts(&["a", "b,c"]), "{suffix}", SimpleSuffix::Csv)
        .into_http(&base())
        .unwrap();
    assert_eq!(line(&simple), "GET http://localhost/simple/a,b%2Cc/%7Bsuffix%7D.csv");
    let label = styles::label(texts(&["a", "b"]), Size::new(SizeRequired { w: 1, h: 2 }))
        .into_http(&base())
        .unwrap();
    assert_eq!(line(&label), "GET http://localhost/label/.a.b/;size=w,1,h,2");
    // No argument can lead to another path.
    assert!(
        styles::simple(texts(&[]), "a", SimpleSuffix::Csv)
            .into_http(&base())
            .is_err()
    );
    let slashes = styles::simple(texts(&["../.."]), "a", SimpleSuffix::Csv)
        .into_http(&base())
        .unwrap();
    assert_eq!(slashes.uri().path(), "/simple/..%2F../a.csv");
}

#[test]
fn query_form_arrays() {
    use case_query_form_arrays::operations::search;
    use case_query_form_arrays::runtime::Call as _;

    let line_of = |search: search::Search| line(&search.into_http(&base()).unwrap());
    assert_eq!(line_of(search::search(true)), "GET http://localhost/search?flag=true");
    let all = search::search(false)
        .tags(texts(&["a b", "c&d"]))
        .ids(vec![1, 2])
        .words(texts(&["x", "y"]))
        .bars(texts(&["x", "y"]))
        .where_(Map::from([("k", "v".to_owned()), ("l", "=".to_owned())]))
        .raw("a/b?c=d#e");
    assert_eq!(
        line_of(all),
        "GET http://localhost/search?tags=a%20b&tags=c%26d&ids=1,2&words=x%20y&bars=x%7Cy&k=v&l=%3D&raw=a/b?c%3Dd%23e&flag=false"
    );
    // A list without elements is as good as none.
    assert_eq!(
        line_of(search::search(true).tags(vec![]).ids(vec![])),
        "GET http://localhost/search?flag=true"
    );
    assert!(search::search(true).ids(vec![1, 2, 3]).into_http(&base()).is_err());
}

#[test]
fn query_deep_object() {
    use case_query_deep_object::operations::search::{self, SearchFilter};
    use case_query_deep_object::runtime::Call as _;

    let filter = SearchFilter::new().name("a]b").age(3).tags(texts(&["x", "y"]));
    let request = search::search().filter(filter).into_http(&base()).unwrap();
    assert_eq!(
        line(&request),
        "GET http://localhost/search?filter%5Bname%5D=a%5Db&filter%5Bage%5D=3&filter%5Btags%5D%5B0%5D=x&filter%5Btags%5D%5B1%5D=y"
    );
    let refused = search::search()
        .filter(SearchFilter::new().age(-1))
        .into_http(&base())
        .unwrap_err();
    assert!(refused.to_string().contains("/age"), "{refused}");
}

#[test]
fn deep_object_that_nests() {
    use case_deep_object_that_nests::operations::search::FindSearchObject;
    use case_deep_object_that_nests::operations::search::{
        self, FindSearchChildrenItem, FindSearchFilter, FindSearchId,
    };
    use case_deep_object_that_nests::runtime::Call as _;

    let child = |age| FindSearchChildrenItem::new().age(age);
    let filter = FindSearchFilter::new()
        .id(FindSearchId::new().eq_("a b"))
        .tags(texts(&["x", "y"]))
        .children(vec![child(3), child(5)]);
    let request = search::find().filter(filter).into_http(&base()).unwrap();
    let query = "filter[id][eq]=a%20b&filter[tags][0]=x&filter[tags][1]=y&filter[children][0][age]=3&filter[children][1][age]=5";
    let uri = |query: &str| {
        let query = query.replace('[', "%5B").replace(']', "%5D");
        format!("GET http://localhost/find?{query}")
    };
    assert_eq!(line(&request), uri(query));
    // An array on its own, and what is no object among the values.
    let request = search::find()
        .expand(texts(&["a", "b"]))
        .created(FindSearchObject::new().gte(1));
    assert_eq!(
        line(&request.into_http(&base()).unwrap()),
        uri("expand[0]=a&expand[1]=b&created[gte]=1")
    );
    let request = search::find().expand(Vec::new()).created(7);
    assert_eq!(line(&request.into_http(&base()).unwrap()), uri("created=7"));
    // Scalars alone are written as they are.
    for (request, expected) in [
        (search::find().cancel_at(7), "cancelAt=7"),
        (search::find().cancel_at("now"), "cancelAt=now"),
        (search::find().order("a b"), "order=a%20b"),
        (search::find().order(""), "order="),
    ] {
        assert_eq!(line(&request.into_http(&base()).unwrap()), uri(expected));
    }
    let refused = search::find().cancel_at("then").into_http(&base()).unwrap_err();
    assert!(refused.to_string().contains("cancelAt"), "{refused}");
    let refused = search::find().expand(texts(&["a", ""])).into_http(&base()).unwrap_err();
    assert!(refused.to_string().contains("/1"), "{refused}");
}

#[test]
fn header_and_cookie_parameters() {
    use case_header_and_cookie_parameters::operations::page;
    use case_header_and_cookie_parameters::runtime::Call as _;

    let request = page::get_page("abc")
        .if_none_match(texts(&["\"a\"", "\"b\""]))
        .visit("a b")
        .theme(2);
    let request = request.into_http(&base()).unwrap();
    assert_eq!(
        (header(&request, "x-request-id"), header(&request, "if-none-match")),
        ("abc", "\"a\",\"b\"")
    );
    // All cookies go into one header (https://www.rfc-editor.org/rfc/rfc6265#section-5.4).
    assert_eq!(header(&request, "cookie"), "visit=a%20b; theme=2");
    assert_eq!(request.headers().get_all("cookie").iter().count(), 1);
    // `Accept` is no parameter, whatever a document says.
    assert_eq!(header(&request, "accept"), "");
    assert!(page::get_page("ab").into_http(&base()).is_err());
    assert!(page::get_page("a\r\nx: y").into_http(&base()).is_err());
}

#[test]
fn optional_body() {
    use case_optional_body::operations::jobs::{self, StartJobBody};
    use case_optional_body::runtime::Call as _;

    let without = jobs::start_job(7).into_http(&base()).unwrap();
    assert_eq!(
        (line(&without).as_str(), body(&without)),
        ("POST http://localhost/jobs/7", "")
    );
    assert_eq!(header(&without, "content-type"), "");
    // Of several media types the one of JSON is taken.
    let with = jobs::start_job(7)
        .body_2(StartJobBody::new().speed(9))
        .into_http(&base())
        .unwrap();
    assert_eq!(
        (body(&with), header(&with, "content-type")),
        (r#"{"speed":9}"#, "application/merge-patch+json")
    );
    let refused = jobs::start_job(7)
        .body_2(StartJobBody::new().speed(10))
        .into_http(&base())
        .unwrap_err();
    assert_eq!(
        (refused.faults[0].place.as_str(), refused.faults[0].pointer.as_str()),
        ("body", "/speed")
    );
    // The others have a function of their own.
    let text = jobs::start_job_text(7).body_2("fast").into_http(&base()).unwrap();
    assert_eq!((body(&text), header(&text, "content-type")), ("fast", "text/plain"));
}

/// What says nothing of its values is text.
#[test]
fn parameters_without_schema() {
    use case_parameters_without_schema::operations::words;
    use case_parameters_without_schema::runtime::Call as _;

    let request = words::look("été")
        .language("fr")
        .filter("a&b")
        .x_trace("t 1")
        .session("s;1")
        .both(3)
        .into_http(&base())
        .unwrap();
    assert_eq!(
        line(&request),
        "GET http://localhost/words/%C3%A9t%C3%A9?language=fr&filter=a%26b&both=3"
    );
    assert_eq!(
        (header(&request, "x-trace"), header(&request, "cookie")),
        ("t 1", "session=s%3B1")
    );
    let bare = words::look("w").into_http(&base()).unwrap();
    assert_eq!(line(&bare), "GET http://localhost/words/w");
}
