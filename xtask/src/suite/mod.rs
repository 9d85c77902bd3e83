//! `cargo xtask suite`: the official JSON Schema Test Suite against emitted crates.
//!
//! Each schema of the suite is a component of a document that is generated and
//! compiled; each instance is decoded by the component's type and validated by its
//! schema. An instance is accepted when it decodes and breaks nothing.

mod embed;
mod plan;
mod read;
mod report;
mod score;
mod validate;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use self::score::Score;
use crate::Failure;

/// What `suite` was asked for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The folder of the suite: `draft7` and `draft2020-12` lie in it.
    pub(crate) folder: PathBuf,
    /// Where the outcome goes as JSON.
    pub(crate) json: Option<PathBuf>,
}

/// A draft of JSON Schema in a version of `OpenAPI`.
#[derive(Debug, Clone, Copy)]
struct Edition {
    /// The folder of the draft.
    draft: &'static str,
    /// What the draft is called.
    title: &'static str,
    /// The version of the document.
    version: &'static str,
    /// The name of the crate.
    package: &'static str,
    /// What a document has to say for its schemas to be of the draft.
    dialect: Option<&'static str>,
    /// Whether what stands beside a reference counts.
    has_siblings: bool,
}

const EDITIONS: [Edition; 3] = [
    Edition {
        draft: "draft7",
        title: "draft 7",
        version: "3.0.4",
        package: "draft7-in-3-0",
        dialect: None,
        has_siblings: false,
    },
    Edition {
        draft: "draft7",
        title: "draft 7",
        version: "3.1.1",
        package: "draft7-in-3-1",
        dialect: Some("http://json-schema.org/draft-07/schema#"),
        has_siblings: false,
    },
    Edition {
        draft: "draft2020-12",
        title: "2020-12",
        version: "3.1.1",
        package: "draft2020-12-in-3-1",
        dialect: None,
        has_siblings: true,
    },
];

impl fmt::Display for Edition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = self.version.rsplit_once('.').map_or(self.version, |(minor, _)| minor);
        write!(formatter, "{} in {version}", self.title)
    }
}

/// Runs the suite; it is a fault when too few tests agree.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let scores = scores(&options.folder)?;
    print_line!("{}", report::render(&scores).trim_end());
    if let Some(file) = &options.json {
        let text = serde_json::to_string_pretty(&scores).context("the outcome is no JSON")?;
        fs::write(file, text + "\n").with_context(|| format!("{} cannot be written", file.display()))?;
    }
    let short: Vec<&str> = scores
        .iter()
        .filter(|score| !score.is_good())
        .map(|score| score.edition.as_str())
        .collect();
    if short.is_empty() {
        Ok(())
    } else {
        Err(Failure::from(anyhow!(
            "too little agrees, or too much that is valid is refused: {}",
            short.join(", ")
        )))
    }
}

/// Validates the suite in every edition.
fn scores(folder: &Path) -> anyhow::Result<Vec<Score>> {
    let plans = EDITIONS.map(|edition| plan::plan(folder, edition));
    let plans: Vec<_> = plans.into_iter().collect::<Result<_, _>>()?;
    validate::build(&plans)?;
    plans
        .iter()
        .map(|plan| Ok(Score::of(plan, &validate::validate(plan)?)))
        .collect()
}
