//! Security schemes: what a request carries, and what nobody sees.

use std::fmt::Display;
use std::sync::OnceLock;

use case_security_schemes::operations::vault;
use case_security_schemes::runtime::Call as _;
use case_security_schemes::runtime::{Backoff, Error, Options, Redirects};
use case_security_schemes::{BlockingClient, Client, ClientBuilder};
use tests::capture::{Answer, Captured, Server};

use crate::{header, line};

/// What starts every secret here.
const SECRET: &str = "s3cr3t";

fn builder() -> ClientBuilder {
    ClientBuilder::default().base_url("http://localhost")
}

/// Returns a builder with credentials for every scheme.
fn full() -> ClientBuilder {
    builder()
        .token("s3cr3t.token")
        .timeout_("s3cr3t user", "s3cr3t:pass")
        .who("s3cr3t.who")
        .header_key("s3cr3t-header")
        .query_key("s3cr3t+b&c d")
        .session("s3cr3t-31d4d96e407aad42==")
}

#[test]
fn each_kind_stands_in_its_place() {
    let base = full().request_defaults().unwrap();
    let request = vault::get_bearer().into_http(&base).unwrap();
    assert_eq!(header(&request, "authorization"), "Bearer s3cr3t.token");
    assert!(request.headers()["authorization"].is_sensitive());

    let request = vault::get_inherited().into_http(&base).unwrap();
    assert_eq!(header(&request, "x-vault-key"), "s3cr3t-header");
    assert!(request.headers()["x-vault-key"].is_sensitive());

    // Behind the parameters, and percent-encoded as they are.
    let request = vault::get_query().page(2).into_http(&base).unwrap();
    let expected = "GET http://localhost/query?page=2&api%20key=s3cr3t%2Bb%26c%20d";
    assert_eq!(line(&request), expected);
    let request = vault::get_query().into_http(&base).unwrap();
    assert_eq!(
        line(&request),
        "GET http://localhost/query?api%20key=s3cr3t%2Bb%26c%20d"
    );

    // Among the cookies of the parameters, in one header; the value as it is.
    let request = vault::get_cookie().theme("dark").into_http(&base).unwrap();
    assert_eq!(header(&request, "cookie"), "theme=dark; SID=s3cr3t-31d4d96e407aad42==");
    assert_eq!(request.headers().get_all("cookie").iter().count(), 1);
    assert!(request.headers()["cookie"].is_sensitive());
    let request = vault::get_cookie().into_http(&base).unwrap();
    assert_eq!(header(&request, "cookie"), "SID=s3cr3t-31d4d96e407aad42==");
}

