//! Parameters and credentials in query, cookies and headers, as qs, cookie, basic-auth and the URL standard read them.

use case_header_and_cookie_parameters::operations::page;
use case_query_deep_object::operations::search::{self, SearchFilter};
use case_security_schemes::operations::vault;
use case_styles_in_cookie::operations::styles as in_cookie;
use case_styles_in_query::operations::styles as in_query;
use serde_json::{Value, json};

use crate::{map, read, texts};

/// Texts that mean something else where they are not escaped.
const TEXTS: [&str; 14] = [
    "a b", "a+b", "c,d", "e&f=g", "#", "?/", "%", "%2C", "'\"\\", "[0]", "a;b", "é ✓", "😀", "",
];

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn lists_in_a_query() {
    let builder = || case_styles_in_query::Client::builder().base_url(crate::url("echo"));
    let client = builder().build().unwrap();
    let all = texts(&TEXTS);
    let response = in_query::form_array_exploded().color(all.clone()).send(&client).await;
    let found = read(&response.unwrap());
    assert_eq!(found["qs"], json!({"color": all}));
    let pairs: Vec<Value> = TEXTS.iter().map(|text| json!(["color", text])).collect();
    assert_eq!(found["pairs"], json!(pairs));

    // A comma within an element is none between two.
    let response = in_query::form_array().color(all.clone()).send(&client).await;
    assert_eq!(read(&response.unwrap())["commas"], json!({"color": all}));

    let colors = || texts(&["blue", "é&=+", "brown"]);
    let response = in_query::pipe_delimited_array().color(colors()).send(&client).await;
    assert_eq!(read(&response.unwrap())["qs"], json!({"color": colors().join("|")}));
    let response = in_query::space_delimited_array().color(colors()).send(&client).await;
    assert_eq!(read(&response.unwrap())["qs"], json!({"color": colors().join(" ")}));
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn objects_in_a_query() {
    let builder = || case_styles_in_query::Client::builder().base_url(crate::url("echo"));
    let client = builder().build().unwrap();
    let color = || case_styles_in_query::schemas::Rgb::new().r(100).g(200).b(150);
    let properties = json!({"R": "100", "G": "200", "B": "150"});
    let response = in_query::deep_object_object_exploded()
        .color(color())
        .send(&client)
        .await;
    assert_eq!(read(&response.unwrap())["qs"], json!({"color": properties}));
    let response = in_query::form_object_exploded().color(color()).send(&client).await;
    assert_eq!(read(&response.unwrap())["qs"], properties);
    let response = in_query::form_object().color(color()).send(&client).await;
    let list = json!(["R", "100", "G", "200", "B", "150"]);
    assert_eq!(read(&response.unwrap())["commas"], json!({"color": list}));

    let formulas = [("a+b", "c&d=e"), ("x y", "%41"), ("é", "✓")];
    let request = in_query::appendix_c().formulas(map(&formulas)).heart("love!");
    let response = request.words(texts(&["math", "is,fun"])).send(&client).await;
    let expected = json!({"a+b": "c&d=e", "x y": "%41", "é": "✓", "words": ["math", "is,fun"], "❤️": "love!"});
    assert_eq!(read(&response.unwrap())["commas"], expected);

    let client = case_query_deep_object::Client::builder().base_url(crate::url("echo"));
    let client = client.build().unwrap();
    for text in TEXTS {
        let filter = SearchFilter::new().name(text).age(3).tags(texts(&TEXTS));
        let response = search::search().filter(filter).send(&client).await;
        let expected = json!({"filter": {"name": text, "age": "3", "tags": TEXTS}});
        assert_eq!(read(&response.unwrap())["qs"], expected);
    }
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn cookies() {
    let client = case_styles_in_cookie::Client::builder().base_url(crate::url("echo"));
    let client = client.build().unwrap();
    for text in TEXTS {
        let response = in_cookie::form_string().color(text).send(&client).await;
        assert_eq!(read(&response.unwrap())["cookies"], json!({"color": text}));
    }
    let colors = || texts(&["blue", "é;=", "b r"]);
    let response = in_cookie::form_array().color(colors()).send(&client).await;
    assert_eq!(read(&response.unwrap())["cookies"], json!({"color": "blue,é;=,b r"}));
    // The package keeps the first of a name, and says so.
    let response = in_cookie::form_array_exploded().color(colors()).send(&client).await;
    assert_eq!(read(&response.unwrap())["cookies"], json!({"color": "blue"}));
    let color = || case_styles_in_cookie::schemas::Rgb::new().r(100).g(200).b(150);
    let response = in_cookie::form_object().color(color()).send(&client).await;
    assert_eq!(
        read(&response.unwrap())["cookies"],
        json!({"color": "R,100,G,200,B,150"})
    );
    let response = in_cookie::form_object_exploded().color(color()).send(&client).await;
    assert_eq!(
        read(&response.unwrap())["cookies"],
        json!({"R": "100", "G": "200", "B": "150"})
    );

    let client = case_header_and_cookie_parameters::Client::builder().base_url(crate::url("echo"));
    let request = page::get_page("a; b, c").visit("a b").theme(2);
    let request = request.if_none_match(texts(&["\"a\"", "\"b\""]));
    let found = read(&request.send(&client.build().unwrap()).await.unwrap());
    assert_eq!(found["cookies"], json!({"visit": "a b", "theme": "2"}));
    assert_eq!(found["headers"]["x-request-id"], "a; b, c");
    assert_eq!(found["headers"]["if-none-match"], r#""a","b""#);
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn credentials() {
    let builder = || {
        case_security_schemes::ClientBuilder::default()
            .base_url(crate::url("echo"))
            .token("t0k-._~+/=")
            .timeout_("Al £", "open: sesame")
            .header_key("key; with=signs, \"all\"")
            .query_key("a+b&c=d é%41")
            .session("31d4d96e407aad42==")
    };
    let (client, blocking) = (builder().build().unwrap(), builder().build_blocking().unwrap());
    macro_rules! reads {
        ($request:expr) => {{
            let found = read(&$request.send(&client).await.unwrap());
            let again = read(&$request.send_blocking(&blocking).unwrap());
            let carried = |found: &Value| {
                let parts = ["basic", "bearer", "cookies", "pairs"].map(|part| found[part].clone());
                (parts, found["headers"]["x-vault-key"].clone())
            };
            assert_eq!(carried(&found), carried(&again));
            found
        }};
    }
    assert_eq!(reads!(vault::get_bearer())["bearer"], "t0k-._~+/=");
    let basic = json!({"name": "Al £", "pass": "open: sesame"});
    assert_eq!(reads!(vault::get_basic())["basic"], basic);
    let found = reads!(vault::get_inherited());
    assert_eq!(found["headers"]["x-vault-key"], "key; with=signs, \"all\"");
    let found = reads!(vault::get_query().page(2));
    assert_eq!(found["pairs"], json!([["page", "2"], ["api key", "a+b&c=d é%41"]]));
    let found = reads!(vault::get_cookie().theme("dark; light"));
    let cookies = json!({"theme": "dark; light", "SID": "31d4d96e407aad42=="});
    assert_eq!(found["cookies"], cookies);
    let found = reads!(vault::get_all());
    assert_eq!(found["basic"], basic);
    assert_eq!(found["cookies"], json!({"SID": "31d4d96e407aad42=="}));
    assert_eq!(found["qs"], json!({"api key": "a+b&c=d é%41"}));
    assert_eq!(found["headers"]["x-vault-key"], "key; with=signs, \"all\"");
    let found = reads!(vault::get_none());
    assert_eq!(
        json!([found["basic"], found["bearer"], found["cookies"], found["pairs"]]),
        json!([null, null, {}, []])
    );
}
