//! Crates in cargo workspaces: members, unless the workspace excludes them.

use std::process::Command;

use crate::Folder;

/// Generates the crate, and returns what was said and whether the crate has a workspace of its own.
fn generate(folder: &Folder, out: &str) -> (String, bool) {
    let said = folder
        .apicrate(&format!("generate pets.yaml --out {out}"))
        .expect(0)
        .out;
    let manifest = folder.read(&format!("{out}/Cargo.toml"));
    (said, manifest.contains("\n[workspace]\n"))
}

/// Holds that cargo finds a crate, as a member of the workspace or alone.
fn hold_cargo_finds(folder: &Folder, out: &str, root: &str) {
    let arguments = ["locate-project", "--workspace", "--message-format", "plain"];
    let output = Command::new("cargo")
        .args(arguments)
        .current_dir(folder.path().join(out))
        .output()
        .unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    let expected = folder
        .path()
        .join(root)
        .join("Cargo.toml")
        .components()
        .collect::<std::path::PathBuf>();
    assert_eq!(found.trim(), expected.to_string_lossy());
}

#[test]
fn a_crate_outside_of_a_workspace_stands_alone() {
    let folder = Folder::new("alone");
    // A package that is no workspace.
    folder.write("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\n");
    folder.write("src/lib.rs", "");
    let (said, is_root) = generate(&folder, "client");
    assert!(is_root && !said.contains("workspace"), "{said}");
    hold_cargo_finds(&folder, "client", "client");
}

#[test]
fn a_crate_that_members_cover_is_a_member() {
    let folder = Folder::new("member");
    folder.write("Cargo.toml", "[workspace]\nmembers = [\"clients/*\", \"one\"]\n");
    for out in ["clients/pets", "one"] {
        let (said, is_root) = generate(&folder, out);
        assert!(!is_root);
        assert!(
            said.contains(&format!("{out} is a member of the workspace of Cargo.toml\n")),
            "{said}"
        );
        hold_cargo_finds(&folder, out, ".");
        let (again, _) = generate(&folder, out);
        assert!(!again.contains("workspace"), "{again}");
    }
}

#[test]
fn a_crate_that_members_do_not_cover_is_told_to_join() {
    let folder = Folder::new("join");
    folder.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"app\"]\n[workspace.dependencies]\npets = { path = \"libs/pets\" }\n",
    );
    folder.write("app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\n");
    folder.write("app/src/lib.rs", "");
    let (said, is_root) = generate(&folder, "libs/pets");
    assert!(!is_root);
    assert!(said.contains("add \"libs/pets\" to its `members`"), "{said}");
    // It is a member as soon as a member depends on it, by itself or by the workspace.
    for dependency in [
        "pets = { workspace = true }",
        "[target.'cfg(unix)'.dev-dependencies]\npets = { path = \"../libs/pets\" }",
    ] {
        let dependencies = if dependency.starts_with('[') {
            ""
        } else {
            "[dependencies]\n"
        };
        folder.write(
            "app/Cargo.toml",
            &format!("[package]\nname = \"app\"\nversion = \"0.1.0\"\n{dependencies}{dependency}\n"),
        );
        let (said, _) = generate(&folder, "libs/pets");
        assert!(!said.contains("members"), "{said}");
        hold_cargo_finds(&folder, "libs/pets", ".");
    }
}

#[test]
fn a_crate_that_is_excluded_stands_alone() {
    let folder = Folder::new("excluded");
    folder.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"out/in\"]\nexclude = [\"out\"]\n",
    );
    let (said, is_root) = generate(&folder, "out/pets");
    assert!(is_root && !said.contains("workspace"), "{said}");
    hold_cargo_finds(&folder, "out/pets", "out/pets");
    // A member that is listed is one, whatever is excluded.
    let (_, is_root) = generate(&folder, "out/in");
    assert!(!is_root);
    hold_cargo_finds(&folder, "out/in", ".");
}

#[test]
fn several_crates_are_told_to_join_at_once() {
    let folder = Folder::new("several");
    folder.write("Cargo.toml", "[workspace]\n");
    folder
        .apicrate("init pets.yaml --out a/pets --shared-runtime a/runtime")
        .expect(0);
    folder.apicrate("init pets.yaml --out a/dogs").expect(0);
    let said = folder.apicrate("generate").expect(0).out;
    assert_eq!(said.matches("to its `members`").count(), 1, "{said}");
    assert!(said.contains("add \"a/pets\", \"a/dogs\" to its `members`"), "{said}");
    // The runtime is a member by the clients that depend on it.
    folder.write("Cargo.toml", "[workspace]\nmembers = [\"a/pets\", \"a/dogs\"]\n");
    let said = folder.apicrate("generate").expect(0).out;
    assert!(!said.contains("members"), "{said}");
    hold_cargo_finds(&folder, "a/runtime", ".");
}

#[test]
fn a_manifest_above_that_is_no_toml_is_a_fault() {
    let folder = Folder::new("broken");
    folder.write("Cargo.toml", "[workspace\n");
    let outcome = folder.apicrate("generate pets.yaml --out pets").expect(1);
    assert!(outcome.err.contains("Cargo.toml: "), "{}", outcome.err);
}
