//! What is checked in is what the document gives, so that `cargo test` alone
//! tells when the generator was changed and its output was not.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tests::product::Product;

const MEND: &str = "run `cargo xtask codegen`";

#[test]
fn the_crate_is_what_the_document_gives() {
    let product = Product::read();
    let output = product.generate(&product.document);
    let mut faults = Vec::new();
    for (path, text) in &output.files {
        match fs::read(product.out.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(_) => faults.push(format!("generated/{path} differs")),
            Err(error) => faults.push(format!("generated/{path}: {error}")),
        }
    }
    for path in signed(&product.out) {
        // The command writes it beside what the generator emits.
        if !output.files.contains_key(&path) && path != "rustfmt.toml" {
            faults.push(format!("generated/{path} is emitted no more"));
        }
    }
    assert!(faults.is_empty(), "{}\n{MEND}", faults.join("\n"));
    assert!(output.operations > 0 && output.types > 0);
}

#[test]
fn nothing_lies_beside_the_emitted_sources() {
    let product = Product::read();
    let signed = signed(&product.out);
    let mut files = Vec::new();
    collect(&product.out.join("src"), &mut files);
    for path in files {
        let path = relative(&product.out, &path);
        assert!(
            signed.contains(&path),
            "generated/{path} is not emitted, and has no place there"
        );
    }
}

#[test]
fn the_ledger_is_what_the_document_gives() {
    let product = Product::read();
    let ledger = product.generate(&product.document).ledger.to_tsv();
    let on_disk = fs::read_to_string(&product.ledger).unwrap();
    assert!(on_disk == ledger, "spec/ledger.tsv differs; {MEND}");
}

/// Returns the files below `folder` that start with the header of emitted files.
fn signed(folder: &Path) -> BTreeSet<String> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.retain(|file| {
        let bytes = fs::read(file).unwrap();
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        generator::is_emitted(&String::from_utf8_lossy(first))
    });
    files.iter().map(|file| relative(folder, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != "target" {
                collect(&entry.path(), files);
            }
        } else {
            files.push(entry.path());
        }
    }
}

fn relative(folder: &Path, file: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap();
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
