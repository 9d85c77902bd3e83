//! The command `apicrate` as its user sees it.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod bump;
mod documents;
mod folders;
mod folding;
mod hostile;
mod init;
mod mending;
mod nesting;
mod usage;
mod workspaces;

use std::fs;
use std::path::{Path, PathBuf};

use tests::command::{Outcome, Scratch, run};

/// A document without fault.
const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /cats: {get: {operationId: listCats, tags: [cats], responses: {'204': {description: None are left.}}}}
  /dogs: {get: {operationId: listDogs, tags: [dogs], responses: {'204': {description: None are left.}}}}
";

/// Returns the program, which cargo builds beside the folder of test programs.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join("apicrate")
}

/// A folder of a user, with a document.
struct Folder(Scratch);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Self(Scratch::new(&format!("apicrate-{name}")));
        folder.write("pets.yaml", PETS);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        let file = self.path().join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    fn has(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    /// Runs the command with words that spaces separate.
    fn apicrate(&self, words: &str) -> Outcome {
        run(program(), words.split_whitespace(), self.path())
    }
}