#[test]
fn user_and_password_are_those_of_the_examples() {
    // RFC 7617 §2 and §2.1.
    for (user, password, expected) in [
        ("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ("test", "123£", "Basic dGVzdDoxMjPCow=="),
        ("", "", "Basic Og=="),
    ] {
        let base = builder().timeout_(user, password).request_defaults().unwrap();
        let request = vault::get_basic().into_http(&base).unwrap();
        assert_eq!(header(&request, "authorization"), expected);
        assert!(request.headers()["authorization"].is_sensitive());
    }
}

#[test]
fn an_operation_carries_what_it_asks_for_and_nothing_else() {
    let base = full().request_defaults().unwrap();
    let names = ["authorization", "x-vault-key", "cookie"];
    let none = vault::get_none().into_http(&base).unwrap();
    let bearer = vault::get_bearer().into_http(&base).unwrap();
    assert!(names.iter().all(|name| header(&none, name).is_empty()));
    assert!(names[1..].iter().all(|name| header(&bearer, name).is_empty()));
    assert_eq!(line(&bearer), "GET http://localhost/bearer");
    // A certificate is shown by the connection; a digest is not written; and two cannot share a header.
    for request in [
        vault::get_certificate().into_http(&base).unwrap(),
        vault::get_digest().into_http(&base).unwrap(),
        vault::get_two().into_http(&base).unwrap(),
    ] {
        assert!(names.iter().all(|name| header(&request, name).is_empty()));
        assert_eq!(request.uri().query(), None);
    }
}

#[test]
fn the_first_alternative_that_is_there_as_a_whole_is_taken() {
    let carried = |builder: ClientBuilder| {
        let request = vault::get_either()
            .into_http(&builder.request_defaults().unwrap())
            .unwrap();
        (
            header(&request, "authorization").to_owned(),
            header(&request, "cookie").to_owned(),
        )
    };
    let pair = |authorization: &str, cookie: &str| (authorization.to_owned(), cookie.to_owned());
    assert_eq!(carried(builder()), pair("", ""));
    assert_eq!(carried(builder().token("t")), pair("Bearer t", ""));
    assert_eq!(carried(builder().session("s")), pair("", ""));
    assert_eq!(carried(builder().session("s").token("t")), pair("Bearer t", ""));
    assert_eq!(carried(builder().session("s").who("w")), pair("Bearer w", "SID=s"));
    assert_eq!(carried(full().token("t")).0, "Bearer s3cr3t.who");
}

#[test]
fn a_combination_is_carried_whole_or_not_at_all() {
    let all = vault::get_all().into_http(&full().request_defaults().unwrap()).unwrap();
    assert_eq!(header(&all, "x-vault-key"), "s3cr3t-header");
    assert_eq!(header(&all, "cookie"), "SID=s3cr3t-31d4d96e407aad42==");
    assert!(header(&all, "authorization").starts_with("Basic "));
    assert_eq!(all.uri().query(), Some("api%20key=s3cr3t%2Bb%26c%20d"));
    let partly = builder().header_key("k").query_key("q").session("s");
    let none = vault::get_all().into_http(&partly.request_defaults().unwrap()).unwrap();
    assert_eq!(line(&none), "GET http://localhost/all");
    assert_eq!((header(&none, "x-vault-key"), header(&none, "cookie")), ("", ""));
}

#[test]
fn what_a_request_cannot_carry_is_refused_unseen() {
    let refused = |builder: ClientBuilder, scheme: &str| {
        let error = builder.request_defaults().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(scheme) && !shown.contains(SECRET), "{shown}");
    };
    refused(builder().token("s3cr3t\n"), "token");
    refused(builder().header_key("s3cr3t\r\nx: y"), "header key");
    for key in ["s3cr3t;", "s3cr3t,", "\"s3cr3t\"", "s3 s3cr3t", "s3cr3t\\", "s3cr3té"] {
        refused(builder().session(key), "session");
    }
    refused(builder().timeout_("s3cr3t:user", "p"), "timeout");
    refused(builder().timeout_("u", "s3cr3t\u{7}"), "timeout");
    // In a query anything can stand.
    let base = builder().query_key("é\n").request_defaults().unwrap();
    let request = vault::get_query().into_http(&base).unwrap();
    assert_eq!(request.uri().query(), Some("api%20key=%C3%A9%0A"));
}

#[test]
fn no_debug_shows_a_secret() {
    let (builder, client) = (full(), full().build().unwrap());
    let base = builder.request_defaults().unwrap();
    let shown = [
        format!("{builder:?}"),
        format!("{base:?}"),
        format!("{client:?}"),
        format!("{:?}", full().build_blocking().unwrap()),
        format!("{:?}", vault::get_bearer().into_http(&base).unwrap()),
        format!("{:?}", vault::get_basic().into_http(&base).unwrap()),
        format!("{:?}", vault::get_inherited().into_http(&base).unwrap()),
        format!("{:?}", vault::get_cookie().into_http(&base).unwrap()),
    ];
    for shown in &shown {
        assert!(!shown.contains(SECRET), "{shown}");
        // Nor what the header of user and password is made of.
        assert!(!shown.contains("czNjcjN0"), "{shown}");
    }
    assert!(shown[0].contains("query_key"), "{}", shown[0]);
}

