//! What asks for a token, to the byte.

use case_oauth2_flows::ClientBuilder;
use case_oauth2_flows::operations::notes;
use case_oauth2_flows::runtime::Grant;
use http::Request;

use crate::fake::{Fake, Step};
use crate::{SECRET, client, done, over, story, token};

/// Returns the first request that was sent.
fn first(fake: &Fake) -> Request<String> {
    let request = fake.sent().remove(0).request;
    request.map(|body| String::from_utf8(body.to_vec()).unwrap())
}

async fn asked(grant: Grant) -> Request<String> {
    let fake = Fake::new([token("t", 60), done()]);
    let client = over(&fake).grant(grant).build().unwrap();
    notes::get_notes().send(&client).await.unwrap();
    first(&fake)
}

#[tokio::test]
async fn a_client_asks_for_itself() {
    // RFC 6749 §4.4.2, with the scopes that the operations ask for.
    let fake = Fake::new([token("t", 60), done()]);
    notes::get_notes().send(&client(&fake)).await.unwrap();
    let request = first(&fake);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://accounts.notes.example/token");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["authorization"], "Basic bm90ZXMtYXBwOnMzY3IzdA==");
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(
        request.body(),
        "grant_type=client_credentials&scope=notes.read+notes.write"
    );
    let sent = &fake.sent()[1].request;
    assert_eq!(sent.headers()["authorization"], "Bearer t");
    assert!(sent.headers()["authorization"].is_sensitive());
}

#[tokio::test]
async fn a_refresh_token_is_asked_by() {
    // RFC 6749 §6; the document's URL for it is relative, and stands below the base URL.
    let fake = Fake::new([token("t", 60), done()]);
    let builder = over(&fake).refresh_token("notes-app", Some(SECRET), "tGzv3JOkF0XG5Qx2TlKWIA");
    notes::get_notes().send(&builder.build().unwrap()).await.unwrap();
    let request = first(&fake);
    assert_eq!(request.uri(), "https://notes.example/v1/oauth/refresh");
    assert_eq!(request.headers()["authorization"], "Basic bm90ZXMtYXBwOnMzY3IzdA==");
    let body = "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA";
    assert_eq!(request.body(), body);

    // A public client says who it is in the body.
    let fake = Fake::new([token("t", 60), done()]);
    let builder = over(&fake).refresh_token("notes-app", None, "r");
    notes::get_notes().send(&builder.build().unwrap()).await.unwrap();
    let request = first(&fake);
    assert!(!request.headers().contains_key("authorization"));
    assert_eq!(
        request.body(),
        "grant_type=refresh_token&refresh_token=r&client_id=notes-app"
    );
}

#[tokio::test]
async fn a_grant_can_be_more_than_the_document_says() {
    let grant = || Grant::client_credentials("a", "b");
    assert_eq!(
        asked(
            grant()
                .scopes(["notes.all"])
                .parameter("audience", "https://notes.example")
        )
        .await
        .body(),
        "grant_type=client_credentials&scope=notes.all&audience=https%3A%2F%2Fnotes.example"
    );
    assert_eq!(
        asked(grant().scopes::<&str>([])).await.body(),
        "grant_type=client_credentials"
    );
    let request = asked(grant().credentials_in_body().scopes::<&str>([])).await;
    assert!(!request.headers().contains_key("authorization"));
    assert_eq!(
        request.body(),
        "grant_type=client_credentials&client_id=a&client_secret=b"
    );
    assert_eq!(
        asked(grant().token_url("https://elsewhere.example/t?v=2")).await.uri(),
        "https://elsewhere.example/t?v=2"
    );
    assert_eq!(asked(grant().token_url("/t")).await.uri(), "https://notes.example/t");
}

