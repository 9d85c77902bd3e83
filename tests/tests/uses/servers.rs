//! Servers: those that a document names, and what their variables can be.

use case_several_servers::runtime::Call as _;
use case_several_servers::servers::{PRODUCTION, TenantApiExamplePortBase, Url};
use case_several_servers::{ClientBuilder, SERVER};

use crate::line;

#[test]
fn the_first_is_where_requests_go() {
    assert_eq!((SERVER, PRODUCTION), ("https://api.example", "https://api.example"));
    let base = ClientBuilder::default().request_defaults().unwrap();
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
    let base = ClientBuilder::default()
        .base_url(mine.url().unwrap())
        .request_defaults()
        .unwrap();
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

#[test]
fn an_operation_goes_to_the_server_that_the_document_has_for_it() {
    use case_servers_of_operations::operations::files;
    use case_servers_of_operations::runtime::Call as _;
    use case_servers_of_operations::servers::{Downloads, UPLOADS};
    use case_servers_of_operations::{ClientBuilder, SERVER};

    macro_rules! lines {
        ($builder:expr) => {{
            let base = $builder.request_defaults().unwrap();
            [
                line(&files::get_me().into_http(&base).unwrap()),
                line(&files::list().into_http(&base).unwrap()),
                line(&files::upload().into_http(&base).unwrap()),
                line(&files::download("a/b").into_http(&base).unwrap()),
                line(&files::health().into_http(&base).unwrap()),
                line(&files::ready().into_http(&base).unwrap()),
            ]
        }};
    }
    assert_eq!(SERVER, "https://api.example/v1");
    let documented = [
        "GET https://api.example/v1/me",
        "GET https://api.example/v1/files",
        "POST https://uploads.example/files",
        "GET https://eu.files.example/v9/files/a%2Fb",
        "GET https://api.example/health",
        "HEAD https://api.example/status/health",
    ];
    assert_eq!(lines!(ClientBuilder::default()), documented);
    // A base URL that the caller gives holds for all operations; a relative server stands below its host.
    let own = ClientBuilder::default().base_url("http://localhost:8080/v1/");
    let mine = [
        "GET http://localhost:8080/v1/me",
        "GET http://localhost:8080/v1/files",
        "POST http://localhost:8080/v1/files",
        "GET http://localhost:8080/v1/files/a%2Fb",
        "GET http://localhost:8080/health",
        "HEAD http://localhost:8080/status/health",
    ];
    assert_eq!(lines!(own.clone()), mine);
    // So it is with the base that a caller makes without a builder.
    let base = apicrate_runtime::RequestDefaults::new("http://localhost:8080/v1").unwrap();
    assert_eq!(line(&files::upload().into_http(&base).unwrap()), mine[2]);
    // One server can be elsewhere, with a base URL and without.
    let us = Downloads::default().region("us").url().unwrap();
    let moved = ClientBuilder::default().server_url(Downloads::DEFAULT_URL, &us);
    let mut expected = documented;
    expected[3] = "GET https://us.files.example/v9/files/a%2Fb";
    assert_eq!(lines!(moved), expected);
    let mut expected = mine;
    expected[2] = documented[2];
    assert_eq!(lines!(own.server_url(UPLOADS, UPLOADS)), expected);
    let unknown = ClientBuilder::default().server_url("https://upload.example", "http://localhost");
    assert!(
        unknown
            .request_defaults()
            .unwrap_err()
            .to_string()
            .contains("https://upload.example")
    );
    let no_url = ClientBuilder::default().server_url(UPLOADS, "localhost");
    assert!(no_url.request_defaults().is_err());
}

#[test]
fn where_every_path_has_a_server_most_of_them_tell_the_base_url() {
    use case_servers_of_paths_alone::operations::weather;
    use case_servers_of_paths_alone::runtime::Call as _;
    use case_servers_of_paths_alone::{ClientBuilder, SERVER, servers};

    assert_eq!(
        (SERVER, servers::NOW_EXAMPLE),
        ("https://now.example", "https://now.example")
    );
    let base = ClientBuilder::default().request_defaults().unwrap();
    let now = line(&weather::now().into_http(&base).unwrap());
    let forecast = line(&weather::forecast().into_http(&base).unwrap());
    assert_eq!(
        [now, forecast],
        ["GET https://now.example/now", "GET https://forecast.example/forecast"]
    );
}

#[tokio::test]
async fn each_listener_gets_the_requests_of_its_server() {
    use case_servers_of_operations::ClientBuilder;
    use case_servers_of_operations::operations::files;
    use case_servers_of_operations::servers::UPLOADS;
    use tests::capture::{Answer, Server};

    let (api, uploads) = (Server::start(Answer::Silence), Server::start(Answer::Silence));
    for server in [&api, &uploads] {
        server.answer(Answer::Script(|_| (204, String::new(), String::new())));
    }
    let seen = |server: &Server| -> Vec<String> {
        let requests = server.take();
        let reported = requests.iter().map(|request| {
            let credentials = request.header("authorization").concat();
            format!("{} {} {credentials}", request.method, request.path)
                .trim_end()
                .to_owned()
        });
        reported.collect()
    };
    let both = ClientBuilder::default()
        .token("t")
        .base_url(api.url())
        .server_url(UPLOADS, uploads.url());
    let client = both.clone().build().unwrap();
    files::upload().send(&client).await.unwrap();
    files::get_me().send(&client).await.unwrap();
    files::health().send(&client).await.unwrap();
    assert_eq!(seen(&uploads), ["POST /files Bearer t"]);
    assert_eq!(seen(&api), ["GET /me Bearer t", "GET /health"]);
    let client = both.build_blocking().unwrap();
    files::upload().send_blocking(&client).unwrap();
    assert_eq!(seen(&uploads), ["POST /files Bearer t"]);
    // No credentials go to a server that is not the caller's.
    let one = ClientBuilder::default().token("t").base_url(api.url()).build().unwrap();
    files::upload().send(&one).await.unwrap();
    assert_eq!(seen(&api), ["POST /files Bearer t"]);
    assert_eq!(seen(&uploads), [""; 0]);
}
