//! Redirects: which are followed, and with what.

use losant_data::operations::{data_table, data_tables};
use losant_data::runtime::Redirects;
use losant_data::schemas::DataTablePost;
use losant_data::{Client, Error};

use crate::fake::{Fake, Step};
use crate::{application, builder, table};

const TABLES: &str = "/applications/575ec8687ae143cd83dc4a97/data-tables";

fn to(status: u16, location: &str) -> Step {
    Step::json(status, r#"{"moved":true}"#).header("location", location)
}

fn tables() -> Step {
    Step::json(200, r#"{"items":[]}"#)
}

fn client(fake: &Fake, redirects: Redirects) -> Client {
    builder(fake)
        .header("x-more", "secret")
        .options(|options| options.redirects(redirects))
        .build()
        .unwrap()
}

async fn follow(location: &str, redirects: Redirects) -> Vec<String> {
    let fake = Fake::new([to(302, location), tables()]);
    let result = data_tables::get(application()).send(&client(&fake, redirects)).await;
    let sent = fake.sent();
    if sent.len() == 1 {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
        assert_eq!(error.status().unwrap(), 302);
        assert_eq!(error.response().unwrap().body, r#"{"moved":true}"#);
    } else {
        result.unwrap();
    }
    sent.iter().skip(1).map(|sent| sent.request.uri().to_string()).collect()
}

#[tokio::test]
async fn within_the_origin_they_are_followed() {
    for (location, target) in [
        ("/new", "https://api.losant.com/new"),
        ("https://api.losant.com/new?a=b#c", "https://api.losant.com/new?a=b"),
        ("https://api.losant.com:443/new", "https://api.losant.com:443/new"),
        ("HTTPS://api.losant.com/new", ""),
        ("//api.losant.com/new", "https://api.losant.com/new"),
        (
            "new",
            "https://api.losant.com/applications/575ec8687ae143cd83dc4a97/new",
        ),
        (
            "?page=1",
            "https://api.losant.com/applications/575ec8687ae143cd83dc4a97/data-tables?page=1",
        ),
        ("https://api.losant.com:444/new", ""),
        ("https://losant.com/new", ""),
        ("http://api.losant.com/new", ""),
        ("https://user@api.losant.com/new", ""),
        ("/a/../b", ""),
        ("ftp://api.losant.com/new", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ] {
        let followed = follow(location, Redirects::SameOrigin).await;
        assert_eq!(followed.concat(), target, "{location}");
        assert!(follow(location, Redirects::Never).await.is_empty(), "{location}");
    }
}

#[tokio::test]
async fn another_origin_gets_no_credentials() {
    let fake = Fake::new([to(307, "https://elsewhere.example/file"), tables()]);
    let get = data_tables::get(application()).losantdomain("d");
    get.send(&client(&fake, Redirects::AnyOrigin)).await.unwrap();
    let sent = fake.sent();
    let (first, second) = (&sent[0].request, &sent[1].request);
    for name in ["authorization", "x-more", "losantdomain"] {
        assert!(first.headers().contains_key(name), "{name}");
        assert!(!second.headers().contains_key(name), "{name}");
    }
    assert_eq!(second.headers()["accept"], "application/json");
    assert_eq!(second.uri(), "https://elsewhere.example/file");
    // And never without TLS.
    assert!(
        follow("http://elsewhere.example/file", Redirects::AnyOrigin)
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn within_the_origin_the_credentials_stay() {
    let fake = Fake::new([to(308, "/new"), tables()]);
    let get = data_tables::get(application());
    get.send(&client(&fake, Redirects::SameOrigin)).await.unwrap();
    assert!(fake.sent()[1].request.headers().contains_key("authorization"));
}

#[tokio::test]
async fn only_what_reads_is_redirected() {
    for status in [301, 302, 303, 307, 308] {
        let fake = Fake::new([to(status, TABLES)]);
        let post = data_tables::post(application(), DataTablePost::new("T"));
        let error = post.send(&client(&fake, Redirects::AnyOrigin)).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
        let fake = Fake::new([to(status, TABLES)]);
        let delete = data_table::delete(application(), table());
        let error = delete.send(&client(&fake, Redirects::AnyOrigin)).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
    }
}

#[tokio::test]
async fn a_circle_of_redirects_ends() {
    let fake = Fake::new(std::iter::repeat_with(|| to(302, TABLES)).take(6));
    let get = data_tables::get(application());
    let error = get.send(&client(&fake, Redirects::SameOrigin)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(fake.sent().len(), 6, "the request, and five that follow");
}
