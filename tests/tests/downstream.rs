//! The emitted crate as its users have it: outside the workspace, and with the
//! dependencies that it says it has.

use tests::command::cargo;

/// Runs a command of cargo for the crate outside the workspace.
fn downstream(command: &str) -> tests::command::Outcome {
    let target = tests::target().join("downstream");
    let manifest = tests::root().join("tests/downstream/Cargo.toml");
    let [manifest, target] = [manifest, target].map(|path| path.to_string_lossy().into_owned());
    let arguments = [
        command,
        "--quiet",
        "--locked",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ];
    cargo(arguments).expect(0)
}

#[test]
fn the_tests_of_a_crate_make_responses_without_a_server() {
    let outcome = downstream("test");
    assert!(outcome.out.contains("1 passed"), "{}", outcome.out);
    assert!(!outcome.err.contains("warning"), "{}", outcome.err);
}

#[test]
fn a_crate_outside_the_workspace_makes_a_client_and_a_call() {
    let outcome = downstream("run");
    let expected = "\
a client for https://api.losant.com
POST /applications/575ec8687ae143cd83dc4a97/data-tables/575ed78e7ae143cd83dc4aab/rows/query?limit=2 HTTP/1.1
{\"level\":5}
1 rows, 200 OK
level Some(Number(5))
";
    assert_eq!(outcome.out, expected, "{}", outcome.err);
}

#[test]
fn nothing_but_ring_compiles_c() {
    let outcome = tree(&["--invert", "cc", "--depth", "1", "--prefix", "depth"]).expect(0);
    let users: Vec<&str> = outcome
        .out
        .lines()
        .filter_map(|line| line.strip_prefix('1')?.split(' ').next())
        .collect();
    assert_eq!(users, ["ring"], "{}", outcome.out);
    for package in packages(&[]) {
        let compiles = ["aws-lc-sys", "openssl-sys", "cmake", "bindgen"].contains(&package.as_str());
        assert!(!compiles, "{package} is among the dependencies");
    }
}

#[test]
fn without_features_nothing_compiles_c_or_derives() {
    let packages = packages(&["--no-default-features"]);
    assert!(packages.iter().any(|package| package == "jiter"), "{packages:?}");
    for absent in ["cc", "ring", "reqwest", "tokio", "serde", "serde_derive", "syn"] {
        let found = packages.iter().any(|package| package == absent);
        assert!(!found, "{absent} is among {packages:?}");
    }
}

#[test]
fn serde_comes_without_its_macros() {
    let packages = packages(&["--no-default-features", "--features", "serde"]);
    assert!(packages.iter().any(|package| package == "serde"), "{packages:?}");
    assert!(
        !packages.iter().any(|package| package == "serde_derive"),
        "{packages:?}"
    );
}

/// Returns the names of the packages that are built for the emitted crate.
fn packages(options: &[&str]) -> Vec<String> {
    let options: Vec<&str> = options.iter().copied().chain(["--prefix", "none"]).collect();
    let outcome = tree(&options).expect(0);
    let mut names: Vec<String> = outcome
        .out
        .lines()
        .filter_map(|line| Some(line.split(' ').next()?.to_owned()))
        .filter(|name| !name.is_empty() && !name.starts_with('['))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Asks for the dependencies of the emitted crate, as the workspace's lock file has them.
fn tree(options: &[&str]) -> tests::command::Outcome {
    let arguments = [
        "tree",
        "--quiet",
        "--locked",
        "--package",
        "losant-data",
        "--edges",
        "normal,build",
    ];
    cargo(arguments.iter().chain(options))
}
