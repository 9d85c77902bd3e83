//! The examples of RFC 6570: those that OpenAPI has a way to ask for, byte for byte, and why the others are none.

use apicrate_runtime::Map;
use case_rfc6570_expansions::Client;
use case_rfc6570_expansions::operations::expansions as operations;

use crate::rows::{self, Expansion};
use crate::{Outcome, client, one, send, server};

/// Templates that OpenAPI has no words for, and why.
pub(crate) const INEXPRESSIBLE: [(&str, &[&str]); 7] = [
    (
        "a fragment is never sent to a server",
        &[
            "{#var}",
            "{#hello}",
            "{#half}",
            "foo{#empty}",
            "foo{#undef}",
            "{#x,hello,y}",
            "{#path,x}/here",
            "{#path:6}/here",
            "{#list}",
            "{#list*}",
            "{#keys}",
            "{#keys*}",
        ],
    ),
    (
        "`allowReserved` is for queries alone",
        &[
            "{+var}",
            "{+hello}",
            "{+half}",
            "{+base}index",
            "O{+empty}X",
            "O{+undef}X",
            "{+path}/here",
            "up{+path}{var}/here",
            "{+x,hello,y}",
            "{+path,x}/here",
            "{+list}",
            "{+list*}",
            "{+keys}",
            "{+keys*}",
        ],
    ),
    (
        "no parameter is a prefix of its value",
        &[
            "{var:3}",
            "{var:30}",
            "{+path:6}/here",
            "X{.var:3}",
            "{/var:1,var}",
            "{/list*,path:4}",
            "{;hello:5}",
            "{?var:3}",
            "{&var:3}",
        ],
    ),
    (
        "a path parameter is required, so its value is never undefined",
        &[
            "O{undef}X",
            "{/var,undef}",
            "X{.undef}",
            "X{.empty_keys}",
            "X{.empty_keys*}",
            "{;v,bar,who}",
            "{;x,y,undef}",
        ],
    ),
    (
        "no parameter stands in a query without its name",
        &["?{x,empty}", "?{x,undef}", "?{undef,y}"],
    ),
    (
        "no style puts slashes between elements",
        &["{/count*}", "{/list*}", "{/keys*}"],
    ),
    ("no template has a name twice", &["{.who,who}", "{/who,who}"]),
];

/// Templates that OpenAPI can ask for, but whose argument is empty, or makes a segment of the path empty.
const REFUSED: [&str; 2] = ["O{empty}X", "{/var,empty}"];

/// Sends what a template stands for in a path. Returns what stands in front of it there, and what came of it;
/// `None` for any other template.
async fn path(example: &Expansion, client: &Client) -> Option<(&'static str, Outcome)> {
    type List = Vec<String>;
    type Keys = Map<String>;

    macro_rules! path {
        ($before:literal, $operation:ident($($name:literal: $type:ty),*)) => {
            Some(($before, send!(operations::$operation($(example.value::<$type>($name)),*), client)))
        };
    }
    match example.template.as_str() {
        "{var}" => path!("/simple/", simple("var": String)),
        "{hello}" => path!("/simple/", simple("hello": String)),
        "{half}" => path!("/simple/", simple("half": String)),
        "{base}index" => path!("/simple-before/", simple_before("base": String)),
        "O{empty}X" => path!("/simple-between/", simple_between("empty": String)),
        "{x,y}" => path!("/simple-two/", simple_two("x": String, "y": String)),
        "{x,hello,y}" => path!("/simple-three/", simple_three("x": String, "hello": String, "y": String)),
        "{count}" => path!("/simple-list/", simple_list("count": List)),
        "{list}" => path!("/simple-list/", simple_list("list": List)),
        "{count*}" => path!("/simple-list-exploded/", simple_list_exploded("count": List)),
        "{list*}" => path!("/simple-list-exploded/", simple_list_exploded("list": List)),
        "{keys}" => path!("/simple-keys/", simple_keys("keys": Keys)),
        "{keys*}" => path!("/simple-keys-exploded/", simple_keys_exploded("keys": Keys)),
        "{/who}" => path!("/simple", simple("who": String)),
        "{/var}" => path!("/simple", simple("var": String)),
        "{/count}" => path!("/simple-list", simple_list("count": List)),
        "{/list}" => path!("/simple-list", simple_list("list": List)),
        "{/keys}" => path!("/simple-keys", simple_keys("keys": Keys)),
        "{/half,who}" => path!("/segments", segments("half": String, "who": String)),
        "{/who,dub}" => path!("/segments", segments("who": String, "dub": String)),
        "{/var,empty}" => path!("/segments", segments("var": String, "empty": String)),
        "{/var,x}/here" => path!("/segments-and-here", segments_and_here("var": String, "x": String)),
        "{.who}" => path!("/label/", label("who": String)),
        "{.half,who}" => path!("/label-two/", label_two("half": String, "who": String)),
        "X{.var}" => path!("/label-after-x/", label_after_x("var": String)),
        "X{.empty}" => path!("/label-after-x/", label_after_x("empty": String)),
        "X{.list}" => path!("/label-list/", label_list("list": List)),
        "X{.list*}" => path!("/label-list-exploded/", label_list_exploded("list": List)),
        "www{.dom*}" => path!("/label-domain/", label_domain("dom": List)),
        "{;who}" => path!("/matrix-who/", matrix_who("who": String)),
        "{;half}" => path!("/matrix-half/", matrix_half("half": String)),
        "{;empty}" => path!("/matrix-empty/", matrix_empty("empty": String)),
        "{;v,empty,who}" => path!("/matrix-three/", matrix_three("v": String, "empty": String, "who": String)),
        "{;x,y}" => path!("/matrix-two/", matrix_two("x": String, "y": String)),
        "{;x,y,empty}" => {
            path!("/matrix-two-and-empty/", matrix_two_and_empty("x": String, "y": String, "empty": String))
        }
        "{;count}" => path!("/matrix-count/", matrix_count("count": List)),
        "{;count*}" => path!("/matrix-count-exploded/", matrix_count_exploded("count": List)),
        "{;list}" => path!("/matrix-list/", matrix_list("list": List)),
        "{;list*}" => path!("/matrix-list-exploded/", matrix_list_exploded("list": List)),
        "{;keys}" => path!("/matrix-keys/", matrix_keys("keys": Keys)),
        "{;keys*}" => path!("/matrix-keys-exploded/", matrix_keys_exploded("keys": Keys)),
        _ => None,
    }
}

