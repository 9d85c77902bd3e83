//! Projects of strangers (`tests/strangers`), outside this workspace: a workspace with two clients that share their
//! runtime, made by the commands of the README; an xtask; a build script. No generated file is edited.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::command::{Outcome, Scratch, cargo_in, outcome};

/// A copy of a project, with the versions of this workspace.
struct Project {
    scratch: Scratch,
}

impl Project {
    fn copy(name: &str) -> Self {
        let scratch = Scratch::new(&format!("stranger-{name}"));
        copy(&tests::root().join("tests/strangers").join(name), scratch.path());
        fs::copy(tests::root().join("Cargo.lock"), scratch.path().join("Cargo.lock")).unwrap();
        Self { scratch }
    }

    fn path(&self) -> &Path {
        self.scratch.path()
    }

    fn read(&self, path: &str) -> String {
        let path = self.path().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Replaces a text that stands in a file.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} lacks {from}");
        fs::write(self.path().join(path), text.replace(from, to)).unwrap();
    }

    /// Runs cargo in the project, with what this workspace has built already.
    fn cargo(&self, arguments: &[&str]) -> Outcome {
        outcome(prepare(&mut cargo_in(self.path())).args(arguments))
    }
}

/// Sets what lets cargo reuse what is built, and fetch nothing.
fn prepare(command: &mut Command) -> &mut Command {
    let profile = "line-tables-only";
    command
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", tests::target())
        .env("CARGO_PROFILE_DEV_DEBUG", profile)
        .env("CARGO_PROFILE_DEV_BUILD_OVERRIDE_DEBUG", profile)
}

/// Returns the search path with the command `apicrate` before all else.
fn search_path() -> OsString {
    let program = std::env::current_exe().unwrap();
    // Test programs lie in a folder beside it.
    let folder = program.ancestors().nth(2).unwrap().to_owned();
    assert!(folder.join("apicrate").exists(), "{}", folder.display());
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder).chain(std::env::split_paths(&others));
    std::env::join_paths(all).unwrap()
}

/// Copies what lies in a folder; `…` in a text is the root of this repository.
fn copy(from: &Path, to: &Path) {
    let root = tests::root();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(target, text.replace('…', &root.to_string_lossy())).unwrap();
        }
    }
}

/// Returns the block of commands of the README that makes a workspace.
fn commands_of_the_readme() -> String {
    let readme = fs::read_to_string(tests::root().join("README.md")).unwrap();
    let blocks = readme.split("```sh\n").skip(1);
    let mut blocks = blocks.filter_map(|rest| rest.split("```").next());
    let block = blocks.find(|block| block.contains("--shared-runtime"));
    block.expect("README.md makes a workspace").to_owned()
}

#[test]
fn two_clients_of_a_new_workspace_share_their_runtime() {
    let project = Project::copy("shop");
    let app = project.read("app/src/lib.rs");
    fs::remove_dir_all(project.path().join("app")).unwrap();
    let mut commands = Command::new("bash");
    prepare(&mut commands)
        .args(["-euxc", &commands_of_the_readme()])
        .current_dir(project.path())
        .env("PATH", search_path());
    outcome(&mut commands).expect(0);
    assert_eq!(project.read("Cargo.toml").matches("[workspace]").count(), 1);
    for client in ["pets", "orders"] {
        let manifest = project.read(&format!("clients/{client}/Cargo.toml"));
        assert!(!manifest.contains("[workspace]"), "{manifest}");
        assert!(!manifest.contains("license"), "{manifest}");
        assert!(!project.path().join(format!("clients/{client}/src/runtime")).exists());
    }
    // What neither document needs is not there.
    assert!(
        project
            .path()
            .join("clients/runtime/src/types/date_time/with_jiff.rs")
            .exists()
    );
    assert!(!project.path().join("clients/runtime/src/pages").exists());

    fs::write(project.path().join("app/src/lib.rs"), app).unwrap();
    let tested = project.cargo(&["test", "--quiet", "--workspace"]).expect(0);
    assert!(tested.out.contains("1 passed"), "{}", tested.out);
    assert!(!tested.err.contains("warning"), "{}", tested.err);
    // `cargo fmt` of the workspace leaves what is generated as it is.
    project.cargo(&["fmt", "--all"]).expect(0);
    let check = tests::command::run(program(), ["check"], project.path()).expect(0);
    assert!(!check.out.contains("no member"), "{}", check.out);
}

fn program() -> PathBuf {
    std::env::split_paths(&search_path()).next().unwrap().join("apicrate")
}

#[test]
fn an_xtask_generates_and_checks() {
    let project = Project::copy("xtask");
    assert!(project.read("xtask/src/main.rs").lines().count() < 30);
    let first = project.cargo(&["xtask", "clients"]).expect(0);
    assert!(first.out.contains("0 removed"), "{}", first.out);
    let header = "// @generated by `cargo xtask clients` from pets.yaml; do not edit.\n";
    assert!(project.read("clients/pets/src/lib.rs").starts_with(header));
    project.cargo(&["xtask", "clients", "--check"]).expect(0);
    project.edit("clients/pets/src/lib.rs", "Pets", "Dogs");
    let check = project.cargo(&["xtask", "clients", "--check"]).expect(1);
    assert!(check.err.contains("clients/pets/src/lib.rs"), "{}", check.err);
    assert!(
        check.err.contains("run `cargo xtask clients` to mend it"),
        "{}",
        check.err
    );
    let second = project.cargo(&["xtask", "clients"]).expect(0);
    assert!(second.out.contains("1 written, 0 removed"), "{}", second.out);
}

#[test]
fn a_build_script_brings_its_client_up_to_date() {
    let project = Project::copy("build-script");
    assert!(project.read("client/build.rs").lines().count() < 30);
    // The folder has the build script already.
    tests::command::run(program(), ["generate"], project.path()).expect(0);
    let first = project.cargo(&["run", "--quiet"]).expect(0);
    assert_eq!(first.out, "Rex\n");

    // A file that the document refers to changes, and so does the app, which needs the new property.
    project.edit(
        "schemas/pet.yaml",
        "name: {type: string}",
        "name: {type: string}\n  chip: {type: integer}",
    );
    project.edit("src/main.rs", "(\"{}\", pet.name)", "(\"{} {:?}\", pet.name, pet.chip)");
    let second = project.cargo(&["run", "--quiet"]).expect(0);
    assert_eq!(second.out, "Rex Some(7)\n");

    // Cargo has read the manifest by the time the build script writes another.
    project.edit("apicrate.toml", "out = ", "license = \"MIT\"\nout = ");
    let third = project.cargo(&["run", "--quiet"]);
    assert_ne!(third.status, Some(0));
    assert!(third.err.contains("run cargo again"), "{}", third.err);
    project.cargo(&["run", "--quiet"]).expect(0);

    // A package that was published has no configuration.
    let config = project.read("apicrate.toml");
    fs::remove_file(project.path().join("apicrate.toml")).unwrap();
    let published = project.cargo(&["run"]).expect(0);
    assert!(
        published.err.contains("the crate is compiled as it is"),
        "{}",
        published.err
    );
    fs::write(project.path().join("apicrate.toml"), config).unwrap();

    // A fault of the document ends the build, with its place.
    project.edit("openapi.yaml", "#/components/schemas/Pet'", "#/components/schemas/Dog'");
    let fourth = project.cargo(&["run", "--quiet"]);
    assert_ne!(fourth.status, Some(0));
    assert!(fourth.err.contains("openapi.yaml:14:"), "{}", fourth.err);
}
