//! Security as a whole: names that do not collide, runtime modules that only some crates have, and what the ledger
//! says of schemes that are not written.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::collections::BTreeSet;

use generator::{Input, Options, Output, Strictness, generate};
use tests::cases::{self, Kind};
use tests::product::Product;

fn output(text: &str, strictness: Strictness) -> Output {
    let mut options = Options::new("vault");
    options.strictness = strictness;
    let input = Input {
        name: "openapi.yaml",
        text,
        overlays: &[],
    };
    generate(&input, &options).output.unwrap()
}

/// Returns a document in which one operation asks for each of `schemes`.
fn document(schemes: &[(String, &str)]) -> String {
    let asked: Vec<String> = schemes.iter().map(|(name, _)| format!("{{{name}: []}}")).collect();
    let declared: Vec<String> = schemes
        .iter()
        .map(|(name, scheme)| format!("    {name}: {{{scheme}}}\n"))
        .collect();
    format!(
        "openapi: 3.1.0\ninfo: {{title: Vault, version: 1.0.0}}\npaths:\n  /gold:\n    get:\n      security: [{}]\n\
         \x20     responses: {{'204': {{description: Gold.}}}}\ncomponents:\n  securitySchemes:\n{}",
        asked.join(", "),
        declared.concat()
    )
}

/// Returns the names of the builder's methods, in order.
fn methods(output: &Output) -> Vec<String> {
    let text = &output.files["src/client.rs"];
    let builder = text.split("impl ClientBuilder {").skip(1);
    let lines = builder.flat_map(|part| part.split("\n}\n").next().unwrap().lines());
    let names = lines.filter_map(|line| line.trim().strip_prefix("pub fn ")?.split('(').next());
    names.map(str::to_owned).collect()
}

const FLOWS: &str = "type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example/t', scopes: {}}, \
                     password: {tokenUrl: 'https://a.example/t', scopes: {}}}";