/// Sends what a template of a query stands for: the variables that it names, as far as they are defined.
///
/// The continuation `{&x}` is a parameter behind another one, which OpenAPI joins to it by itself.
async fn query(example: &Expansion, client: &Client) -> Outcome {
    macro_rules! set {
        ($request:ident: $($name:ident: $type:ty),*) => {
            $(if let Some(value) = example.optional::<$type>(stringify!($name)) {
                $request = $request.$name(value);
            })*
        };
    }
    let is_behind = example.template.contains("{&");
    if example.template.contains('*') {
        let mut request = operations::query_exploded();
        set!(request: count: Vec<String>, list: Vec<String>, keys: Map<String>);
        if is_behind {
            request = request.fixed("yes");
        }
        return send!(request, client);
    }
    let mut request = operations::query();
    set!(request: who: String, half: String, x: String, y: String, empty: String, undef: String);
    set!(request: count: Vec<String>, list: Vec<String>, keys: Map<String>);
    if let Some(path) = example.optional::<String>("path") {
        request = request.ref_(path);
    }
    if is_behind {
        request = request.fixed("yes");
    }
    send!(request, client)
}

/// Returns why OpenAPI has no words for a template, if it has none.
fn reason(template: &str) -> Option<&'static str> {
    let found = INEXPRESSIBLE
        .iter()
        .find(|(_, templates)| templates.contains(&template));
    found.map(|(reason, _)| *reason)
}

/// Returns how many examples each reason is for, how many are refused, and how many are left.
pub(crate) fn counts() -> (Vec<(&'static str, usize)>, usize, usize) {
    let examples = rows::expansions();
    let count = |is_it: &dyn Fn(&str) -> bool| examples.iter().filter(|example| is_it(&example.template)).count();
    let reasons = INEXPRESSIBLE.map(|(reason, templates)| (reason, count(&|template| templates.contains(&template))));
    let refused = count(&|template| REFUSED.contains(&template));
    let known = reasons.iter().map(|(_, count)| count).sum::<usize>() + refused;
    (reasons.to_vec(), refused, examples.len() - known)
}

#[tokio::test]
async fn what_openapi_can_ask_for_is_sent_byte_for_byte() {
    let server = server();
    let client = client!(case_rfc6570_expansions, server);
    let mut sent = 0;
    for example in rows::expansions() {
        let template = example.template.as_str();
        if reason(template).is_some() {
            continue;
        }
        let expected = example.expected();
        if let Some((before, outcome)) = path(&example, &client).await {
            if REFUSED.contains(&template) {
                assert!(outcome.unwrap_err().contains("empty argument"), "{template}");
                assert!(server.take().is_empty(), "{template}");
                continue;
            }
            outcome.unwrap();
            let request = one(&server);
            assert_eq!(request.path, format!("{before}{expected}"), "{template}");
            assert_eq!(request.query, None, "{template}");
        } else {
            query(&example, &client).await.unwrap();
            let request = one(&server);
            let (_, arrived) = expected.split_once('?').unwrap_or(("", &expected));
            let arrived = if arrived.starts_with('&') {
                format!("fixed=yes{arrived}")
            } else {
                arrived.to_owned()
            };
            assert_eq!(request.query, Some(arrived), "{template}");
        }
        sent += 1;
    }
    assert_eq!(sent, counts().2);
}

/// What is listed as inexpressible is among the examples, so that the list stays true.
#[test]
fn the_list_of_what_is_not_expressible_is_of_the_examples() {
    let examples = rows::expansions();
    for template in INEXPRESSIBLE
        .iter()
        .flat_map(|(_, templates)| *templates)
        .chain(&REFUSED)
    {
        assert!(
            examples.iter().any(|example| example.template == *template),
            "{template}"
        );
    }
    let (reasons, refused, sent) = counts();
    assert_eq!(
        reasons.iter().map(|(_, count)| count).sum::<usize>() + refused + sent,
        116
    );
}
