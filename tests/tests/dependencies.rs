//! What a user of the crate compiles: the counts that the README gives, and no C but the TLS provider's.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The features of each row of the README, as it writes them and as cargo takes them.
const ROWS: [(&str, &[&str]); 3] = [
    ("default", &[]),
    ("`--no-default-features`", &["--no-default-features"]),
    (
        "`--no-default-features --features blocking`",
        &["--no-default-features", "--features", "blocking"],
    ),
];

/// Returns the crates that `losant-data` takes, without itself.
fn crates(edges: &str, features: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "losant-data", "--prefix", "none"])
        .args(["--target", "x86_64-unknown-linux-gnu", "--edges", edges])
        .args(features)
        .current_dir(tests::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates = text
        .lines()
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "));
    crates.filter(|name| !name.starts_with("losant-data ")).collect()
}

#[test]
fn the_readme_counts_the_crates_that_a_user_compiles() {
    let readme = fs::read_to_string(tests::root().join("README.md")).unwrap();
    for (words, features) in ROWS {
        let row = format!("| {words} | {} |", crates("normal", features).len());
        assert!(readme.contains(&row), "README.md lacks the row {row}");
    }
}

#[test]
fn nothing_compiles_c_but_the_provider_of_tls() {
    let features = ["--all-features"];
    let all = crates("normal,build", &features);
    let compilers: Vec<&String> = all
        .iter()
        .filter(|name| {
            ["cc ", "cmake ", "bindgen ", "nasm-rs "]
                .iter()
                .any(|tool| name.starts_with(tool))
        })
        .collect();
    assert!(
        matches!(compilers.as_slice(), [only] if only.starts_with("cc ")),
        "{compilers:?}"
    );
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--package",
            "losant-data",
            "--all-features",
            "--prefix",
            "depth",
        ])
        .args([
            "--target",
            "x86_64-unknown-linux-gnu",
            "--edges",
            "normal,build",
            "--invert",
            "cc",
        ])
        .current_dir(tests::root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let users: Vec<&str> = text.lines().filter(|line| line.starts_with('1')).collect();
    assert!(
        matches!(users.as_slice(), [only] if only.starts_with("1ring ")),
        "{users:?}"
    );
}