#[test]
fn no_scheme_takes_a_name_of_the_builder() {
    let alone = methods(&output(&document(&[]), Strictness::Usual));
    assert!(alone.len() > 12, "{alone:?}");
    // A scheme for each method that there is, and for those that a scheme with flows brings.
    let mut schemes: Vec<(String, &str)> = alone
        .iter()
        .map(|name| (name.clone(), "type: http, scheme: bearer"))
        .collect();
    for name in [
        "login",
        "login_grant",
        "login_client_credentials",
        "login_refresh_token",
        "grant",
        "from_env",
    ] {
        schemes.push((name.to_owned(), FLOWS));
    }
    let found = methods(&output(&document(&schemes), Strictness::Usual));
    let unique: BTreeSet<&String> = found.iter().collect();
    assert_eq!(unique.len(), found.len(), "{found:?}");
    assert_eq!(found.len(), alone.len() + schemes.len() + 3 * 6, "{found:?}");
    assert!(
        found.contains(&"build_".to_owned()) && found.contains(&"login".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_crate_has_what_its_schemes_need_and_no_more() {
    let has = |output: &Output, word: &str| {
        let mut texts = output.files.iter().filter(|(path, _)| path.starts_with("src/"));
        texts.any(|(_, text)| text.to_lowercase().contains(word))
    };
    let of = |scheme| output(&document(&[("gate".to_owned(), scheme)]), Strictness::Usual);
    let module = |output: &Output, name: &str| {
        let file = |end: &str| output.files.contains_key(&format!("src/runtime/{name}{end}"));
        file(".rs") || file("/mod.rs")
    };
    let product = Product::read();
    for (output, modules, dependencies) in [
        (
            product.generate(&product.document),
            [false, false, false],
            ["", "\"rt\", \"time\""],
        ),
        (
            of("type: http, scheme: bearer"),
            [false, false, false],
            ["", "\"rt\", \"time\""],
        ),
        (
            of("type: http, scheme: basic"),
            [true, false, false],
            ["base64", "\"rt\", \"time\""],
        ),
        (of(FLOWS), [true, true, true], ["base64", "\"rt\", \"sync\", \"time\""]),
    ] {
        let found = ["auth/basic", "auth/oauth2", "auth/oauth2/tokens"].map(|name| module(&output, name));
        assert_eq!(found, modules);
        assert_eq!(has(&output, "oauth"), modules[1]);
        let manifest = &output.files["Cargo.toml"];
        assert!(
            manifest.contains(&format!("features = [{}]", dependencies[1])),
            "{manifest}"
        );
        assert_eq!(manifest.contains("base64"), dependencies[0] == "base64", "{manifest}");
        let line = manifest.lines().find(|line| line.starts_with("async = ")).unwrap();
        assert_eq!(line.contains("dep:tokio"), modules[1], "{manifest}");
    }
    let server = "openapi: 3.1.0\ninfo: {title: S, version: 1.0.0}\npaths: {}\nservers: [{url: 'https://a.example'";
    let plain = output(&format!("{server}}}]"), Strictness::Usual);
    let chosen = output(
        &format!("{server}}}, {{url: 'https://{{b}}.example', variables: {{b: {{default: b}}}}}}]"),
        Strictness::Usual,
    );
    assert_eq!(
        (module(&plain, "request/server"), module(&chosen, "request/server")),
        (false, true)
    );
    assert_eq!((has(&plain, "server_url"), has(&chosen, "server_url")), (false, true));
}

#[test]
fn what_is_not_written_has_a_line_in_the_ledger() {
    let case = cases::find(Kind::Ok)
        .unwrap()
        .into_iter()
        .find(|case| case.name == "security_schemes")
        .unwrap();
    let ledger = case.run().unwrap().output.unwrap().ledger.to_tsv();
    let degraded: Vec<String> = ledger
        .lines()
        .filter(|line| line.contains("\tdegraded\t"))
        .map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    let expected = [
        "/components/securitySchemes/certificate type",
        "/components/securitySchemes/digest scheme",
        "/paths/~1digest/get security",
        "/paths/~1two/get security",
        "/paths/~1two/get/security/0 timeout",
    ];
    assert_eq!(degraded, expected, "{ledger}");
}

#[test]
fn a_scheme_with_a_fault_costs_itself() {
    let of = |scheme: &str| {
        let schemes = [
            ("gate".to_owned(), scheme),
            ("good".to_owned(), "type: http, scheme: bearer"),
        ];
        output(&document(&schemes), Strictness::Usual)
    };
    for scheme in [
        "type: apiKey, in: path, name: key",
        "type: apiKey, in: header, name: 'a b'",
        "type: apiKey, in: cookie, name: 'a;b'",
        "type: apiKey, in: query",
        "type: apikey, in: query, name: key",
        "in: query, name: key",
        "type: http",
        "type: [http]",
    ] {
        let output = of(scheme);
        let operation = &output.files["src/operations/gold.rs"];
        assert!(
            operation.contains("security &[&[&crate::security::GOOD]];"),
            "{scheme}: {operation}"
        );
        // Either a field of it is at fault, or the whole.
        let ledger = output.ledger.to_tsv();
        let mut lines = ledger.lines().filter(|line| line.contains("\tdegraded\t"));
        let is_reported = lines.any(|line| line.starts_with("/components/securitySchemes") && line.contains("gate"));
        assert!(is_reported, "{scheme}: {ledger}");
    }
    // What nobody declares is left out.
    let text =
        document(&[("good".to_owned(), "type: http, scheme: bearer")]).replace("{good: []}", "{bad: []}, {good: []}");
    let usual = output(&text, Strictness::Usual);
    assert!(usual.files["src/operations/gold.rs"].contains("security &[&[&crate::security::GOOD]];"));
    // And no requirements are no credentials.
    let text = text.replace("security: [{bad: []}, {good: []}]", "security: []");
    assert!(!output(&text, Strictness::Usual).files.contains_key("src/security.rs"));
}

#[test]
fn an_invalid_requirement_is_reported() {
    for security in ["{gate: []}", "gate", "[gate]"] {
        let text = document(&[("gate".to_owned(), "type: http, scheme: bearer")]);
        let text = text
            .replace("      security: [{gate: []}]\n", "")
            .replace("paths:", &format!("security: {security}\npaths:"));
        let output = output(&text, Strictness::Usual);
        assert!(output.ledger.to_tsv().contains("Security Requirement"), "{security}");
    }
}
