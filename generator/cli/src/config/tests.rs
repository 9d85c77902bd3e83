//! Configurations: what is read, and what is refused and where.

use std::path::{Path, PathBuf};

use generator::Strictness;

use super::{Config, of_text};

fn read(text: &str) -> Result<Config, String> {
    of_text(Path::new("/project/apicrate.toml"), text).map_err(|error| format!("{error:#}"))
}

#[test]
fn one_crate_or_several_are_read() {
    let one = "document = \"a.yaml\"\nout = \"../a\"\nledger = \"a.tsv\"\nonly = [\"pets\"]\nstrictness = \"strict\"\n\
               command = \"cargo x\"\nallow-roots = [\"../common\"]\n[crate]\nname = \"a\"\nversion = \"2.0.0\"\nenvironment = \"A\"\n\
               [documents]\n\"https://a.example/\" = \"mirror\"\n[headers]\nAccept = \"x\"\n[dev-dependencies]\ntokio = { version = \"1\", features = [\n  \"rt\",\n] }\n";
    let config = read(one).unwrap();
    assert_eq!(config.command.as_deref(), Some("cargo x"));
    let [only] = config.crates.as_slice() else {
        panic!("{config:?}")
    };
    assert_eq!(only.document, PathBuf::from("/project/a.yaml"));
    assert_eq!(only.out, PathBuf::from("/project/../a"));
    assert_eq!(
        (only.strictness, only.only.as_slice()),
        (Strictness::Strict, &["pets".to_owned()][..])
    );
    assert_eq!(only.headers["Accept"], "x");
    assert_eq!(only.allowed.roots, [PathBuf::from("/project/../common")]);
    let mirror = ("https://a.example/".to_owned(), PathBuf::from("/project/mirror"));
    assert_eq!(only.allowed.documents, [mirror]);
    assert_eq!(only.package.environment.as_deref(), Some("A"));
    assert_eq!(only.package.about, [("version".to_owned(), "\"2.0.0\"".to_owned())]);
    let tokio = "{ version = \"1\", features = [\"rt\"] }";
    assert_eq!(only.package.dev_dependencies["tokio"], tokio);

    let several = "runtime = { path = \"r\", license = { workspace = true } }\n[[crate]]\nname = \"a\"\n\
                   document = \"a.yaml\"\nout = \"a\"\npublish = [\"mine\"]\nrust-version = \"1.90.1\"\n\
                   [[crate]]\nname = \"b\"\ndocument = \"/b.yaml\"\nout = \"b\"\nauthors = []\nreadme = false\n";
    let config = read(several).unwrap();
    let runtime = config.runtime.unwrap();
    assert_eq!(
        (runtime.package.name.as_str(), runtime.out),
        ("apicrate-runtime", "/project/r".into())
    );
    assert_eq!(
        runtime.package.about,
        [("license".to_owned(), "{ workspace = true }".to_owned())]
    );
    let names: Vec<_> = config
        .crates
        .iter()
        .map(|each| (&*each.package.name, each.is_absolute))
        .collect();
    assert_eq!(names, [("a", false), ("b", true)]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_wrong_is_named_with_its_place() {
    let one = "document = \"a.yaml\"\nout = \"a\"\n";
    let many = "[[crate]]\nname = \"a\"\ndocument = \"a.yaml\"\nout = \"a\"\n";
    for (text, expected) in [
        (
            format!("{one}documnt = 1"),
            ":3:1: there is no key `documnt` in the configuration; did you mean `document`?",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\nlicence = \"MIT\""),
            ":5:1: there is no key `licence` in the table `[crate]`; did you mean `license`?",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\ncolour = 1"),
            "its keys are `name`, `environment`, `version`",
        ),
        (
            format!("{many}over-lays = []"),
            ":5:1: there is no key `over-lays` in a table `[[crate]]`; did you mean `overlays`?",
        ),
        (
            format!("out = \"b\"\n{many}"),
            ":1:1: there is no key `out` in a configuration of several crates; its keys are `command`",
        ),
        (format!("{many}\n{many}"), "two crates have the name \"a\""),
        (
            format!("runtime = {{ path = \"./a\" }}\n{many}"),
            "the crates \"a\" and \"apicrate-runtime\" have one folder",
        ),
        (
            format!("runtime = \"shared\"\n{many}"),
            ":1:11: `runtime` has to be \"copied\", or a table",
        ),
        (
            format!("runtime = {{ crate = \"r\" }}\n{many}"),
            "the table `runtime` lacks the key `path`",
        ),
        (
            format!("runtime = {{ path = \"r\", name = \"r\" }}\n{many}"),
            "there is no key `name` in the table `runtime`",
        ),
        (one.to_owned(), "the configuration lacks a table `[crate]`"),
        (String::new(), "the configuration lacks a table `[crate]`"),
        (
            "out = \"a\"\n[crate]\nname = \"a\"".to_owned(),
            "the configuration lacks the key `document`, a string",
        ),
        (
            format!("{one}[crate]\nname = \"a b\""),
            ":4:8: \"a b\" cannot be the name of a package; \"a-b\" could",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\nkeywords = \"x\""),
            ":5:12: `keywords` has to be a list of strings, or",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\nlicense = {{ workspace = false }}"),
            "`license` has to be a string",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\nedition = \"2021\""),
            ":5:11: emitted code is of the edition 2024, not 2021",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\nrust-version = \"1.70\""),
            "Rust 1.88 is the first",
        ),
        (
            format!("{one}[crate]\nname = \"a\"\nrust-version = \"new\""),
            "Rust 1.88 is the first",
        ),
        (
            format!("{one}strictness = \"very\"\n[crate]\nname = \"a\""),
            "`strictness` has to be \"usual\", \"lenient\" or \"strict\"",
        ),
        (
            format!("{one}overlays = [\"https://a.b/c.yaml\"]\n[crate]\nname = \"a\""),
            "download it first",
        ),
        (
            format!("{one}overlays = [1]\n[crate]\nname = \"a\""),
            ":3:12: `overlays` has to be a list of strings",
        ),
        (
            format!("{one}headers = {{ a = 1 }}\n[crate]\nname = \"a\""),
            "`headers` has to be a table of strings",
        ),
        ("a = [".to_owned(), "apicrate.toml: TOML parse error"),
    ] {
        let fault = read(&text).unwrap_err();
        assert!(fault.starts_with("/project/apicrate.toml:"), "{fault}");
        assert!(fault.contains(expected), "{text}\n{fault}");
    }
}