/// Returns what an error shows.
fn shown<E: std::fmt::Debug>(error: &Error<E>) -> String
where
    Error<E>: Display,
{
    format!("{error} {error:?}")
}

#[tokio::test]
async fn a_key_in_the_query_is_in_no_error() {
    let server = Server::start(Answer::BreaksOff);
    let once = |options: Options| options.retry(Backoff::never());
    let with_server = || full().base_url(server.url()).options(once);
    let (client, blocking): (Client, BlockingClient) =
        (with_server().build().unwrap(), with_server().build_blocking().unwrap());
    let error = vault::get_query().send(&client).await.unwrap_err();
    assert!(!shown(&error).contains(SECRET), "{error:?}");
    let error = vault::get_query().send_blocking(&blocking).unwrap_err();
    assert!(!shown(&error).contains(SECRET), "{error:?}");
    // It came where it has to.
    let query = Some("api%20key=s3cr3t%2Bb%26c%20d".to_owned());
    let requests = server.take();
    assert!(requests.len() == 2 && requests.iter().all(|request| request.query == query));
    drop(server);
    let error = vault::get_query().send(&client).await.unwrap_err();
    assert!(!shown(&error).contains(SECRET), "{error:?}");
    let error = vault::get_query().send_blocking(&blocking).unwrap_err();
    assert!(!shown(&error).contains(SECRET), "{error:?}");
    // One that makes a URL too long is not shown either.
    let base = builder().query_key(SECRET.repeat(20_000)).request_defaults().unwrap();
    let error = vault::get_query().into_http(&base).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("http://localhost/query") && !shown.contains(SECRET),
        "{shown}"
    );
}

/// Sends the query's own operation on, once with its key and once without, and another's.
fn moved(request: &Captured) -> (u16, String, String) {
    let location = match (request.path.as_str(), request.query.as_deref().unwrap_or_default()) {
        ("/query", query) if query.starts_with("page=2") => "/moved?page=3".to_owned(),
        ("/query", query) => format!("/moved?{query}&a=b"),
        ("/bearer", _) => "/moved?a=b".to_owned(),
        ("/all", _) => ELSEWHERE.get().unwrap().clone(),
        _ => return (204, String::new(), String::new()),
    };
    (302, location, String::new())
}

/// Where a redirect leads to another origin.
static ELSEWHERE: OnceLock<String> = OnceLock::new();

#[tokio::test]
async fn a_key_in_the_query_goes_on_within_the_origin_alone() {
    let server = Server::start(Answer::Script(moved));
    let elsewhere = Server::start(Answer::Json(204, String::new()));
    ELSEWHERE.set(format!("{}/moved?a=b", elsewhere.url())).unwrap();
    let anywhere = |options: Options| options.redirects(Redirects::AnyOrigin);
    let with_server = || full().base_url(server.url()).options(anywhere);
    let (client, blocking) = (with_server().build().unwrap(), with_server().build_blocking().unwrap());
    vault::get_query().page(2).send(&client).await.unwrap();
    vault::get_query().send(&client).await.unwrap();
    vault::get_bearer().send(&client).await.unwrap();
    vault::get_all().send(&client).await.unwrap();
    vault::get_query().page(2).send_blocking(&blocking).unwrap();
    let requests = server.take();
    let moved = requests.iter().filter(|request| request.path == "/moved");
    let queries: Vec<_> = moved.map(|request| request.query.as_deref().unwrap()).collect();
    assert_eq!(
        queries,
        [
            "page=3&api%20key=s3cr3t%2Bb%26c%20d",
            // The server has repeated it.
            "api%20key=s3cr3t%2Bb%26c%20d&a=b",
            "a=b",
            "page=3&api%20key=s3cr3t%2Bb%26c%20d",
        ]
    );
    let queries: Vec<_> = elsewhere.take().into_iter().map(|request| request.query).collect();
    assert_eq!(queries, [Some("a=b".to_owned())]);
}

