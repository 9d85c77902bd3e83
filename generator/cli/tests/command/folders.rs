//! The folder of a crate: what may lie there, and what is written.

use crate::Folder;

#[test]
fn a_folder_may_hold_what_belongs_to_any_project_and_what_its_owner_adds() {
    let folder = Folder::new("owner");
    let theirs = [
        "README.md",
        "LICENSE-MIT",
        ".git/HEAD",
        ".gitignore",
        "build.rs",
        "examples/a.rs",
        "tests/a.rs",
        "src/bin/tool.rs",
        "src/main.rs",
    ];
    for path in theirs {
        folder.write(&format!("client/{path}"), "mine\n");
    }
    let first = folder.apicrate("generate pets.yaml --out client").expect(0);
    assert!(
        first.out.contains("apicrate init pets.yaml --out client"),
        "{}",
        first.out
    );
    let options = "--name zoo --only dogs --lenient";
    let other = folder
        .apicrate(&format!("generate pets.yaml --out zoo {options}"))
        .expect(0);
    let kept = "apicrate init pets.yaml --out zoo --name zoo --only \"dogs\" --lenient";
    assert!(other.out.contains(kept), "{}", other.out);
    folder.write("client/notes/later.txt", "mine\n");
    let second = folder.apicrate("generate pets.yaml --out client").expect(0);
    assert!(second.out.contains("0 files written"), "{}", second.out);
    assert!(!second.out.contains("apicrate init"), "{}", second.out);
    folder.apicrate("check pets.yaml --out client").expect(0);
    for path in theirs.iter().chain(&["notes/later.txt"]) {
        assert_eq!(folder.read(&format!("client/{path}")), "mine\n", "{path}");
    }
}

#[test]
fn a_crate_may_lie_beside_its_document_and_its_configuration() {
    let folder = Folder::new("beside");
    folder.write(
        "overlays/a.yaml",
        "overlay: 1.0.0\ninfo: {title: A, version: '1'}\nactions:\n- {target: $.info, update: {title: Dogs}}\n",
    );
    folder
        .apicrate("init pets.yaml --out . --name pets --overlay overlays/a.yaml")
        .expect(0);
    folder.apicrate("generate").expect(0);
    assert!(folder.read("src/lib.rs").contains("//! Dogs, version"));
    folder.apicrate("check").expect(0);
}

#[test]
fn what_is_in_the_way_is_named_and_stays() {
    for (path, expected) in [
        ("photos/cat.jpg", "was not made by `apicrate generate`, and has photos"),
        ("Cargo.toml", "Cargo.toml is in the way"),
        ("src/lib.rs", "lib.rs is in the way"),
        ("src/schemas/mine.rs", "mine.rs is in the way"),
    ] {
        let folder = Folder::new("in-the-way");
        folder.write(&format!("client/{path}"), "mine\n");
        let outcome = folder.apicrate("generate pets.yaml --out client").expect(1);
        assert!(outcome.err.contains(expected), "{path}: {}", outcome.err);
        assert_eq!(folder.read(&format!("client/{path}")), "mine\n");
        assert!(!folder.has("client/src/operations"), "{path}");
    }
}

#[test]
fn what_is_not_text_is_not_taken_for_a_missing_file() {
    let picture = b"\xff\xd8\xff\xe0 a picture";
    let folder = Folder::new("no-text");
    folder.write(
        "apicrate.toml",
        "document = \"pets.yaml\"\nout = \"client\"\nledger = \"cat.jpg\"\n[crate]\nname = \"pets\"\nversion = \"1.0.0\"\n",
    );
    std::fs::write(folder.path().join("cat.jpg"), picture).unwrap();
    let outcome = folder.apicrate("generate").expect(1);
    assert!(
        outcome.err.contains("cat.jpg is in the way: it is no ledger"),
        "{}",
        outcome.err
    );
    assert!(!folder.has("client"));
    std::fs::write(folder.path().join("apicrate.toml"), picture).unwrap();
    let outcome = folder.apicrate("init pets.yaml --out client").expect(1);
    assert!(outcome.err.contains("apicrate.toml cannot be read"), "{}", outcome.err);
    for name in ["cat.jpg", "apicrate.toml"] {
        assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), picture, "{name}");
    }
}

#[test]
fn a_configuration_of_rustfmt_is_the_owners_if_there_is_one() {
    let folder = Folder::new("rustfmt");
    folder.write("mine/rustfmt.toml", "max_width = 80\n");
    for out in ["mine", "theirs"] {
        folder.apicrate(&format!("generate pets.yaml --out {out}")).expect(0);
        folder.apicrate(&format!("check pets.yaml --out {out}")).expect(0);
    }
    assert_eq!(folder.read("mine/rustfmt.toml"), "max_width = 80\n");
    assert!(
        folder
            .read("theirs/rustfmt.toml")
            .contains("disable_all_formatting = true")
    );
}

#[test]
fn a_check_names_what_differs_and_what_mends_it() {
    let folder = Folder::new("check");
    folder
        .apicrate("init pets.yaml --out pets --shared-runtime runtime")
        .expect(0);
    let missing = folder.apicrate("check").expect(1);
    assert!(
        missing.err.contains("pets/src/lib.rs is not what the document gives"),
        "{}",
        missing.err
    );
    assert!(
        missing.err.contains("run `apicrate generate` to mend it"),
        "{}",
        missing.err
    );
    assert!(!folder.has("pets"));
    let ran = folder.apicrate("generate").expect(0);
    assert!(ran.out.contains("\nruntime: the shared runtime; "), "{}", ran.out);
    folder.apicrate("check").expect(0);
    for path in [
        "pets/src/lib.rs",
        "runtime/src/lib.rs",
        "runtime/Cargo.toml",
        "pets/rustfmt.toml",
    ] {
        let text = folder.read(path);
        folder.write(path, &format!("{text}// more\n"));
        let outcome = folder.apicrate("check").expect(1);
        assert!(outcome.err.starts_with(&format!("{path} is not")), "{}", outcome.err);
        folder.apicrate("generate").expect(0);
        assert_eq!(folder.read(path), text);
    }
    // A module that the document no longer needs goes.
    folder.write(
        "runtime/src/pages/mod.rs",
        "// @generated by `another command`; do not edit.\n",
    );
    folder.apicrate("generate").expect(0);
    assert!(!folder.has("runtime/src/pages"));
}