#[tokio::test]
async fn id_and_secret_are_encoded_as_a_form_has_them() {
    // RFC 6749, appendix B: ` %&+£€` is `+%25%26%2B%C2%A3%E2%82%AC`.
    let request = asked(Grant::client_credentials(" %&+£€", "a:b c")).await;
    let value = request.headers()["authorization"].to_str().unwrap();
    let text = {
        use base64::Engine as _;
        base64::prelude::BASE64_STANDARD
            .decode(value.strip_prefix("Basic ").unwrap())
            .unwrap()
    };
    assert_eq!(String::from_utf8(text).unwrap(), "+%25%26%2B%C2%A3%E2%82%AC:a%3Ab+c");
    let request = asked(
        Grant::client_credentials(" %&+£€", "=")
            .credentials_in_body()
            .scopes(["x y"]),
    )
    .await;
    let body = "grant_type=client_credentials&scope=x+y&client_id=+%25%26%2B%C2%A3%E2%82%AC&client_secret=%3D";
    assert_eq!(request.body(), body);
}

#[tokio::test]
async fn what_asks_for_nothing_gets_no_token() {
    let fake = Fake::new([done(), done(), done()]);
    notes::get_about().send(&client(&fake)).await.unwrap();
    // What the caller writes stands.
    let own = client(&fake).with(|options| options.header("authorization", "Bearer mine"));
    notes::get_notes().send(&own).await.unwrap();
    // So does a token that is ready, without a grant.
    let ready = over(&fake).token("ready").build().unwrap();
    notes::get_notes().send(&ready).await.unwrap();
    assert_eq!(
        story(&fake),
        ["/v1/about", "/v1/notes Bearer mine", "/v1/notes Bearer ready"]
    );
}

#[tokio::test]
async fn a_grant_stands_in_place_of_a_token() {
    let fake = Fake::new([token("obtained", 60), done()]);
    let builder = over(&fake).token("ready").client_credentials("a", "b");
    notes::get_notes().send(&builder.build().unwrap()).await.unwrap();
    assert_eq!(story(&fake)[1], "/v1/notes Bearer obtained");
}

#[test]
fn secrets_go_over_tls_or_stay_on_this_machine() {
    let at = |url: &str| {
        let grant = Grant::client_credentials("a", SECRET).token_url(url);
        ClientBuilder::default().grant(grant).build().map(|_| ())
    };
    for url in [
        "https://accounts.example/token",
        "http://127.0.0.1:8080/token",
        "http://127.1.2.3/token",
        "http://localhost/token",
        "http://[::1]:8080/token",
        "token",
    ] {
        at(url).unwrap();
    }
    for url in [
        "http://accounts.example/token",
        "http://localhost.example/token",
        "http://128.0.0.1/token",
        "ftp://127.0.0.1/token",
        "https://user@accounts.example/token",
        "",
    ] {
        let error = at(url).unwrap_err();
        let shown = format!("{error:#} {error:?}");
        assert!(shown.contains("token URL") && !shown.contains(SECRET), "{url}: {shown}");
    }
    // A relative one is as safe as the API is.
    let builder = ClientBuilder::default()
        .base_url("http://notes.example")
        .refresh_token("a", None, SECRET);
    assert!(builder.build_blocking().is_err());
}

#[tokio::test]
async fn two_clients_share_no_token() {
    let fake = Fake::new([token("a", 60), done(), token("b", 60), done()]);
    let builder = over(&fake).client_credentials("notes-app", SECRET);
    let (one, other) = (builder.clone().build().unwrap(), builder.build().unwrap());
    notes::get_notes().send(&one).await.unwrap();
    notes::get_notes().send(&other).await.unwrap();
    assert_eq!(story(&fake)[1], "/v1/notes Bearer a");
    assert_eq!(story(&fake)[3], "/v1/notes Bearer b");
    // Clones of one do.
    fake.play([done()]);
    notes::get_notes().send(&one.clone()).await.unwrap();
    assert_eq!(story(&fake)[4], "/v1/notes Bearer a");
}

#[tokio::test]
async fn the_type_of_a_token_counts() {
    let fake = Fake::new([Step::json(200, r#"{"access_token":"t","token_type":"bEARER"}"#), done()]);
    notes::get_notes().send(&client(&fake)).await.unwrap();
    let fake = Fake::new([Step::json(200, r#"{"access_token":"t"}"#), done()]);
    notes::get_notes().send(&client(&fake)).await.unwrap();
    let fake = Fake::new([Step::json(200, r#"{"access_token":"t","token_type":"mac"}"#)]);
    let error = notes::get_notes().send(&client(&fake)).await.unwrap_err();
    assert!(format!("{error:#}").contains("no bearer token"), "{error}");
}
