//! Callers: programs that use everything of an emitted crate, and what becomes of them with the crate of another version.
//!
//! A caller is written from the model of a version. Each of its statements stands in a line of its own, with the items
//! that it uses. rustc says which of the lines another version rejects, and the semantic diff of the two versions has to
//! name each of them.

mod build;
mod clients;
mod judge;
mod operations;
mod types;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use generator::unstable::Api;

pub use self::build::{Job, Rejected, Workspace};
pub use self::judge::{Judgement, Unseen};
use self::writer::{Use, Writer};

/// A program that uses everything of a crate.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Its statements.
    pub lines: Vec<Line>,
    /// The features that the statements need.
    pub features: Vec<String>,
    /// What each type is part of: the items whose statements name it.
    holders: BTreeMap<String, BTreeSet<String>>,
}

/// A statement of a caller.
#[derive(Debug, Clone)]
pub struct Line {
    /// The type, operation or other item that it is about.
    pub about: String,
    /// The statement.
    pub text: String,
    /// The paths of the items that it uses, as a diff has them.
    uses: BTreeSet<String>,
    /// How it uses them.
    role: Use,
    /// Whether it uses what is there for tests alone.
    is_test: bool,
}

/// What every caller has.
const HEAD: &str = "\
#![allow(warnings)]

fn main() {}

/// Stands for a value of any type.
fn any<T>() -> T {
    unimplemented!()
}
";

impl Caller {
    /// Writes the caller of a version.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let mut writer = Writer::new(api);
        clients::lines(&mut writer);
        for resource in &api.resources {
            operations::lines(&mut writer, resource);
        }
        for named in &api.types {
            types::lines(&mut writer, named);
        }
        let (lines, holders) = writer.finish();
        Self {
            lines,
            features: api.features.iter().map(|feature| feature.name.clone()).collect(),
            holders,
        }
    }

    /// Returns the text of the program, for a crate of this name, with some of its statements; and for each line of the text
    /// the statement that it is.
    #[must_use]
    pub fn text(&self, package: &str, kept: &BTreeSet<usize>) -> (String, BTreeMap<usize, usize>) {
        let mut text = format!("{HEAD}\nuse {package}::*;\n");
        let mut places = BTreeMap::new();
        let mut number = text.lines().count();
        let mut about: Option<&str> = None;
        let mut sections = 0;
        let mut put = |text: &mut String, line: &str| {
            text.push_str(line);
            text.push('\n');
            number += line.lines().count().max(1);
            number
        };
        for (index, line) in self.lines.iter().enumerate().filter(|(index, _)| kept.contains(index)) {
            if about != Some(line.about.as_str()) {
                if about.is_some() {
                    put(&mut text, "}");
                }
                about = Some(&line.about);
                put(&mut text, "");
                put(&mut text, &format!("/// Uses `{}`.", line.about));
                put(&mut text, &format!("fn use_{sections}() {{"));
                sections += 1;
            }
            let mut uses = String::new();
            for each in &line.uses {
                // Writing to a string cannot fail.
                let _ = write!(uses, " {each}");
            }
            let number = put(&mut text, &format!("    {} //{uses}", line.text));
            places.insert(number, index);
        }
        if about.is_some() {
            put(&mut text, "}");
        }
        (text, places)
    }

    /// Returns the statements that callers have, or those of their tests.
    #[must_use]
    pub fn of_kind(&self, is_test: bool) -> BTreeSet<usize> {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| line.is_test == is_test)
            .map(|(index, _)| index)
            .collect()
    }
}
