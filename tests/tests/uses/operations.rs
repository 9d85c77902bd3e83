//! Operations: what they are called, and what every request carries.

use crate::{base, header, line};

#[test]
fn no_operation_ids() {
    use case_no_operation_ids::operations::{root, tables};
    use case_no_operation_ids::runtime::Call as _;

    let lines = [
        line(&root::get().into_http(&base()).unwrap()),
        line(&tables::list_tables().into_http(&base()).unwrap()),
        line(&tables::post_tables().into_http(&base()).unwrap()),
        line(&tables::get_table("a").into_http(&base()).unwrap()),
        line(&tables::delete_table("a").into_http(&base()).unwrap()),
        line(&tables::list_table_rows("a").into_http(&base()).unwrap()),
        line(&tables::patch_table_rows("a").into_http(&base()).unwrap()),
        line(&tables::get_table_row("a", "b").into_http(&base()).unwrap()),
    ];
    let paths = [
        "GET /",
        "GET /api/v2/tables",
        "POST /api/v2/tables",
        "GET /api/v2/tables/a",
        "DELETE /api/v2/tables/a",
    ];
    let more = [
        "GET /api/v2/tables/a/rows",
        "PATCH /api/v2/tables/a/rows",
        "GET /api/v2/tables/a/rows/b",
    ];
    let expected: Vec<String> = paths
        .iter()
        .chain(&more)
        .map(|path| path.replace(" /", " http://localhost/"))
        .collect();
    assert_eq!(lines.as_slice(), expected);
}

#[test]
fn tags_and_operation_ids() {
    use case_tags_and_operation_ids::operations::{data_tables, mod_};
    use case_tags_and_operation_ids::runtime::Call as _;

    // The module says the tag, so the function does not repeat it.
    assert_eq!(
        line(&data_tables::list().into_http(&base()).unwrap()),
        "GET http://localhost/tables"
    );
    assert_eq!(
        line(&data_tables::add().into_http(&base()).unwrap()),
        "POST http://localhost/tables"
    );
    assert_eq!(
        line(&data_tables::get_size().into_http(&base()).unwrap()),
        "GET http://localhost/tables/size"
    );
    assert_eq!(
        line(&mod_::get_size().into_http(&base()).unwrap()),
        "PUT http://localhost/tables/size"
    );
    assert_eq!(
        line(&data_tables::type_().into_http(&base()).unwrap()),
        "GET http://localhost/tables/type"
    );
    assert_eq!(
        line(&data_tables::type_2().into_http(&base()).unwrap()),
        "PUT http://localhost/tables/type"
    );
}

#[test]
fn bearer_and_open_operations() {
    use case_bearer_and_open_operations::ClientBuilder;
    use case_bearer_and_open_operations::operations::accounts;
    use case_bearer_and_open_operations::runtime::Call as _;

    let builder = ClientBuilder::default()
        .base_url("http://localhost/")
        .token("secret")
        .header("x-app", "tests");
    assert!(!format!("{builder:?} {:?}", builder.request_defaults()).contains("secret"));
    let base = builder.request_defaults().unwrap();
    let mine = accounts::get_me().into_http(&base).unwrap();
    assert_eq!(line(&mine), "GET http://localhost/me");
    assert_eq!(
        (header(&mine, "authorization"), header(&mine, "x-app")),
        ("Bearer secret", "tests")
    );
    assert!(mine.headers()["authorization"].is_sensitive());
    assert!(header(&mine, "user-agent").starts_with("case-bearer-and-open-operations/"));
    // An operation without security gets no token.
    assert_eq!(
        header(&accounts::login().into_http(&base).unwrap(), "authorization"),
        ""
    );
    // Where credentials satisfy one of several alternatives, they are used.
    let base = ClientBuilder::default().login("other").request_defaults().unwrap();
    assert_eq!(
        header(&accounts::get_either().into_http(&base).unwrap(), "authorization"),
        "Bearer other"
    );
    assert_eq!(
        header(&accounts::get_me().into_http(&base).unwrap(), "authorization"),
        ""
    );
    assert!(ClientBuilder::default().token("new\nline").request_defaults().is_err());
}

#[test]
fn server_variables() {
    use case_server_variables::operations::status;
    use case_server_variables::runtime::Call as _;
    use case_server_variables::{Client, ClientBuilder, SERVER};

    assert_eq!(SERVER, "https://eu.api.example/v2");
    let base = ClientBuilder::default().request_defaults().unwrap();
    assert_eq!(
        line(&status::get_status().into_http(&base).unwrap()),
        "GET https://eu.api.example/v2/status"
    );
    Client::new().unwrap();
    let us = case_server_variables::servers::RegionApiExampleVersion::default().region("us");
    assert_eq!(us.url().unwrap(), "https://us.api.example/v2");
    assert!(us.region("uk").url().is_err());
    assert_eq!(case_server_variables::servers::OTHER_EXAMPLE, "https://other.example");
}

#[test]
fn operation_skipped() {
    use case_operation_skipped::operations::uploads;
    use case_operation_skipped::runtime::Call as _;

    // A list has no names for the properties of a form; that costs its own operation alone. So does a parameter that is no sense.
    assert_eq!(
        line(&uploads::search().into_http(&base()).unwrap()),
        "GET http://localhost/search"
    );
}

#[test]
fn what_may_be_sent_twice_is_said_by_the_method_or_the_document() {
    use case_safe_operations::operations::{file, next, searches};
    use case_safe_operations::runtime::{Call, Operation};

    fn of<C: Call>(call: &C) -> &'static Operation {
        call.operation()
    }
    assert!(of(&searches::search()).is_safe);
    assert!(!of(&searches::store()).is_safe);
    assert!(!of(&next::take_next()).is_safe);
    assert!(of(&file::file()).is_safe);
    assert!(of(&file::file()).documents_redirects);
    assert!(!of(&searches::search()).documents_redirects);
}