#[tokio::test]
async fn both_clients_send_the_same_over_the_wire() {
    let server = Server::start(Answer::Json(204, String::new()));
    let client = full().base_url(server.url()).build().unwrap();
    vault::get_all().send(&client).await.unwrap();
    vault::get_cookie().theme("dark").send(&client).await.unwrap();
    let blocking = full().base_url(server.url()).build_blocking().unwrap();
    vault::get_all().send_blocking(&blocking).unwrap();
    vault::get_cookie().theme("dark").send_blocking(&blocking).unwrap();
    let requests = server.take();
    for (all, cookie) in [(&requests[0], &requests[1]), (&requests[2], &requests[3])] {
        assert_eq!(all.header("x-vault-key"), ["s3cr3t-header"]);
        assert_eq!(all.header("cookie"), ["SID=s3cr3t-31d4d96e407aad42=="]);
        let basic = "Basic czNjcjN0IHVzZXI6czNjcjN0OnBhc3M=";
        assert_eq!(all.header("authorization"), [basic]);
        assert_eq!(all.query.as_deref(), Some("api%20key=s3cr3t%2Bb%26c%20d"));
        assert_eq!(cookie.header("cookie"), ["theme=dark; SID=s3cr3t-31d4d96e407aad42=="]);
    }
}

#[test]
fn one_scheme_alone_is_what_new_takes() {
    use case_basic_alone::operations::queue;
    use case_basic_alone::runtime::Call as _;
    use case_basic_alone::{Client, ClientBuilder};

    let client = Client::new("panel", "s3cr3t").unwrap();
    assert!(!format!("{client:?}").contains(SECRET));
    let base = ClientBuilder::default()
        .printer("panel", "s3cr3t")
        .request_defaults()
        .unwrap();
    let request = queue::get_queue().into_http(&base).unwrap();
    assert_eq!(header(&request, "authorization"), "Basic cGFuZWw6czNjcjN0");
    assert!(case_security_schemes::Client::new().is_ok());
}

/// Runs a test of this binary that is for a process of its own, with variables in the environment.
fn in_environment(test: &str, variables: &[(&str, &str)]) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let command = command
        .args(["--exact", test, "--ignored"])
        .envs(variables.iter().copied());
    let output = command.output().unwrap();
    let reported = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && reported.contains("1 passed"), "{reported}");
}

#[test]
fn the_environment_has_variables_for_each_scheme() {
    let variables = [
        ("VAULT_TOKEN", "t"),
        ("VAULT_TIMEOUT_USER", "Aladdin"),
        ("VAULT_TIMEOUT_PASSWORD", "open sesame"),
        ("VAULT_HEADER_KEY", "k"),
        ("VAULT_URL", "http://vault.localhost"),
    ];
    in_environment("security::with_an_environment", &variables);
    in_environment("security::with_half_a_scheme", &variables[1..2]);
}

#[test]
#[ignore = "it has to be run with an environment"]
fn with_an_environment() {
    let base = ClientBuilder::from_env().unwrap().request_defaults().unwrap();
    let request = vault::get_basic().into_http(&base).unwrap();
    assert_eq!(line(&request), "GET http://vault.localhost/basic");
    assert_eq!(header(&request, "authorization"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let request = vault::get_inherited().into_http(&base).unwrap();
    assert_eq!(header(&request, "x-vault-key"), "k");
    // Of several schemes each may be missing; of one alone none.
    let request = vault::get_query().into_http(&base).unwrap();
    assert_eq!(request.uri().query(), None);
    let error = case_basic_alone::ClientBuilder::from_env().unwrap_err();
    assert!(error.to_string().contains("PRINTER_PRINTER_USER"), "{error}");
}

#[test]
#[ignore = "it has to be run with an environment"]
fn with_half_a_scheme() {
    let error = ClientBuilder::from_env().unwrap_err();
    assert!(error.to_string().contains("VAULT_TIMEOUT_PASSWORD"), "{error}");
}
