//! Servers: those that a document names, and what their variables can be.

use case_several_servers::servers::{PRODUCTION, TenantApiExamplePortBase, Url};
use case_several_servers::{ClientBuilder, SERVER};

use crate::line;

#[test]
fn the_first_is_where_requests_go() {
    assert_eq!((SERVER, PRODUCTION), ("https://api.example", "https://api.example"));
    let base = ClientBuilder::default().base().unwrap();
    let request = case_several_servers::operations::status::get_status()
        .into_http(&base)
        .unwrap();
    assert_eq!(line(&request), "GET https://api.example/status");
}

#[test]
fn variables_have_defaults_and_setters() {
    let tenant = TenantApiExamplePortBase::default();
    assert_eq!(tenant.url().unwrap(), "https://demo.api.example:443/v2");
    let mine = tenant.clone().tenant("mine").port("8443").base("v3/beta");
    assert_eq!(mine.url().unwrap(), "https://mine.api.example:8443/v3/beta");
    let base = ClientBuilder::default().base_url(mine.url().unwrap()).base().unwrap();
    assert_eq!(base.url(), "https://mine.api.example:8443/v3/beta");
    assert_eq!(Url::default().url().unwrap(), "http://localhost:8080");
    assert_eq!(
        Url::default().url_("https://own.example/api").url().unwrap(),
        "https://own.example/api"
    );
}

#[test]
fn a_value_stays_in_its_place() {
    let tenant = TenantApiExamplePortBase::default;
    for value in ["evil.example/", "a@evil.example", "a?", "a#", "a\\", "a b", "a%2fb"] {
        let error = tenant().tenant(value).url().unwrap_err();
        assert!(error.to_string().contains("\"tenant\""), "{error}");
    }
    for value in ["444", "", "443/"] {
        assert!(tenant().port(value).url().is_err(), "{value}");
    }
    for value in ["v2?a=b", "v2#a", "v 2", "{v}"] {
        assert!(tenant().base(value).url().is_err(), "{value}");
    }
}
