//! Forms, as the URL standard and qs read them.

use apicrate_runtime::Encode;
use case_form_bodies::operations::shop::{self, GetTokenBody, GetTokenClaims};
use case_form_bodies::schemas::{Order, OrderLine};
use serde_json::{Value, json};

use crate::{map, texts};

/// Returns a decoded response as a value of `serde_json`.
pub(crate) fn value<T: Encode>(response: &T) -> Value {
    serde_json::from_str(&apicrate_runtime::to_string(response)).unwrap()
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn by_media_type() {
    let client = case_form_bodies::Client::builder().base_url(crate::url("bodies"));
    let client = client.build().unwrap();
    let scopes = ["read +all", "ü&=%", "%41;a", "", "'~*!()"];
    let body = GetTokenBody::new()
        .scope(texts(&scopes))
        .claims(GetTokenClaims::new().name("a & \"b\""))
        .age(7);
    let found = value(&*shop::get_token(body).send(&client).await.unwrap());
    assert_eq!(found["mediaType"], "application/x-www-form-urlencoded");
    let claims = r#"{"name":"a & \"b\""}"#;
    let mut pairs = vec![json!(["grant_type", "client_credentials"])];
    pairs.extend(scopes.iter().map(|scope| json!(["scope", scope])));
    pairs.extend([json!(["claims", claims]), json!(["age", "7"])]);
    assert_eq!(found["pairs"], json!(pairs));
    let expected = json!({"grant_type": "client_credentials", "scope": scopes, "claims": claims, "age": "7"});
    assert_eq!(found["qs"], expected);
}

#[tokio::test]
#[ignore = "`cargo xtask interop` starts its server"]
async fn by_style() {
    let client = case_form_bodies::Client::builder().base_url(crate::url("bodies"));
    let client = client.build().unwrap();
    let metadata = [("a.b", "c d"), ("k 1", "%41"), ("ü=&", "+"), ("0", "zero")];
    let order = Order::new()
        .note("a + b")
        .lines(vec![OrderLine::new("p 1").quantity(2), OrderLine::new("p&2")])
        .metadata(map(&metadata))
        .expand(texts(&["customer", "a,b"]))
        .colors(texts(&["red", "blue"]))
        .sizes(vec![1, 2])
        .callback("https://shop.example/a b?c=d&e#f")
        .tags(texts(&["x", "\"y\""]));
    let found = value(&*shop::add_order().body(order).send(&client).await.unwrap());
    let expected = json!({
        "note": "a + b",
        "lines": [{"price": "p 1", "quantity": "2"}, {"price": "p&2"}],
        "metadata": {"a.b": "c d", "k 1": "%41", "ü=&": "+", "0": "zero"},
        "expand": ["customer", "a,b"],
        "colors": "red|blue",
        "sizes": "1,2",
        "callback": "https://shop.example/a b?c=d&e#f",
        "tags": r#"["x","\"y\""]"#,
    });
    assert_eq!(found["qs"], expected);
}
