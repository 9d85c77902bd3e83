//! The command in a checkout that is not the one in which it was compiled.

use std::fs;
use std::process::Command;

use tests::command::{Scratch, outcome};

use crate::{XTASK, snapshot};

#[test]
fn the_checkout_is_the_one_in_which_the_command_runs() {
    let scratch = Scratch::new("moved");
    // What makes a folder the root of the checkout, and what the command reads there.
    let root = tests::root();
    fs::create_dir_all(scratch.path().join("xtask")).unwrap();
    for path in ["Cargo.toml", "xtask/Cargo.toml"] {
        fs::copy(root.join(path), scratch.path().join(path)).unwrap();
    }
    fs::create_dir(scratch.path().join("spec")).unwrap();
    for (path, bytes) in snapshot(&root.join("spec")) {
        fs::write(scratch.path().join("spec").join(path), bytes).unwrap();
    }
    // By the package that cargo says it runs, as in `cargo xtask`, and by the working directory, without cargo.
    let mut by_cargo = Command::new(&*XTASK);
    by_cargo
        .env("CARGO_MANIFEST_DIR", scratch.path().join("xtask"))
        .current_dir("/");
    let mut by_folder = Command::new(&*XTASK);
    by_folder
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(scratch.path().join("spec"));
    for command in [&mut by_cargo, &mut by_folder] {
        outcome(command.arg("codegen")).expect(0);
        let generated = scratch.path().join("generated");
        assert_eq!(snapshot(&generated.join("src")), snapshot(&root.join("generated/src")));
        // The copy is a member of the workspace as the original is.
        let manifest = fs::read_to_string(generated.join("Cargo.toml")).unwrap();
        assert_eq!(manifest, fs::read_to_string(root.join("generated/Cargo.toml")).unwrap());
        fs::remove_dir_all(&generated).unwrap();
    }
}
