//! The fuzzer itself: it repeats itself, it sees each kind of fault, and what it makes smaller still shows it.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use document_fuzzer::check::check;
use document_fuzzer::corpus::{Corpus, Seed, parse};
use document_fuzzer::input::Input;
use document_fuzzer::supervise::{find_fault, limited, watch};
use document_fuzzer::{identifiers, minimise, print};
use generator::Strictness;

/// An input of a document alone.
fn input(document: &str) -> Input {
    Input {
        name: "openapi.yaml".to_owned(),
        document: document.to_owned(),
        overlays: Vec::new(),
        strictness: Strictness::Usual,
        has_runtime: false,
        only: Vec::new(),
    }
}

#[test]
fn a_seed_and_a_number_make_one_input() {
    let (first, second) = (Corpus::read().unwrap(), Corpus::read().unwrap());
    let mut different = BTreeSet::new();
    for run in 0..200 {
        assert_eq!(first.input(7, run), second.input(7, run), "run {run}");
        different.insert(first.input(7, run).document);
    }
    assert!(different.len() > 190, "{} of 200 documents differ", different.len());
    assert!((0..20).any(|run| first.input(7, run) != first.input(8, run)));
}

#[test]
fn a_few_mutated_documents_are_without_fault() {
    let corpus = Corpus::read().unwrap();
    let work = move || (0..60).map(|run| check(&corpus.input(1, run)).unwrap()).collect();
    // The stack of a main thread, since the frames are those of a build without optimisations.
    let thread = std::thread::Builder::new().stack_size(8 * 1024 * 1024);
    let outcomes: Vec<_> = thread.spawn(work).unwrap().join().unwrap();
    // Both paths through the generator are gone.
    assert!(outcomes.iter().any(Option::is_some));
    assert!(outcomes.iter().any(Option::is_none));
}

#[test]
fn an_input_is_read_as_it_was_written() {
    let folder = std::env::temp_dir().join(format!("document-fuzzer-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let whole = Input {
        overlays: vec!["overlay: 1.0.0\n".to_owned(), "x".to_owned()],
        strictness: Strictness::Lenient,
        has_runtime: true,
        only: vec!["pets".to_owned()],
        ..input("openapi: 3.1.0\n")
    };
    for written in [&whole, &input("")] {
        written.write(&folder).unwrap();
    }
    whole.write(&folder).unwrap();
    assert_eq!(Input::read(&folder).unwrap(), whole);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn printed_trees_are_read_as_they_were() {
    for seed in Corpus::read().unwrap().seeds {
        let Some(tree) = seed.tree else { continue };
        assert_eq!(parse(&print::yaml(&tree)), Some(tree.clone()), "{}", seed.name);
        assert_eq!(parse(&print::json(&tree)), Some(tree), "{}", seed.name);
    }
}

#[test]
fn each_kind_of_end_has_a_class() {
    for (script, class) in [
        ("exit 0", None),
        (
            "echo \"thread 'x' panicked at a/b.rs:3:5:\" >&2; exit 101",
            Some("panic at a/b.rs:3"),
        ),
        (
            "echo \"thread 'x' has overflowed its stack\" >&2; kill -ABRT $$",
            Some("stack overflow"),
        ),
        (
            "echo 'memory allocation of 8 bytes failed' >&2; kill -ABRT $$",
            Some("out of memory"),
        ),
        (
            "echo 'fault source does not parse: a.rs'; exit 3",
            Some("source does not parse"),
        ),
        ("while :; do :; done", Some("hang")),
    ] {
        let mut command = limited(Path::new("sh"));
        command.args(["-c", script]);
        let found = find_fault(command, Duration::from_secs(1)).unwrap();
        assert_eq!(found.map(|found| found.class).as_deref(), class, "{script}");
    }
}

#[test]
fn the_limit_of_memory_holds() {
    let mut command = limited(Path::new("sh"));
    command.args([
        "-c",
        "[ \"$(ulimit -v)\" = 1048576 ] || [ \"$(ulimit -v)\" = unlimited ]",
    ]);
    assert_eq!(find_fault(command, Duration::from_secs(5)).unwrap(), None);
}

#[test]
fn a_batch_knows_the_run_at_which_it_ended() {
    let mut command = limited(Path::new("sh"));
    command.args(["-c", "echo run 3; echo done crate; echo run 4; kill -ABRT $$"]);
    let batch = watch(command, Instant::now() + Duration::from_secs(30)).unwrap();
    assert_eq!(
        (batch.last, batch.done, batch.crates, batch.is_cut),
        (Some(4), 1, 1, true)
    );
    let mut command = limited(Path::new("sh"));
    command.args(["-c", "echo run 0; echo done refused"]);
    let batch = watch(command, Instant::now() + Duration::from_secs(30)).unwrap();
    assert_eq!(
        (batch.last, batch.done, batch.crates, batch.is_cut),
        (Some(0), 1, 0, false)
    );
}

#[test]
fn what_has_no_fault_is_removed() {
    let document = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths: {/cats: {get: {responses: {'204': {description: Found.}}}}}
components: {schemas: {Cat: {properties: {a: {items: {items: {const: needle in much hay}}}}}}}
";
    let whole = Input {
        overlays: vec!["overlay: 1.0.0\n".to_owned()],
        ..input(document)
    };
    let small = minimise::minimise(&whole, &mut |input| Ok(input.document.contains("needle"))).unwrap();
    assert!(small.overlays.is_empty());
    assert!(small.document.contains("needle"), "{}", small.document);
    assert!(small.document.len() < 30, "{}", small.document);
    // A text of which no tree can be made, too.
    let broken = input(&format!("{document}: ]\n"));
    let small = minimise::minimise(&broken, &mut |input| Ok(input.document.contains(']'))).unwrap();
    assert_eq!(small.document, "]");
}

#[test]
fn names_that_come_twice_are_seen() {
    for (source, fault) in [
        ("struct A; struct B;", None),
        ("struct A {} enum A {}", Some("type twice: `A`")),
        ("struct A { b: u8, b: u8 }", Some("field twice: `b`")),
        ("enum A { B, B }", Some("variant twice: `B`")),
        ("fn a(b: u8, b: u8) {}", Some("argument twice: `b`")),
        (
            "struct A {} impl A { fn b() {} } impl A { fn b() {} }",
            Some("method twice: `A::b`"),
        ),
        ("impl A for C { fn b() {} } impl B for C { fn b() {} }", None),
        ("mod a { fn b() {} } fn b() {}", None),
        ("mod a { fn b() {} fn b() {} }", Some("value twice: `b`")),
        ("#[cfg(x)] fn a() {} #[cfg(not(x))] fn a() {}", None),
        ("use a::Bee; struct Bee {}", Some("type twice: `Bee`")),
    ] {
        let file = syn::parse_file(source).unwrap();
        assert_eq!(identifiers::repeated(&file).as_deref(), fault, "{source}");
    }
}

#[test]
fn a_document_without_fault_gives_a_crate() {
    let seeds = vec![Seed::new("empty", "openapi: 3.1.0\n".to_owned(), &[])];
    assert_eq!(Corpus::of(seeds).seeds.len(), 1);
    let document = "
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths: {/cats: {get: {responses: {'204': {description: Found.}}}}}
";
    assert_eq!(check(&input(document)), Ok(Some(1)));
    assert_eq!(check(&input("openapi: 2")), Ok(None));
}
